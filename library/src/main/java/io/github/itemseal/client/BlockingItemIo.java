package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/**
 * Everything on the caller's thread, one item after the other, unless a page executor is set for
 * the items of a call. Waits end when the thread is interrupted.
 *
 * @param pageExecutor null for none
 * @param pageTasks what the executor was given and has not begun
 */
record BlockingItemIo(
    DynamoDbClient client, @Nullable Executor pageExecutor, Set<PageTask<?>> pageTasks)
    implements ItemIo {
  /** As many as {@link AsyncItemIo} has; the executor decides how many of them are at work. */
  private static final int ITEMS_AT_ONCE = 32;

  /** How often a waiting caller looks whether the executor begins what it was given. */
  private static final long LOOK_MILLIS = 500;

  BlockingItemIo(DynamoDbClient client, @Nullable Executor pageExecutor) {
    this(client, pageExecutor, ConcurrentHashMap.newKeySet());
  }

  @Override
  public CompletableFuture<TableInfo> describe(TableInfo table) {
    return CompletableFuture.completedFuture(table.refreshIndexedAttributes(client));
  }

  @Override
  public CompletableFuture<Optional<String>> timeToLive(TableInfo table) {
    return CompletableFuture.completedFuture(
        TimeToLive.attributeIn(client.describeTimeToLive(TimeToLive.request(table))));
  }

  @Override
  public <T> CompletableFuture<T> shared(CompletableFuture<T> future) {
    return CompletableFuture.completedFuture(
        CancellableStages.await(future, "the description of a table"));
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
    if (alone || pageExecutor == null) {
      return CompletableFuture.completedFuture(work.get());
    }
    PageTask<T> task = new PageTask<>(work, pageTasks);
    pageTasks.add(task);
    CompletableFuture<T> unused =
        task.result().whenComplete((done, failure) -> pageTasks.remove(task)); // also cancelled
    try {
      pageExecutor.execute(task);
    } catch (RuntimeException e) {
      pageTasks.remove(task);
      throw e;
    }
    return task.result();
  }

  @Override
  public int itemsAtOnce() {
    return pageExecutor == null ? 1 : ITEMS_AT_ONCE;
  }

  /**
   * So that what follows, such as the call itself, is on the caller's thread again. What an
   * executor was given before it was shut down may never run: then the caller does it.
   */
  @Override
  public <T> CompletableFuture<T> settled(CompletableFuture<T> items) {
    Set<PageTask<?>> seen = Set.of();
    while (!items.isDone()) {
      try {
        T unused = items.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Set<PageTask<?>> waiting = Set.copyOf(pageTasks);
        if (!waiting.isEmpty() && waiting.equals(seen) && refusesWork()) {
          waiting.forEach(PageTask::run);
        }
        seen = waiting;
      } catch (InterruptedException e) {
        items.cancel(true);
        Thread.currentThread().interrupt();
        throw AbortedException.create("Interrupted while the items of a page were worked on.", e);
      } catch (ExecutionException e) {
        return items; // whose failure is the caller's
      }
    }
    return items;
  }

  /** Whether the executor is shut down, or at least refuses work now. */
  private boolean refusesWork() {
    if (pageExecutor instanceof ExecutorService service) {
      return service.isShutdown();
    }
    try {
      Objects.requireNonNull(pageExecutor).execute(() -> {});
      return false;
    } catch (RejectedExecutionException e) {
      return true;
    }
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
