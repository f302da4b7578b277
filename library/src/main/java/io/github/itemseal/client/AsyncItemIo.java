package io.github.itemseal.client;

import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.InFlight;
import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/** Nothing waits; checks and arithmetic are the executor's. */
record AsyncItemIo(
    DynamoDbAsyncClient client,
    Executor executor,
    Function<Duration, CompletableFuture<Void>> timer)
    implements ItemIo {
  /**
   * Enough to hide the time of a key service from a page, few enough not to be throttled by it. A
   * page may hold thousands of items, each with a key of its own.
   */
  private static final int ITEMS_AT_ONCE = 32;

  /** Pauses end on the JDK's timer thread, which does nothing but complete them. */
  AsyncItemIo(DynamoDbAsyncClient client, Executor executor) {
    this(
        client,
        executor,
        pause ->
            new CompletableFuture<Void>()
                .completeOnTimeout(null, pause.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public Call<TableInfo> describe(TableInfo table) {
    return Call.async(() -> table.refreshIndexedAttributes(client));
  }

  @Override
  public Call<Optional<String>> timeToLive(TableInfo table) {
    return Call.async(
        () ->
            client
                .describeTimeToLive(TimeToLive.request(table))
                .thenApply(TimeToLive::attributeIn));
  }

  @Override
  public <T> CompletableFuture<T> start(Step<T> step) {
    return AsyncFlow.start(step, executor);
  }

  /** A copy: who cancels it cancels it for himself. */
  @Override
  public <T> Call<T> shared(Supplier<CompletableFuture<T>> future) {
    return Call.async(() -> future.get().copy());
  }

  @Override
  public <A, B> Call<List<B>> each(List<A> inputs, ItemWork<? super A, B> work) {
    return Call.async(
        () -> InFlight.mapAll(inputs, ITEMS_AT_ONCE, input -> work.later(input, executor)));
  }

  @Override
  public Call<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
    return Call.async(() -> client.batchGetItem(request));
  }

  @Override
  public Call<Void> pause(Duration pause) {
    return Call.async(() -> timer.apply(pause));
  }
}
