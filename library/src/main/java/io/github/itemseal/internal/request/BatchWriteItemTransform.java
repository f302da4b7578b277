package io.github.itemseal.internal.request;

import io.github.itemseal.internal.value.DynamoDbEquality;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * BatchWriteItem: the items of its puts. Puts that DynamoDB leaves unprocessed come back as the
 * caller's own plaintext, so that they can be sent again through the same client.
 */
public final class BatchWriteItemTransform
    implements OperationTransform<BatchWriteItemRequest, BatchWriteItemResponse> {
  public static final BatchWriteItemTransform INSTANCE = new BatchWriteItemTransform();

  private BatchWriteItemTransform() {}

  @Override
  public List<TableUse> tables(BatchWriteItemRequest request) {
    return TableUse.ofAll(request.requestItems().keySet());
  }

  @Override
  public PreparedCall<BatchWriteItemRequest, BatchWriteItemResponse> on(
      BatchWriteItemRequest request, TableLookup tables) {
    RequestChecks.requireNamedOnce(request.requestItems().keySet(), tables);
    request
        .requestItems()
        .forEach(
            (table, writes) ->
                tables // an unknown table is refused
                    .find(table)
                    .map(RequestChecks::new)
                    .ifPresent(checks -> writes.forEach(write -> check(write, checks))));
    return new BatchWrite(request, tables);
  }

  private static void check(@Nullable WriteRequest write, RequestChecks checks) {
    if (write == null) {
      throw checks.incomplete("a Java null among its writes");
    }
    if (write.deleteRequest() != null) {
      checks.requireKey(write.deleteRequest().key().keySet());
    }
  }

  private record BatchWrite(BatchWriteItemRequest request, TableLookup tables)
      implements PreparedCall<BatchWriteItemRequest, BatchWriteItemResponse> {
    @Override
    public List<RequestPart> parts() {
      return RequestPart.of(INSTANCE.tables(request));
    }

    @Override
    public List<TableItem> plaintextItems() {
      List<TableItem> items = new ArrayList<>();
      request
          .requestItems()
          .forEach(
              (table, writes) ->
                  writes.stream()
                      .filter(write -> write.putRequest() != null)
                      .map(write -> RequestChecks.withoutNulls(write.putRequest().item()))
                      .forEach(item -> items.add(new TableItem(table, item))));
      return items;
    }

    @Override
    public BatchWriteItemRequest sent(List<Map<String, AttributeValue>> sealed) {
      Iterator<Map<String, AttributeValue>> next = sealed.iterator();
      return request.toBuilder()
          .requestItems(
              mapPuts(request.requestItems(), (table, write) -> withItem(write, next.next())))
          .build();
    }

    /** Nothing to open: what is unprocessed was in the request. */
    @Override
    public BatchWriteItemResponse answer(
        BatchWriteItemResponse response, List<Map<String, AttributeValue>> opened) {
      if (!response.hasUnprocessedItems()) {
        return response;
      }
      Map<String, List<WriteRequest>> unprocessed =
          mapPuts(
              response.unprocessedItems(),
              (table, put) -> tables.find(table).map(found -> original(put, found)).orElse(put));
      return response.toBuilder().unprocessedItems(unprocessed).build();
    }

    /** The caller's put of the same primary key, which no other put of a batch can have. */
    private WriteRequest original(WriteRequest put, ProtectedTable table) {
      Map<String, AttributeValue> key = table.keyOf(put.putRequest().item());
      return request.requestItems().entrySet().stream()
          .filter(entry -> TableLookup.tableName(entry.getKey()).equals(table.name()))
          .flatMap(entry -> entry.getValue().stream())
          .filter(write -> write.putRequest() != null)
          .filter(
              write -> DynamoDbEquality.sameEntries(table.keyOf(write.putRequest().item()), key))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "DynamoDB returned an unprocessed put for table '%s' that was not sent."
                          .formatted(table.name())));
    }
  }

  private static WriteRequest withItem(WriteRequest write, Map<String, AttributeValue> item) {
    return write.toBuilder().putRequest(write.putRequest().toBuilder().item(item).build()).build();
  }

  private interface PutMapping {
    WriteRequest apply(String table, WriteRequest put);
  }

  private static Map<String, List<WriteRequest>> mapPuts(
      Map<String, List<WriteRequest>> requestItems, PutMapping mapping) {
    Map<String, List<WriteRequest>> mapped = new LinkedHashMap<>();
    requestItems.forEach(
        (table, writes) ->
            mapped.put(
                table,
                writes.stream()
                    .map(write -> write.putRequest() == null ? write : mapping.apply(table, write))
                    .toList()));
    return mapped;
  }
}
