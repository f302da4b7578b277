package io.github.itemseal.client;

import io.github.itemseal.ItemsealException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Gets the items of a page that cannot be opened, which are then left out of it, instead of a call
 * that fails. Must be thread-safe. With the asynchronous client it runs on the client's executor.
 */
@FunctionalInterface
public interface UnreadableItemHandler {
  /**
   * Takes one item. Whatever it throws fails the call: do so for reasons that concern more than
   * this item, such as a key source that is down ({@code FailureReason.KEY_SOURCE_FAILED}).
   *
   * @param tableName the item's table
   * @param storedItem the item as it is stored; nothing of it is verified
   * @param reason why it cannot be opened
   */
  void handle(String tableName, Map<String, AttributeValue> storedItem, ItemsealException reason);
}
