package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** GetItem: the item found, whole. */
public final class GetItemTransform implements OperationTransform<GetItemRequest, GetItemResponse> {
  @Override
  public List<TableUse> tables(GetItemRequest request) {
    return TableUse.of(request.tableName());
  }

  @Override
  public void check(GetItemRequest request, TableLookup tables) {
    tables
        .find(request.tableName())
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireReadable("key", request.key().keySet());
              checks.requireWholeItems(
                  request.projectionExpression(), request.hasAttributesToGet());
            });
  }

  @Override
  public List<TableItem> storedItems(GetItemRequest request, GetItemResponse response) {
    return response.hasItem()
        ? List.of(new TableItem(request.tableName(), response.item()))
        : List.of();
  }

  @Override
  public GetItemResponse withOpenedItems(
      GetItemRequest request,
      GetItemResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    return opened.isEmpty() ? response : response.toBuilder().item(opened.get(0)).build();
  }
}
