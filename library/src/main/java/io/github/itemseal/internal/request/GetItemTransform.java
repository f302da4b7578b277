package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** GetItem: the item found. */
public final class GetItemTransform implements OperationTransform<GetItemRequest, GetItemResponse> {
  public static final GetItemTransform INSTANCE = new GetItemTransform();

  private GetItemTransform() {}

  @Override
  public List<TableUse> tables(GetItemRequest request) {
    return TableUse.of(request.tableName());
  }

  @Override
  public void check(GetItemRequest request, TableLookup tables) {
    tables
        .find(request.tableName())
        .map(RequestChecks::new)
        .ifPresent(checks -> checks.requireKey(request.key().keySet()));
  }

  @Override
  public GetItemRequest withSealedItems(
      GetItemRequest request, List<Map<String, AttributeValue>> sealed, TableLookup tables) {
    return plan(request, tables)
        .filter(ReadPlan::changesRequest)
        .map(ReadPlan::sent)
        .map(
            sent ->
                request.toBuilder()
                    .projectionExpression(sent.projectionExpression())
                    .expressionAttributeNames(sent.namesOrNull())
                    .attributesToGet(sent.attributesOrNull())
                    .build())
        .orElse(request);
  }

  private static Optional<ReadPlan> plan(GetItemRequest request, TableLookup tables) {
    return tables.find(request.tableName()).map(table -> ReadPlan.of(Selection.of(request), table));
  }

  @Override
  public List<TableItem> storedItems(GetItemRequest request, GetItemResponse response) {
    return response.hasItem()
        ? List.of(new TableItem(request.tableName(), response.item(), request.key()))
        : List.of();
  }

  @Override
  public GetItemResponse withOpenedItems(
      GetItemRequest request,
      GetItemResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    if (opened.isEmpty()) {
      return response;
    }
    Map<String, AttributeValue> item = opened.get(0);
    return response.toBuilder()
        .item(plan(request, tables).map(plan -> plan.pickFrom(item)).orElse(item))
        .build();
  }
}
