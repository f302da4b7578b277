package io.github.itemseal.internal.request;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;

/** TransactGetItems: each part as GetItem would read it. */
public final class TransactGetItemsTransform
    implements OperationTransform<TransactGetItemsRequest, TransactGetItemsResponse> {
  public static final TransactGetItemsTransform INSTANCE = new TransactGetItemsTransform();

  private TransactGetItemsTransform() {}

  @Override
  public List<TableUse> tables(TransactGetItemsRequest request) {
    return TransactTables.of(request).stream().map(table -> new TableUse(table, null)).toList();
  }

  @Override
  public PreparedCall<TransactGetItemsRequest, TransactGetItemsResponse> on(
      TransactGetItemsRequest request, TableLookup tables) {
    List<ReadPlan> plans = new ArrayList<>();
    for (TransactGetItem part : request.transactItems()) {
      Get get = part.get(); // not null: every part names a table
      Optional<ProtectedTable> table = tables.find(get.tableName());
      table.map(RequestChecks::new).ifPresent(checks -> checks.requireKey(get.key().keySet()));
      plans.add(ReadPlan.of(() -> Selection.of(get), table));
    }
    return new TransactGet(request, plans);
  }

  /**
   * One call.
   *
   * @param plans of each part
   */
  private record TransactGet(TransactGetItemsRequest request, List<ReadPlan> plans)
      implements PreparedCall<TransactGetItemsRequest, TransactGetItemsResponse> {
    @Override
    public List<RequestPart> parts() {
      return request.transactItems().stream()
          .map(part -> new RequestPart(part.get().tableName(), part.get().key()))
          .toList();
    }

    @Override
    public TransactGetItemsRequest sent(List<Map<String, AttributeValue>> sealed) {
      if (plans.stream().allMatch(plan -> plan.changed().isEmpty())) {
        return request;
      }
      List<TransactGetItem> parts = new ArrayList<>();
      for (int i = 0; i < plans.size(); i++) {
        TransactGetItem part = request.transactItems().get(i);
        parts.add(part.toBuilder().get(widened(part.get(), plans.get(i))).build());
      }
      return request.toBuilder().transactItems(parts).build();
    }

    private static Get widened(Get get, ReadPlan plan) {
      return plan.changed()
          .map(
              selection ->
                  get.toBuilder()
                      .projectionExpression(selection.projectionExpression())
                      .expressionAttributeNames(selection.namesOrNull())
                      .build())
          .orElse(get);
    }

    @Override
    public List<TableItem> storedItems(TransactGetItemsResponse response) {
      List<RequestPart> parts = parts();
      List<TableItem> items = new ArrayList<>();
      for (int i = 0; i < response.responses().size(); i++) {
        ItemResponse found = response.responses().get(i);
        if (found.hasItem()) {
          items.add(parts.get(i).answer(found.item()));
        }
      }
      return items;
    }

    @Override
    public TransactGetItemsResponse answer(
        TransactGetItemsResponse response, List<Map<String, AttributeValue>> opened) {
      if (!response.hasResponses()) {
        return response;
      }
      Iterator<Map<String, AttributeValue>> next = opened.iterator();
      List<ItemResponse> responses = new ArrayList<>();
      for (int i = 0; i < response.responses().size(); i++) {
        ItemResponse found = response.responses().get(i);
        responses.add(
            found.hasItem()
                ? found.toBuilder().item(plans.get(i).pickFrom(next.next())).build()
                : found);
      }
      return response.toBuilder().responses(responses).build();
    }
  }
}
