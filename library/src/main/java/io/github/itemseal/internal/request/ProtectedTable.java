package io.github.itemseal.internal.request;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.SecondaryIndex;
import io.github.itemseal.TableInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table with a table encryption, described.
 *
 * @param info its keys and indexes
 * @param encryptor of its items
 * @param reads what may be done to read parts of items
 */
public record ProtectedTable(TableInfo info, ItemEncryptor encryptor, ReadSettings reads) {
  String name() {
    return info.name();
  }

  AttributeActions actions() {
    return encryptor.actions();
  }

  /** Whether a secondary index is known. */
  public boolean hasIndex(String indexName) {
    return index(indexName).isPresent();
  }

  /** A secondary index, if it is known. */
  Optional<SecondaryIndex> index(String indexName) {
    return info.secondaryIndexes().stream()
        .filter(index -> index.name().equals(indexName))
        .findFirst();
  }

  /** The names of the primary key attributes. */
  Set<String> keyNames() {
    return info.primaryIndex().orElseThrow().attributes();
  }

  /**
   * Refuses a key that names an encrypted attribute, which is no key of this table.
   *
   * @throws io.github.itemseal.UnsupportedRequestException naming it
   */
  public void requireKey(Map<String, AttributeValue> key) {
    new RequestChecks(this).requireKey(key.keySet());
  }

  /** The primary key attributes of an item. */
  Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new HashMap<>(item);
    key.keySet().retainAll(keyNames());
    return key;
  }
}
