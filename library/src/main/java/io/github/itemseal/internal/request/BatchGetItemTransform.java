package io.github.itemseal.internal.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
  public PreparedCall<BatchGetItemRequest, BatchGetItemResponse> on(
      BatchGetItemRequest request, TableLookup tables) {
    RequestChecks.requireNamedOnce(request.requestItems().keySet(), tables);
    Map<String, ReadPlan> plans = new HashMap<>();
    request
        .requestItems()
        .forEach(
            (name, keys) -> {
              Optional<ProtectedTable> table = tables.find(name);
              table.ifPresent(known -> check(keys, new RequestChecks(known)));
              plans.put(TableLookup.tableName(name), ReadPlan.of(() -> Selection.of(keys), table));
            });
    return new BatchGet(request, plans);
  }

  private static void check(@Nullable KeysAndAttributes keys, RequestChecks checks) {
    if (keys == null) {
      throw checks.incomplete("a Java null instead of keys");
    }
    keys.keys().forEach(key -> checks.requireKey(key.keySet()));
  }

  /**
   * One call.
   *
   * @param plans by the names of the tables
   */
  private record BatchGet(BatchGetItemRequest request, Map<String, ReadPlan> plans)
      implements PreparedCall<BatchGetItemRequest, BatchGetItemResponse> {
    @Override
    public List<RequestPart> parts() {
      return RequestPart.of(INSTANCE.tables(request));
    }

    @Override
    public BatchGetItemRequest sent(List<Map<String, AttributeValue>> sealed) {
      if (plans.values().stream().allMatch(plan -> plan.changed().isEmpty())) {
        return request;
      }
      Map<String, KeysAndAttributes> widened = new LinkedHashMap<>();
      request.requestItems().forEach((table, keys) -> widened.put(table, widened(table, keys)));
      return request.toBuilder().requestItems(widened).build();
    }

    private KeysAndAttributes widened(String table, KeysAndAttributes keys) {
      return plan(table)
          .flatMap(ReadPlan::changed)
          .map(
              selection ->
                  keys.toBuilder()
                      .projectionExpression(selection.projectionExpression())
                      .expressionAttributeNames(selection.namesOrNull())
                      .attributesToGet(selection.attributesOrNull())
                      .build())
          .orElse(keys);
    }

    private Optional<ReadPlan> plan(String table) {
      return Optional.ofNullable(plans.get(TableLookup.tableName(table)));
    }

    @Override
    public List<TableItem> storedItems(BatchGetItemResponse response) {
      List<TableItem> items = new ArrayList<>();
      response
          .responses()
          .forEach(
              (table, found) ->
                  items.addAll(
                      AskedKey.matched(
                          table,
                          asked(table).map(KeysAndAttributes::keys).orElse(List.of()),
                          found)));
      return items;
    }

    @Override
    public boolean isPage() {
      return true;
    }

    @Override
    public BatchGetItemResponse answer(
        BatchGetItemResponse response, List<Map<String, AttributeValue>> opened) {
      Iterator<Map<String, AttributeValue>> next = opened.iterator();
      Map<String, List<Map<String, AttributeValue>>> responses = new LinkedHashMap<>();
      response
          .responses()
          .forEach(
              (table, found) -> {
                Optional<ReadPlan> plan = plan(table);
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
        answer.unprocessedKeys(asAsked(response.unprocessedKeys()));
      }
      return answer.build();
    }

    /** What is left to be asked for, as the caller asked for it. */
    private Map<String, KeysAndAttributes> asAsked(Map<String, KeysAndAttributes> unprocessed) {
      Map<String, KeysAndAttributes> asked = new LinkedHashMap<>();
      unprocessed.forEach(
          (table, keys) ->
              asked.put(
                  table,
                  asked(table)
                      .map(original -> original.toBuilder().keys(keys.keys()).build())
                      .orElse(keys)));
      return asked;
    }

    /** DynamoDB may answer by name where the request gave an ARN. */
    private Optional<KeysAndAttributes> asked(String table) {
      return request.requestItems().entrySet().stream()
          .filter(
              entry -> TableLookup.tableName(entry.getKey()).equals(TableLookup.tableName(table)))
          .map(Map.Entry::getValue)
          .findFirst();
    }
  }
}
