package io.github.itemseal.internal.request;

import io.github.itemseal.ItemsealException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What became of a stored item: its plaintext or, if that is null, the failure.
 *
 * @param stored the item as DynamoDB returned it
 * @param item the plaintext
 * @param failure why there is none
 */
public record OpenedItem(
    TableItem stored,
    @Nullable Map<String, AttributeValue> item,
    @Nullable ItemsealException failure) {
  /** An item that was opened. */
  public static OpenedItem opened(TableItem stored, Map<String, AttributeValue> item) {
    return new OpenedItem(stored, item, null);
  }

  /** An item that could not be opened. */
  public static OpenedItem unreadable(TableItem stored, ItemsealException failure) {
    return new OpenedItem(stored, null, failure);
  }
}
