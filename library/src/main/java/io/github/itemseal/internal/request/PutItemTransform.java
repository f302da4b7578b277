package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** PutItem: the item itself, and the old one with {@code ReturnValues=ALL_OLD}. */
public final class PutItemTransform implements OperationTransform<PutItemRequest, PutItemResponse> {
  public static final PutItemTransform INSTANCE = new PutItemTransform();

  private PutItemTransform() {}

  @Override
  public List<TableUse> tables(PutItemRequest request) {
    return TableUse.of(request.tableName());
  }

  @Override
  public PreparedCall<PutItemRequest, PutItemResponse> on(
      PutItemRequest request, TableLookup tables) {
    tables
        .find(request.tableName())
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireReadable(
                  "condition", request.conditionExpression(), request.expressionAttributeNames());
              checks.requireExpectable(request.expected());
            });
    return new Put(request);
  }

  private record Put(PutItemRequest request)
      implements PreparedCall<PutItemRequest, PutItemResponse> {
    @Override
    public List<RequestPart> parts() {
      return List.of(new RequestPart(request.tableName(), request.item()));
    }

    @Override
    public List<TableItem> plaintextItems() {
      return List.of(
          new TableItem(request.tableName(), RequestChecks.withoutNulls(request.item())));
    }

    @Override
    public PutItemRequest sent(List<Map<String, AttributeValue>> sealed) {
      return request.toBuilder().item(sealed.get(0)).build();
    }

    @Override
    public List<TableItem> storedItems(PutItemResponse response) {
      return response.hasAttributes()
          ? List.of(parts().get(0).answer(response.attributes()))
          : List.of();
    }

    @Override
    public PutItemResponse answer(
        PutItemResponse response, List<Map<String, AttributeValue>> opened) {
      return opened.isEmpty() ? response : response.toBuilder().attributes(opened.get(0)).build();
    }
  }
}
