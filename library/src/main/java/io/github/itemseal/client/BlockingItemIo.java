package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/**
 * Everything on the caller's thread, one item after the other, but for several items of one call
 * where there is an executor for them.
 *
 * @param pageExecutor null for none
 */
record BlockingItemIo(DynamoDbClient client, @Nullable Executor pageExecutor) implements ItemIo {
  /** As many as {@link AsyncItemIo} has; the executor decides how many of them are at work. */
  private static final int ITEMS_AT_ONCE = 32;

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
      ItemEncryptor encryptor, Map<String, AttributeValue> item, boolean alone) {
    return run(() -> encryptor.encryptItem(item), alone);
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> open(
      ItemEncryptor encryptor, Map<String, AttributeValue> item, boolean alone) {
    return run(() -> encryptor.decryptItem(item), alone);
  }

  private <T> CompletableFuture<T> run(Supplier<T> work, boolean alone) {
    return alone || pageExecutor == null
        ? CompletableFuture.completedFuture(work.get())
        : CompletableFuture.supplyAsync(work, pageExecutor);
  }

  @Override
  public int itemsAtOnce() {
    return pageExecutor == null ? 1 : ITEMS_AT_ONCE;
  }

  /** So that what follows, such as the call itself, is on the caller's thread again. */
  @Override
  public <T> CompletableFuture<T> settled(CompletableFuture<T> items) {
    items.handle((result, failure) -> failure).join();
    return items;
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
