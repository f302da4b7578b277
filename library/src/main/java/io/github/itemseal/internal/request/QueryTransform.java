package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Query: the items of the page, whole; none with {@code Select=COUNT}. */
public final class QueryTransform implements OperationTransform<QueryRequest, QueryResponse> {
  @Override
  public List<TableUse> tables(QueryRequest request) {
    return List.of(new TableUse(request.tableName(), request.indexName()));
  }

  @Override
  public void check(QueryRequest request, TableLookup tables) {
    tables
        .find(request.tableName())
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireReadable("start key", request.exclusiveStartKey().keySet());
              Map<String, String> names = request.expressionAttributeNames();
              checks.requireReadable("key condition", request.keyConditionExpression(), names);
              checks.requireReadable("key condition", request.keyConditions());
              checks.requireReadable("filter", request.filterExpression(), names);
              checks.requireReadable("filter", request.queryFilter());
              checks.requireWholeItems(
                  request.projectionExpression(), request.hasAttributesToGet());
              checks.requireWholeItems(request.select(), request.indexName());
            });
  }

  @Override
  public List<TableItem> storedItems(QueryRequest request, QueryResponse response) {
    return response.items().stream().map(item -> new TableItem(request.tableName(), item)).toList();
  }

  @Override
  public boolean isPage() {
    return true;
  }

  @Override
  public QueryResponse withOpenedItems(
      QueryRequest request,
      QueryResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    return response.hasItems()
        ? response.toBuilder().items(opened.stream().filter(Objects::nonNull).toList()).build()
        : response;
  }
}
