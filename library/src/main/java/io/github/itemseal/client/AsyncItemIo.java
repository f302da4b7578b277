package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/** Nothing waits; checks and arithmetic are the executor's. */
record AsyncItemIo(DynamoDbAsyncClient client, Executor executor) implements ItemIo {
  /**
   * Enough to hide the time of a key service from a page, few enough not to be throttled by it. A
   * page may hold thousands of items, each with a key of its own.
   */
  private static final int ITEMS_AT_ONCE = 32;

  @Override
  public CompletableFuture<TableInfo> describe(TableInfo table) {
    return table.refreshIndexedAttributes(client);
  }

  @Override
  public CompletableFuture<Optional<String>> timeToLive(TableInfo table) {
    return client.describeTimeToLive(TimeToLive.request(table)).thenApply(TimeToLive::attributeIn);
  }

  /** A copy: who cancels it cancels it for himself. */
  @Override
  public <T> CompletableFuture<T> shared(CompletableFuture<T> future) {
    return future.copy();
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> seal(
      ItemEncryptor encryptor, Map<String, AttributeValue> item, boolean alone) {
    return encryptor.encryptItemAsync(item, executor);
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> open(
      ItemEncryptor encryptor, Map<String, AttributeValue> item, boolean alone) {
    return encryptor.decryptItemAsync(item, executor);
  }

  @Override
  public int itemsAtOnce() {
    return ITEMS_AT_ONCE;
  }

  @Override
  public <T> CompletableFuture<T> settled(CompletableFuture<T> items) {
    return items;
  }

  @Override
  public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
    return client.batchGetItem(request);
  }

  @Override
  public CompletableFuture<Void> pause(Duration pause) {
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, pause.toNanos(), TimeUnit.NANOSECONDS);
  }
}
