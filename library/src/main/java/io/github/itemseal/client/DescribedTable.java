package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.request.ProtectedTable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * One table with a table encryption. Its keys are described once, however many threads ask, and
 * again only if that failed or the table was changed since. Thread-safe; describing it holds up
 * nobody but those who need it.
 */
final class DescribedTable {
  private final DynamoDbClient client;
  private final TableEncryption encryption;
  private volatile @Nullable ProtectedTable described;
  private volatile int changes;

  DescribedTable(DynamoDbClient client, TableEncryption encryption) {
    this.client = client;
    this.encryption = encryption;
  }

  ProtectedTable get() {
    ProtectedTable known = described;
    return known == null ? describe() : known;
  }

  private synchronized ProtectedTable describe() {
    ProtectedTable known = described;
    if (known != null) {
      return known; // by another thread meanwhile
    }
    int changesBefore = changes;
    TableInfo given = encryption.table();
    TableInfo info =
        given.primaryIndex().isPresent() ? given : given.refreshIndexedAttributes(client);
    ProtectedTable table = new ProtectedTable(info, ItemEncryptor.of(encryption.withTable(info)));
    if (changes == changesBefore) {
      described = table; // else what was described may be gone already
    }
    return table;
  }

  /** Has it described anew on its next use. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // any other number will do
  void forget() {
    changes++;
    described = null;
  }
}
