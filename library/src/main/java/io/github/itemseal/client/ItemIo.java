package io.github.itemseal.client;

import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/**
 * The calls that items need besides the operations themselves: all that differs between the
 * blocking and the asynchronous client. Thread-safe.
 */
interface ItemIo {
  /** A table as DynamoDB describes it. */
  Call<TableInfo> describe(TableInfo table);

  /** The attribute by which the items of a table expire, if they do. */
  Call<Optional<String>> timeToLive(TableInfo table);

  /**
   * Runs a step for everybody who waits for its value: cancelling the call that began it does not
   * cancel the step. The blocking client runs it before it returns.
   */
  <T> CompletableFuture<T> start(Step<T> step);

  /** The value of a future that others may wait for too, and that somebody completes. */
  <T> Call<T> shared(Supplier<CompletableFuture<T>> future);

  /** What becomes of the items of a call, in the same order; the first failure ends it. */
  <A, B> Call<List<B>> each(List<A> inputs, ItemWork<? super A, B> work);

  /** Whole items of an index's page, straight from the table and not opened. */
  Call<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request);

  /** Nothing, for a while. */
  Call<Void> pause(Duration pause);
}
