package io.github.itemseal.internal.request;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * BatchGetItem: the items found, table by table; unprocessed keys with the caller's own
 * projections.
 */
public final class BatchGetItemTransform
    implements OperationTransform<BatchGetItemRequest, BatchGetItemResponse> {
  public static final BatchGetItemTransform INSTANCE = new BatchGetItemTransform();

  private BatchGetItemTransform() {}

  @Override
  public List<TableUse> tables(BatchGetItemRequest request) {
    return TableUse.ofAll(request.requestItems().keySet());
  }

  @Override
  public void check(BatchGetItemRequest request, TableLookup tables) {
    RequestChecks.requireNamedOnce(request.requestItems().keySet(), tables);
    request
        .requestItems()
        .forEach(
            (table, keys) ->
                tables
                    .find(table)
                    .map(RequestChecks::new)
                    .ifPresent(
                        checks -> {
                          if (keys == null) {
                            throw checks.incomplete("a Java null instead of keys");
                          }
                          keys.keys().forEach(key -> checks.requireKey(key.keySet()));
                        }));
  }

  @Override
  public BatchGetItemRequest withSealedItems(
      BatchGetItemRequest request, List<Map<String, AttributeValue>> sealed, TableLookup tables) {
    Map<String, KeysAndAttributes> widened = new LinkedHashMap<>();
    request
        .requestItems()
        .forEach((table, keys) -> widened.put(table, widened(keys, plan(table, keys, tables))));
    return widened.equals(request.requestItems())
        ? request
        : request.toBuilder().requestItems(widened).build();
  }

  private static KeysAndAttributes widened(KeysAndAttributes keys, Optional<ReadPlan> plan) {
    return plan.filter(ReadPlan::changesRequest)
        .map(ReadPlan::sent)
        .map(
            sent ->
                keys.toBuilder()
                    .projectionExpression(sent.projectionExpression())
                    .expressionAttributeNames(sent.namesOrNull())
                    .attributesToGet(sent.attributesOrNull())
                    .build())
        .orElse(keys);
  }

  private static Optional<ReadPlan> plan(String table, KeysAndAttributes keys, TableLookup tables) {
    return tables.find(table).map(found -> ReadPlan.of(Selection.of(keys), found));
  }

  @Override
  public List<TableItem> storedItems(BatchGetItemRequest request, BatchGetItemResponse response) {
    List<TableItem> items = new ArrayList<>();
    response
        .responses()
        .forEach(
            (table, found) ->
                items.addAll(
                    AskedKey.matched(
                        table,
                        askedOf(table, request).map(KeysAndAttributes::keys).orElse(List.of()),
                        found)));
    return items;
  }

  @Override
  public boolean isPage() {
    return true;
  }

  @Override
  public BatchGetItemResponse withOpenedItems(
      BatchGetItemRequest request,
      BatchGetItemResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    Iterator<Map<String, AttributeValue>> next = opened.iterator();
    Map<String, List<Map<String, AttributeValue>>> responses = new LinkedHashMap<>();
    response
        .responses()
        .forEach(
            (table, found) -> {
              Optional<ReadPlan> plan =
                  askedOf(table, request).flatMap(keys -> plan(table, keys, tables));
              List<Map<String, AttributeValue>> items = new ArrayList<>();
              for (int i = 0; i < found.size(); i++) {
                Map<String, AttributeValue> item = next.next();
                if (item != null) { // else it is left out
                  items.add(plan.map(known -> known.pickFrom(item)).orElse(item));
                }
              }
              responses.put(table, items);
            });
    BatchGetItemResponse.Builder answer = response.toBuilder().responses(responses);
    if (response.hasUnprocessedKeys()) {
      answer.unprocessedKeys(asAsked(response.unprocessedKeys(), request));
    }
    return answer.build();
  }

  /** What is left to be asked for, as the caller asked for it. */
  private static Map<String, KeysAndAttributes> asAsked(
      Map<String, KeysAndAttributes> unprocessed, BatchGetItemRequest request) {
    Map<String, KeysAndAttributes> asked = new LinkedHashMap<>();
    unprocessed.forEach(
        (table, keys) ->
            asked.put(
                table,
                askedOf(table, request)
                    .map(original -> original.toBuilder().keys(keys.keys()).build())
                    .orElse(keys)));
    return asked;
  }

  /** DynamoDB may answer by name where the request gave an ARN. */
  private static Optional<KeysAndAttributes> askedOf(String table, BatchGetItemRequest request) {
    return request.requestItems().entrySet().stream()
        .filter(entry -> TableLookup.tableName(entry.getKey()).equals(TableLookup.tableName(table)))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
