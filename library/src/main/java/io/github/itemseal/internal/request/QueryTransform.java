package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Query: the items of the page; none with {@code Select=COUNT}. */
public final class QueryTransform implements OperationTransform<QueryRequest, QueryResponse> {
  public static final QueryTransform INSTANCE = new QueryTransform();

  private QueryTransform() {}

  @Override
  public List<TableUse> tables(QueryRequest request) {
    return List.of(new TableUse(request.tableName(), request.indexName()));
  }

  @Override
  public PreparedCall<QueryRequest, QueryResponse> on(QueryRequest request, TableLookup tables) {
    Optional<ProtectedTable> table = tables.find(request.tableName());
    table
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireStartKey(request.exclusiveStartKey(), request.indexName());
              Map<String, String> names = request.expressionAttributeNames();
              checks.requireKeyCondition(
                  request.keyConditionExpression(), names, request.indexName());
              checks.requireKeys(request.keyConditions().keySet(), request.indexName());
              checks.requireReadable("filter", request.filterExpression(), names);
              checks.requireReadable("filter", request.queryFilter());
            });
    return new Page(request, table);
  }

  private static final class Page extends PageRead<QueryRequest, QueryResponse> {
    Page(QueryRequest request, Optional<ProtectedTable> table) {
      super(request, request.tableName(), () -> Selection.of(request), table);
    }

    @Override
    QueryRequest asking(QueryRequest request, Selection selection) {
      return request.toBuilder()
          .select(selection.select())
          .projectionExpression(selection.projectionExpression())
          .expressionAttributeNames(selection.namesOrNull())
          .attributesToGet(selection.attributesOrNull())
          .build();
    }

    @Override
    boolean hasItems(QueryResponse response) {
      return response.hasItems();
    }

    @Override
    List<Map<String, AttributeValue>> items(QueryResponse response) {
      return response.items();
    }

    @Override
    QueryResponse withItems(QueryResponse response, List<Map<String, AttributeValue>> items) {
      return response.toBuilder().items(items).build();
    }

    @Override
    QueryResponse withCount(QueryResponse response, int count) {
      return response.toBuilder().count(count).build();
    }
  }
}
