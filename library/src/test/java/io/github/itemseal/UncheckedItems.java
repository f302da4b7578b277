package io.github.itemseal;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items as clients seal them that do not know DynamoDB's limits. */
public final class UncheckedItems {
  private UncheckedItems() {}

  /** The stored form of an item, with nothing of it checked. */
  public static Map<String, AttributeValue> seal(
      TableEncryption encryption, Map<String, AttributeValue> item) {
    return encryption.writes().engineFor(encryption.resolve()).seal(item);
  }
}
