package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/**
 * The I/O that items need besides the calls themselves: what a table looks like, and keys. The
 * blocking client does it before it returns, so that its futures are complete; the asynchronous one
 * never waits. Thread-safe.
 */
interface ItemIo {
  /** A table as DynamoDB describes it. */
  CompletableFuture<TableInfo> describe(TableInfo table);

  /** The attribute by which the items of a table expire, if they do. */
  CompletableFuture<Optional<String>> timeToLive(TableInfo table);

  /** A future that somebody else may complete; the blocking client waits for it. */
  <T> CompletableFuture<T> shared(CompletableFuture<T> future);

  /**
   * The stored form of an item.
   *
   * @param alone whether it is the only item of its call
   */
  CompletableFuture<Map<String, AttributeValue>> seal(
      ItemEncryptor encryptor, Map<String, AttributeValue> item, boolean alone);

  /**
   * The item inside a stored one.
   *
   * @param alone whether it is the only item of its call
   */
  CompletableFuture<Map<String, AttributeValue>> open(
      ItemEncryptor encryptor, Map<String, AttributeValue> item, boolean alone);

  /** How many items of one call may be sealed or opened, and their keys fetched, at once. */
  int itemsAtOnce();

  /** What becomes of the items of a call; the blocking client waits for all of them. */
  <T> CompletableFuture<T> settled(CompletableFuture<T> items);

  /** Where checks and arithmetic run. */
  Executor executor();

  /** Whole items of an index's page, straight from the table and not opened. */
  CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request);

  /** Completes after a while. */
  CompletableFuture<Void> pause(Duration pause);
}
