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
                : settled(
                    InFlight.mapAll(
                        inputs, ITEMS_AT_ONCE, input -> run(() -> work.now(input), pageExecutor))));
  }

  private static <A, B> List<B> oneAfterTheOther(List<A> inputs, ItemWork<? super A, B> work) {
    List<B> outputs = new ArrayList<>(inputs.size());
    for (A input : inputs) {
      outputs.add(work.now(input));
    }
    return outputs;
  }

  private <T> CompletableFuture<T> run(Supplier<T> work, Executor executor) {
    PageTask<T> task = new PageTask<>(work, pageTasks);
    pageTasks.add(task);
    CompletableFuture<T> unused =
        task.result().whenComplete((done, failure) -> pageTasks.remove(task)); // also cancelled
    try {
      executor.execute(task);
    } catch (RuntimeException e) {
      pageTasks.remove(task);
      throw e;
    }
    return task.result();
  }

  /** What an executor was given before it was shut down may never run: then the caller does it. */
  private <T> T settled(CompletableFuture<T> items) {
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
        break; // thrown below
      }
    }
    return CancellableStages.join(items);
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
