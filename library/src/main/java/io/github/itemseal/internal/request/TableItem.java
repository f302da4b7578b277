package io.github.itemseal.internal.request;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item in a request or response.
 *
 * @param table name or ARN of its table, as the request says it
 * @param attributes the item itself
 * @param askedKey for an item of a response: the key that it was asked for by, or an item that has
 *     it; null where the request names none, as a query does
 */
public record TableItem(
    String table,
    Map<String, AttributeValue> attributes,
    @Nullable Map<String, AttributeValue> askedKey) {
  /** An item that no key was given for. */
  public TableItem(String table, Map<String, AttributeValue> attributes) {
    this(table, attributes, null);
  }

  /**
   * Refuses the item of another key.
   *
   * @throws io.github.itemseal.ItemAuthenticationException if it is not the one that was asked for
   */
  public void requireAsked(ProtectedTable known) {
    if (askedKey != null) {
      AskedKey.require(known, attributes, askedKey);
    }
  }
}
