package io.github.itemseal.client;

import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.concurrent.InFlight;
import io.github.itemseal.internal.flow.BlockingFlow;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/**
 * Everything on the caller's thread, one item after the other, unless a page executor is set for
 * the items of a call. Waits end when the thread is interrupted.
 *
 * @param pageExecutor null for none
 */
record BlockingItemIo(DynamoDbClient client, @Nullable Executor pageExecutor) implements ItemIo {
  /** As many as {@link AsyncItemIo} has; the executor decides how many of them are at work. */
  private static final int ITEMS_AT_ONCE = 32;

  /** How long a waiting caller sees no item begun before it begins them itself. */
  private static final long LOOK_MILLIS = 500;

  @Override
  public Call<TableInfo> describe(TableInfo table) {
    return Call.blocking(() -> table.refreshIndexedAttributes(client));
  }

  @Override
  public Call<Optional<String>> timeToLive(TableInfo table) {
    return Call.blocking(
        () -> TimeToLive.attributeIn(client.describeTimeToLive(TimeToLive.request(table))));
  }

  /** An interruption says nothing to those who wait for the same: see {@link OtherInterrupted}. */
  @Override
  public <T> CompletableFuture<T> start(Step<T> step) {
    try {
      return CompletableFuture.completedFuture(BlockingFlow.run(step));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(
          Futures.isInterruption(e) ? new OtherInterrupted(e, Thread.currentThread()) : e);
    } catch (Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <T> Call<T> shared(Supplier<CompletableFuture<T>> future) {
    return Call.blocking(
        () -> {
          while (true) {
            try {
              return CancellableStages.await(future.get(), "the description of a table");
            } catch (OtherInterrupted e) {
              e.throwIfOf(Thread.currentThread());
            }
          }
        });
  }

  @Override
  public <A, B> Call<List<B>> each(List<A> inputs, ItemWork<? super A, B> work) {
    return Call.blocking(
        () ->
            inputs.size() == 1 || pageExecutor == null
                ? oneAfterTheOther(inputs, work)
                : onThreads(inputs, work, pageExecutor));
  }

  private static <A, B> List<B> oneAfterTheOther(List<A> inputs, ItemWork<? super A, B> work) {
    List<B> outputs = new ArrayList<>(inputs.size());
    for (A input : inputs) {
      outputs.add(work.now(input));
    }
    return outputs;
  }

  private static <A, B> List<B> onThreads(
      List<A> inputs, ItemWork<? super A, B> work, Executor executor) {
    Set<PageTask<?>> waiting = ConcurrentHashMap.newKeySet();
    return settled(
        InFlight.mapAll(
            inputs, ITEMS_AT_ONCE, input -> begin(() -> work.now(input), executor, waiting)),
        waiting);
  }

  private static <T> CompletableFuture<T> begin(
      Supplier<T> work, Executor executor, Set<PageTask<?>> waiting) {
    PageTask<T> task = new PageTask<>(work, waiting);
    waiting.add(task);
    executor.execute(task);
    return task.result();
  }

  /**
   * What an executor was given may never run, if it was shut down meanwhile or drops tasks in
   * silence: then the caller does it.
   */
  private static <T> T settled(CompletableFuture<T> items, Set<PageTask<?>> waiting) {
    Set<PageTask<?>> seen = Set.of();
    while (!items.isDone()) {
      try {
        T unused = items.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Set<PageTask<?>> left = Set.copyOf(waiting);
        if (left.equals(seen)) {
          left.forEach(PageTask::run);
        }
        seen = left;
      } catch (InterruptedException e) {
        items.cancel(true);
        Thread.currentThread().interrupt();
        throw AbortedException.create("Interrupted while the items of a page were worked on.", e);
      } catch (ExecutionException e) {
        break; // thrown below
      }
    }
    return CancellableStages.join(items);
  }

  @Override
  public Call<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
    return Call.blocking(() -> client.batchGetItem(request));
  }

  @Override
  public Call<Void> pause(Duration pause) {
    return Call.blocking(
        () -> {
          try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted while waiting to ask DynamoDB again.", e);
          }
          return null;
        });
  }
}
