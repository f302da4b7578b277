package io.github.itemseal.internal.request;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/** BatchGetItem: the items found, whole, table by table; unprocessed keys as they are. */
public final class BatchGetItemTransform
    implements OperationTransform<BatchGetItemRequest, BatchGetItemResponse> {
  @Override
  public List<TableUse> tables(BatchGetItemRequest request) {
    return TableUse.ofAll(request.requestItems().keySet());
  }

  @Override
  public void check(BatchGetItemRequest request, TableLookup tables) {
    request
        .requestItems()
        .forEach(
            (table, keys) ->
                tables
                    .find(table)
                    .map(RequestChecks::new)
                    .ifPresent(
                        checks -> {
                          if (keys == null) {
                            throw checks.incomplete("a Java null instead of keys");
                          }
                          keys.keys().forEach(key -> checks.requireReadable("key", key.keySet()));
                          checks.requireWholeItems(
                              keys.projectionExpression(), keys.hasAttributesToGet());
                        }));
  }

  @Override
  public List<TableItem> storedItems(BatchGetItemRequest request, BatchGetItemResponse response) {
    List<TableItem> items = new ArrayList<>();
    response
        .responses()
        .forEach((table, found) -> found.forEach(item -> items.add(new TableItem(table, item))));
    return items;
  }

  @Override
  public boolean isPage() {
    return true;
  }

  @Override
  public BatchGetItemResponse withOpenedItems(
      BatchGetItemRequest request,
      BatchGetItemResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    Iterator<Map<String, AttributeValue>> next = opened.iterator();
    Map<String, List<Map<String, AttributeValue>>> responses = new LinkedHashMap<>();
    response
        .responses()
        .forEach(
            (table, found) ->
                responses.put(
                    table,
                    found.stream().map(item -> next.next()).filter(Objects::nonNull).toList()));
    return response.toBuilder().responses(responses).build();
  }
}
