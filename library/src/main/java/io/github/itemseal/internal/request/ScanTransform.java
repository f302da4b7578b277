package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Scan: the items of the page, whole; none with {@code Select=COUNT}. */
public final class ScanTransform implements OperationTransform<ScanRequest, ScanResponse> {
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
              checks.requireReadable("start key", request.exclusiveStartKey().keySet());
              checks.requireReadable(
                  "filter", request.filterExpression(), request.expressionAttributeNames());
              checks.requireReadable("filter", request.scanFilter());
              checks.requireWholeItems(
                  request.projectionExpression(), request.hasAttributesToGet());
              checks.requireWholeItems(request.select(), request.indexName());
            });
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
    return response.hasItems()
        ? response.toBuilder().items(opened.stream().filter(Objects::nonNull).toList()).build()
        : response;
  }
}
