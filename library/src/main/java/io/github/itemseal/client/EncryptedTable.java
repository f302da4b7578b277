package io.github.itemseal.client;

import io.github.itemseal.internal.request.TableLookup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.paginators.BatchGetItemIterable;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;
import software.amazon.awssdk.services.dynamodb.paginators.ScanIterable;

/**
 * One table of an {@link EncryptedDynamoDbClient}, so that calls need not name it. Thread-safe;
 * throws what the client throws.
 */
public final class EncryptedTable {
  private final EncryptedDynamoDbClient client;
  private final String name;

  EncryptedTable(EncryptedDynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The table's name or ARN, as it was asked for. */
  public String name() {
    return name;
  }

  /** Writes an item, replacing the one with the same key. */
  public void putItem(Map<String, AttributeValue> item) {
    putItem(request -> request.item(item));
  }

  /** Writes an item as the request says; the table name is filled in. */
  public PutItemResponse putItem(Consumer<PutItemRequest.Builder> request) {
    return client.putItem(request.andThen(builder -> builder.tableName(name)));
  }

  /** The item with this key, if there is one. */
  public Optional<Map<String, AttributeValue>> getItem(Map<String, AttributeValue> key) {
    GetItemResponse response = getItem(request -> request.key(key));
    return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
  }

  /** Reads an item as the request says; the table name is filled in. */
  public GetItemResponse getItem(Consumer<GetItemRequest.Builder> request) {
    return client.getItem(request.andThen(builder -> builder.tableName(name)));
  }

  /** Deletes the item with this key. */
  public void deleteItem(Map<String, AttributeValue> key) {
    deleteItem(request -> request.key(key));
  }

  /** Deletes an item as the request says; the table name is filled in. */
  public DeleteItemResponse deleteItem(Consumer<DeleteItemRequest.Builder> request) {
    return client.deleteItem(request.andThen(builder -> builder.tableName(name)));
  }

  /**
   * Changes an item so that no other writer's change is lost: reads it consistently, verifies it,
   * applies the change, seals it, and writes it on condition that nobody wrote in between; if
   * somebody did, all of it again, as {@link UpdateRetry} says. See {@link ItemUpdate} for what is
   * asked of the change.
   *
   * @throws io.github.itemseal.ItemUpdateException if there is no such item, the change leaves the
   *     key, or other writers were first at every attempt; nothing was written then
   */
  public UpdatedItem update(
      Map<String, AttributeValue> key, UnaryOperator<Map<String, AttributeValue>> change) {
    return update(key, change, options -> {});
  }

  /**
   * The same with options: to create an item that is not there, or with a condition of your own.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException if your
   *     own condition fails
   */
  public UpdatedItem update(
      Map<String, AttributeValue> key,
      UnaryOperator<Map<String, AttributeValue>> change,
      Consumer<ItemUpdate.Builder> options) {
    ItemUpdate.Builder update = ItemUpdate.of(name, key, change);
    options.accept(update);
    return client.update(update.build());
  }

  /**
   * The items with these keys, at most 100, as far as they exist, in no particular order. Keys that
   * DynamoDB leaves unprocessed are asked for again as the result is iterated.
   */
  public SdkIterable<Map<String, AttributeValue>> batchGetItem(
      Collection<Map<String, AttributeValue>> keys) {
    KeysAndAttributes wanted = KeysAndAttributes.builder().keys(keys).build();
    BatchGetItemIterable pages =
        client.batchGetItemPaginator(request -> request.requestItems(Map.of(name, wanted)));
    return () -> pages.stream().flatMap(page -> ofThisTable(page.responses())).iterator();
  }

  /**
   * Writes and deletes items, at most 25, each for itself: some may succeed and others not.
   *
   * @return the writes that DynamoDB left unprocessed, with the caller's own plaintext; send them
   *     again after a while
   */
  public List<WriteRequest> batchWriteItem(Collection<WriteRequest> writes) {
    return ofThisTable(
            client
                .batchWriteItem(request -> request.requestItems(Map.of(name, List.copyOf(writes))))
                .unprocessedItems())
        .toList();
  }

  /** DynamoDB may answer by name where the request gave an ARN. */
  private <T> Stream<T> ofThisTable(Map<String, List<T>> byTable) {
    return byTable.entrySet().stream()
        .filter(entry -> TableLookup.tableName(entry.getKey()).equals(TableLookup.tableName(name)))
        .flatMap(entry -> entry.getValue().stream());
  }

  /** The pages of a query, fetched as they are iterated; the table name is filled in. */
  public QueryIterable query(Consumer<QueryRequest.Builder> request) {
    return client.queryPaginator(request.andThen(builder -> builder.tableName(name)));
  }

  /** The pages of a scan, fetched as they are iterated; the table name is filled in. */
  public ScanIterable scan(Consumer<ScanRequest.Builder> request) {
    return client.scanPaginator(request.andThen(builder -> builder.tableName(name)));
  }

  /** All items, fetched page by page as they are iterated. */
  public SdkIterable<Map<String, AttributeValue>> items() {
    return scan(request -> {}).items();
  }
}
