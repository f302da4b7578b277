package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a request, or one part of a transaction, is about.
 *
 * @param table name or ARN, as the request says it
 * @param key the key that it names, or an item that has it; null for a query or a batch
 */
public record RequestPart(String table, @Nullable Map<String, AttributeValue> key) {
  /** Those of requests that name no key. */
  static List<RequestPart> of(List<TableUse> tables) {
    return tables.stream().map(use -> new RequestPart(use.table(), null)).toList();
  }

  /** A stored item that DynamoDB gives for this part. */
  TableItem answer(Map<String, AttributeValue> stored) {
    return new TableItem(table, stored, key);
  }
}
