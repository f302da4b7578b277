package io.github.itemseal.examples.migration;

import io.github.itemseal.ItemInspection;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.client.EncryptedTable;
import io.github.itemseal.client.ItemUpdate;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rewrites the items that are not in the format written now, while everybody keeps working. */
final class Rewrite {
  private Rewrite() {}

  /**
   * Rewrites what is old.
   *
   * @param plain sees the items as they are stored
   * @param encrypted reads the old format and writes the new one
   * @param newFormat the name of the format written now
   * @return how many items were rewritten
   */
  static int oldItems(DynamoDbClient plain, EncryptedDynamoDbClient encrypted, String newFormat) {
    EncryptedTable customers = encrypted.table(Customers.NAME);
    int rewritten = 0;
    for (Map<String, AttributeValue> stored :
        plain.scanPaginator(scan -> scan.tableName(Customers.NAME)).items()) {
      if (!ItemInspection.of(stored).format().equals(newFormat)) {
        customers.update(Customers.key(stored), item -> item, ItemUpdate.Builder::sealAnew);
        rewritten++;
      }
    }
    return rewritten;
  }
}
