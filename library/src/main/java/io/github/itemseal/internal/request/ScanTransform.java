package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Scan: the items of the page; none with {@code Select=COUNT}. */
public final class ScanTransform implements OperationTransform<ScanRequest, ScanResponse> {
  public static final ScanTransform INSTANCE = new ScanTransform();

  private ScanTransform() {}

  @Override
  public List<TableUse> tables(ScanRequest request) {
    return List.of(new TableUse(request.tableName(), request.indexName()));
  }

  @Override
  public void check(ScanRequest request, TableLookup tables) {
    tables
        .find(request.tableName())
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireStartKey(request.exclusiveStartKey(), request.indexName());
              checks.requireReadable(
                  "filter", request.filterExpression(), request.expressionAttributeNames());
              checks.requireReadable("filter", request.scanFilter());
            });
  }

  @Override
  public ScanRequest withSealedItems(
      ScanRequest request, List<Map<String, AttributeValue>> sealed, TableLookup tables) {
    return plan(request, tables)
        .filter(ReadPlan::changesRequest)
        .map(ReadPlan::sent)
        .map(
            sent ->
                request.toBuilder()
                    .select(sent.select())
                    .projectionExpression(sent.projectionExpression())
                    .expressionAttributeNames(sent.namesOrNull())
                    .attributesToGet(sent.attributesOrNull())
                    .build())
        .orElse(request);
  }

  private static Optional<ReadPlan> plan(ScanRequest request, TableLookup tables) {
    return tables.find(request.tableName()).map(table -> ReadPlan.of(Selection.of(request), table));
  }

  @Override
  public Optional<IndexCompletion> completion(
      ScanRequest request, ScanResponse response, TableLookup tables) {
    return plan(request, tables)
        .filter(ReadPlan::completesItems)
        .flatMap(plan -> tables.find(request.tableName()))
        .map(
            table ->
                new IndexCompletion(
                    request.tableName(), request.overrideConfiguration(), table, response.items()));
  }

  @Override
  public ScanResponse withCompletedItems(
      ScanResponse response, List<Map<String, AttributeValue>> items) {
    return response.toBuilder().items(items).count(items.size()).build();
  }

  @Override
  public List<TableItem> storedItems(ScanRequest request, ScanResponse response) {
    return response.items().stream().map(item -> new TableItem(request.tableName(), item)).toList();
  }

  @Override
  public boolean isPage() {
    return true;
  }

  @Override
  public ScanResponse withOpenedItems(
      ScanRequest request,
      ScanResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    if (!response.hasItems()) {
      return response;
    }
    Optional<ReadPlan> plan = plan(request, tables);
    List<Map<String, AttributeValue>> asked =
        opened.stream()
            .filter(Objects::nonNull)
            .map(item -> plan.map(known -> known.pickFrom(item)).orElse(item))
            .toList();
    return response.toBuilder().items(asked).build();
  }
}
