package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/** Everything on the caller's thread, one item after the other. */
record BlockingItemIo(DynamoDbClient client) implements ItemIo {
  @Override
  public CompletableFuture<TableInfo> describe(TableInfo table) {
    return CompletableFuture.completedFuture(table.refreshIndexedAttributes(client));
  }

  @Override
  public <T> CompletableFuture<T> shared(CompletableFuture<T> future) {
    return CompletableFuture.completedFuture(CancellableStages.join(future));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> seal(
      ItemEncryptor encryptor, Map<String, AttributeValue> item) {
    return CompletableFuture.completedFuture(encryptor.encryptItem(item));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> open(
      ItemEncryptor encryptor, Map<String, AttributeValue> item) {
    return CompletableFuture.completedFuture(encryptor.decryptItem(item));
  }

  @Override
  public int itemsAtOnce() {
    return 1;
  }

  @Override
  public Executor executor() {
    return Runnable::run;
  }

  @Override
  public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
    return CompletableFuture.completedFuture(client.batchGetItem(request));
  }

  @Override
  public CompletableFuture<Void> pause(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while waiting to ask DynamoDB again.", e);
    }
    return CompletableFuture.completedFuture(null);
  }
}
