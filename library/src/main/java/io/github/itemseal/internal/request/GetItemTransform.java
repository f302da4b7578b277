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
  public PreparedCall<GetItemRequest, GetItemResponse> on(
      GetItemRequest request, TableLookup tables) {
    Optional<ProtectedTable> table = tables.find(request.tableName());
    table.map(RequestChecks::new).ifPresent(checks -> checks.requireKey(request.key().keySet()));
    return new Get(request, ReadPlan.of(() -> Selection.of(request), table));
  }

  private record Get(GetItemRequest request, ReadPlan plan)
      implements PreparedCall<GetItemRequest, GetItemResponse> {
    @Override
    public List<RequestPart> parts() {
      return List.of(new RequestPart(request.tableName(), request.key()));
    }

    @Override
    public GetItemRequest sent(List<Map<String, AttributeValue>> sealed) {
      return plan.changed()
          .map(
              selection ->
                  request.toBuilder()
                      .projectionExpression(selection.projectionExpression())
                      .expressionAttributeNames(selection.namesOrNull())
                      .attributesToGet(selection.attributesOrNull())
                      .build())
          .orElse(request);
    }

    @Override
    public List<TableItem> storedItems(GetItemResponse response) {
      return response.hasItem() ? List.of(parts().get(0).answer(response.item())) : List.of();
    }

    @Override
    public GetItemResponse answer(
        GetItemResponse response, List<Map<String, AttributeValue>> opened) {
      return opened.isEmpty()
          ? response
          : response.toBuilder().item(plan.pickFrom(opened.get(0))).build();
    }
  }
}
