package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;

/** DeleteItem: the old item with {@code ReturnValues=ALL_OLD}. */
public final class DeleteItemTransform
    implements OperationTransform<DeleteItemRequest, DeleteItemResponse> {
  public static final DeleteItemTransform INSTANCE = new DeleteItemTransform();

  private DeleteItemTransform() {}

  @Override
  public List<TableUse> tables(DeleteItemRequest request) {
    return TableUse.of(request.tableName());
  }

  @Override
  public void check(DeleteItemRequest request, TableLookup tables) {
    tables
        .find(request.tableName())
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireKey(request.key().keySet());
              checks.requireReadable(
                  "condition", request.conditionExpression(), request.expressionAttributeNames());
              checks.requireExpectable(request.expected());
            });
  }

  @Override
  public List<TableItem> storedItems(DeleteItemRequest request, DeleteItemResponse response) {
    return response.hasAttributes()
        ? List.of(new TableItem(request.tableName(), response.attributes(), request.key()))
        : List.of();
  }

  @Override
  public DeleteItemResponse withOpenedItems(
      DeleteItemRequest request,
      DeleteItemResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    return opened.isEmpty() ? response : response.toBuilder().attributes(opened.get(0)).build();
  }
}
