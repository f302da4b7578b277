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
  public PreparedCall<DeleteItemRequest, DeleteItemResponse> on(
      DeleteItemRequest request, TableLookup tables) {
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
    return new Delete(request);
  }

  private record Delete(DeleteItemRequest request)
      implements PreparedCall<DeleteItemRequest, DeleteItemResponse> {
    @Override
    public List<RequestPart> parts() {
      return List.of(new RequestPart(request.tableName(), request.key()));
    }

    @Override
    public DeleteItemRequest sent(List<Map<String, AttributeValue>> sealed) {
      return request;
    }

    @Override
    public List<TableItem> storedItems(DeleteItemResponse response) {
      return response.hasAttributes()
          ? List.of(parts().get(0).answer(response.attributes()))
          : List.of();
    }

    @Override
    public DeleteItemResponse answer(
        DeleteItemResponse response, List<Map<String, AttributeValue>> opened) {
      return opened.isEmpty() ? response : response.toBuilder().attributes(opened.get(0)).build();
    }
  }
}
