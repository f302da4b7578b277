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
  public void check(TransactGetItemsRequest request, TableLookup tables) {
    for (TransactGetItem part : request.transactItems()) {
      Get get = part.get(); // not null: every part names a table
      tables
          .find(get.tableName())
          .map(RequestChecks::new)
          .ifPresent(checks -> checks.requireKey(get.key().keySet()));
    }
  }

  @Override
  public TransactGetItemsRequest withSealedItems(
      TransactGetItemsRequest request,
      List<Map<String, AttributeValue>> sealed,
      TableLookup tables) {
    List<TransactGetItem> parts =
        request.transactItems().stream()
            .map(part -> part.toBuilder().get(widened(part.get(), tables)).build())
            .toList();
    return request.toBuilder().transactItems(parts).build();
  }

  private static Get widened(Get get, TableLookup tables) {
    return plan(get, tables)
        .filter(ReadPlan::changesRequest)
        .map(ReadPlan::sent)
        .map(
            sent ->
                get.toBuilder()
                    .projectionExpression(sent.projectionExpression())
                    .expressionAttributeNames(sent.namesOrNull())
                    .build())
        .orElse(get);
  }

  private static Optional<ReadPlan> plan(Get get, TableLookup tables) {
    return tables.find(get.tableName()).map(table -> ReadPlan.of(Selection.of(get), table));
  }

  @Override
  public List<TableItem> storedItems(
      TransactGetItemsRequest request, TransactGetItemsResponse response) {
    List<TableItem> items = new ArrayList<>();
    for (int i = 0; i < response.responses().size(); i++) {
      ItemResponse found = response.responses().get(i);
      if (found.hasItem()) {
        Get get = request.transactItems().get(i).get();
        items.add(new TableItem(get.tableName(), found.item(), get.key()));
      }
    }
    return items;
  }

  @Override
  public TransactGetItemsResponse withOpenedItems(
      TransactGetItemsRequest request,
      TransactGetItemsResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    if (!response.hasResponses()) {
      return response;
    }
    Iterator<Map<String, AttributeValue>> next = opened.iterator();
    List<ItemResponse> responses = new ArrayList<>();
    for (int i = 0; i < response.responses().size(); i++) {
      ItemResponse found = response.responses().get(i);
      if (found.hasItem()) {
        Map<String, AttributeValue> item = next.next();
        Optional<ReadPlan> plan = plan(request.transactItems().get(i).get(), tables);
        found =
            found.toBuilder().item(plan.map(known -> known.pickFrom(item)).orElse(item)).build();
      }
      responses.add(found);
    }
    return response.toBuilder().responses(responses).build();
  }
}
