package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
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
  public PreparedCall<ScanRequest, ScanResponse> on(ScanRequest request, TableLookup tables) {
    Optional<ProtectedTable> table = tables.find(request.tableName());
    table
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireStartKey(request.exclusiveStartKey(), request.indexName());
              checks.requireReadable(
                  "filter", request.filterExpression(), request.expressionAttributeNames());
              checks.requireReadable("filter", request.scanFilter());
            });
    return new Page(request, table);
  }

  private static final class Page extends PageRead<ScanRequest, ScanResponse> {
    Page(ScanRequest request, Optional<ProtectedTable> table) {
      super(request, request.tableName(), () -> Selection.of(request), table);
    }

    @Override
    ScanRequest asking(ScanRequest request, Selection selection) {
      return request.toBuilder()
          .select(selection.select())
          .projectionExpression(selection.projectionExpression())
          .expressionAttributeNames(selection.namesOrNull())
          .attributesToGet(selection.attributesOrNull())
          .build();
    }

    @Override
    boolean hasItems(ScanResponse response) {
      return response.hasItems();
    }

    @Override
    List<Map<String, AttributeValue>> items(ScanResponse response) {
      return response.items();
    }

    @Override
    ScanResponse withItems(ScanResponse response, List<Map<String, AttributeValue>> items) {
      return response.toBuilder().items(items).build();
    }

    @Override
    ScanResponse withCount(ScanResponse response, int count) {
      return response.toBuilder().count(count).build();
    }
  }
}
