package io.github.itemseal.internal.request;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableInfo;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table with a table encryption, described.
 *
 * @param info its keys and indexes
 * @param encryptor of its items
 */
public record ProtectedTable(TableInfo info, ItemEncryptor encryptor) {
  String name() {
    return info.name();
  }

  AttributeActions actions() {
    return encryptor.actions();
  }

  /** The primary key attributes of an item. */
  Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new HashMap<>(item);
    key.keySet().retainAll(info.primaryIndex().orElseThrow().attributes());
    return key;
  }
}
