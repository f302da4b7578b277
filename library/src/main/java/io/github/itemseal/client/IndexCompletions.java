package io.github.itemseal.client;

import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.request.IndexCompletion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;

/**
 * Gets the items of a page whole from their table, where an index held parts of them only.
 * Thread-safe; a completion is used by one call.
 */
record IndexCompletions(ItemIo io) {
  /**
   * The items, one batch after the other.
   *
   * @return fails with {@link io.github.itemseal.TableUnavailableException} if DynamoDB leaves keys
   *     unprocessed again and again
   */
  CompletableFuture<List<Map<String, AttributeValue>>> fetch(IndexCompletion completion) {
    Optional<BatchGetItemRequest> next = completion.next();
    if (next.isEmpty()) {
      return CompletableFuture.completedFuture(completion.items());
    }
    CompletableFuture<?> rested =
        completion.pause().isZero()
            ? CompletableFuture.completedFuture(null)
            : io.pause(completion.pause());
    return CancellableStages.compose(
        rested,
        ignored ->
            CancellableStages.compose(
                Futures.of(() -> io.batchGetItem(next.get())),
                response -> {
                  completion.add(response);
                  return fetch(completion);
                },
                io.executor()),
        io.executor());
  }
}
