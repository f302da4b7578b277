package io.github.itemseal.client;

import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.request.TableLookup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.core.async.SdkPublisher;
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
import software.amazon.awssdk.services.dynamodb.paginators.QueryPublisher;
import software.amazon.awssdk.services.dynamodb.paginators.ScanPublisher;

/**
 * One table of an {@link EncryptedDynamoDbAsyncClient}, so that calls need not name it.
 * Thread-safe; futures fail as those of the client. Twin of {@link EncryptedTable}.
 */
public final class EncryptedAsyncTable {
  private final EncryptedDynamoDbAsyncClient client;
  private final String name;

  EncryptedAsyncTable(EncryptedDynamoDbAsyncClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The table's name or ARN, as it was asked for. */
  public String name() {
    return name;
  }

  /** Writes an item, replacing the one with the same key. */
  public CompletableFuture<Void> putItem(Map<String, AttributeValue> item) {
    return done(putItem(request -> request.item(item)));
  }

  /** Writes an item as the request says; the table name is filled in. */
  public CompletableFuture<PutItemResponse> putItem(Consumer<PutItemRequest.Builder> request) {
    return client.putItem(request.andThen(builder -> builder.tableName(name)));
  }

  /** The item with this key, if there is one. */
  public CompletableFuture<Optional<Map<String, AttributeValue>>> getItem(
      Map<String, AttributeValue> key) {
    return CancellableStages.apply(
        getItem(request -> request.key(key)),
        response -> response.hasItem() ? Optional.of(response.item()) : Optional.empty(),
        Runnable::run);
  }

  /** Reads an item as the request says; the table name is filled in. */
  public CompletableFuture<GetItemResponse> getItem(Consumer<GetItemRequest.Builder> request) {
    return client.getItem(request.andThen(builder -> builder.tableName(name)));
  }

  /** Deletes the item with this key. */
  public CompletableFuture<Void> deleteItem(Map<String, AttributeValue> key) {
    return done(deleteItem(request -> request.key(key)));
  }

  /** Deletes an item as the request says; the table name is filled in. */
  public CompletableFuture<DeleteItemResponse> deleteItem(
      Consumer<DeleteItemRequest.Builder> request) {
    return client.deleteItem(request.andThen(builder -> builder.tableName(name)));
  }

  /**
   * Changes an item so that no other writer's change is lost, without waiting: reads it
   * consistently, verifies it, applies the change, seals it, and writes it on condition that nobody
   * wrote in between; if somebody did, all of it again, as {@link UpdateRetry} says. See {@link
   * ItemUpdate} for what is asked of the change, which runs on the client's executor.
   *
   * <p>Cancelling the future cancels what the update is waiting for, and no other attempt follows.
   * A write that was already sent may have been done: nobody knows, as with every write.
   *
   * @return fails with {@link io.github.itemseal.ItemUpdateException} if there is no such item, the
   *     change leaves the key, or other writers were first at every attempt; nothing was written
   *     then
   */
  public CompletableFuture<UpdatedItem> update(
      Map<String, AttributeValue> key, UnaryOperator<Map<String, AttributeValue>> change) {
    return update(key, change, options -> {});
  }

  /**
   * The same with options: to create an item that is not there, or with a condition of your own.
   *
   * @return fails with {@link
   *     software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException} if your own
   *     condition fails
   */
  public CompletableFuture<UpdatedItem> update(
      Map<String, AttributeValue> key,
      UnaryOperator<Map<String, AttributeValue>> change,
      Consumer<ItemUpdate.Builder> options) {
    ItemUpdate.Builder update = ItemUpdate.of(name, key, change);
    options.accept(update);
    return client.update(update.build());
  }

  /**
   * The items with these keys, at most 100, as far as they exist, in no particular order. Keys that
   * DynamoDB leaves unprocessed are asked for again as long as there is demand.
   */
  public SdkPublisher<Map<String, AttributeValue>> batchGetItem(
      Collection<Map<String, AttributeValue>> keys) {
    KeysAndAttributes wanted = KeysAndAttributes.builder().keys(keys).build();
    return client
        .batchGetItemPaginator(request -> request.requestItems(Map.of(name, wanted)))
        .flatMapIterable(page -> ofThisTable(page.responses()).toList());
  }

  /**
   * Writes and deletes items, at most 25, each for itself: some may succeed and others not.
   *
   * @return the writes that DynamoDB left unprocessed, with the caller's own plaintext; send them
   *     again after a while
   */
  public CompletableFuture<List<WriteRequest>> batchWriteItem(Collection<WriteRequest> writes) {
    return CancellableStages.apply(
        client.batchWriteItem(request -> request.requestItems(Map.of(name, List.copyOf(writes)))),
        response -> ofThisTable(response.unprocessedItems()).toList(),
        Runnable::run);
  }

  /** DynamoDB may answer by name where the request gave an ARN. */
  private <T> Stream<T> ofThisTable(Map<String, List<T>> byTable) {
    return byTable.entrySet().stream()
        .filter(entry -> TableLookup.tableName(entry.getKey()).equals(TableLookup.tableName(name)))
        .flatMap(entry -> entry.getValue().stream());
  }

  /** The pages of a query, fetched as there is demand; the table name is filled in. */
  public QueryPublisher query(Consumer<QueryRequest.Builder> request) {
    return client.queryPaginator(request.andThen(builder -> builder.tableName(name)));
  }

  /** The pages of a scan, fetched as there is demand; the table name is filled in. */
  public ScanPublisher scan(Consumer<ScanRequest.Builder> request) {
    return client.scanPaginator(request.andThen(builder -> builder.tableName(name)));
  }

  /** All items, fetched page by page as there is demand. */
  public SdkPublisher<Map<String, AttributeValue>> items() {
    return scan(request -> {}).items();
  }

  private static CompletableFuture<Void> done(CompletableFuture<?> call) {
    return CancellableStages.apply(call, response -> null, Runnable::run);
  }
}
