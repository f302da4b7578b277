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
  public void check(PutItemRequest request, TableLookup tables) {
    tables
        .find(request.tableName())
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireReadable(
                  "condition", request.conditionExpression(), request.expressionAttributeNames());
              checks.requireExpectable(request.expected());
            });
  }

  @Override
  public List<TableItem> plaintextItems(PutItemRequest request) {
    return List.of(new TableItem(request.tableName(), RequestChecks.withoutNulls(request.item())));
  }

  @Override
  public PutItemRequest withSealedItems(
      PutItemRequest request, List<Map<String, AttributeValue>> sealed, TableLookup tables) {
    return request.toBuilder().item(sealed.get(0)).build();
  }

  @Override
  public List<TableItem> storedItems(PutItemRequest request, PutItemResponse response) {
    return response.hasAttributes()
        ? List.of(new TableItem(request.tableName(), response.attributes(), request.item()))
        : List.of();
  }

  @Override
  public PutItemResponse withOpenedItems(
      PutItemRequest request,
      PutItemResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    return opened.isEmpty() ? response : response.toBuilder().attributes(opened.get(0)).build();
  }
}
