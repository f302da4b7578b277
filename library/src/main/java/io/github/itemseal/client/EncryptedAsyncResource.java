package io.github.itemseal.client;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;

/**
 * The tables of an {@link EncryptedDynamoDbAsyncClient}, and the calls that span several of them.
 * Thread-safe; futures fail as those of the client. Twin of {@link EncryptedResource}.
 */
public final class EncryptedAsyncResource {
  private final EncryptedDynamoDbAsyncClient client;

  private EncryptedAsyncResource(EncryptedDynamoDbAsyncClient client) {
    this.client = Objects.requireNonNull(client, "client");
  }

  /** The tables of a client. */
  public static EncryptedAsyncResource of(EncryptedDynamoDbAsyncClient client) {
    return new EncryptedAsyncResource(client);
  }

  /**
   * One table.
   *
   * @throws io.github.itemseal.UnsupportedRequestException if it is not configured
   */
  public EncryptedAsyncTable table(String name) {
    return client.table(name);
  }

  /** All tables with a table encryption, in order of their names. */
  public List<EncryptedAsyncTable> tables() {
    return client.protectedTableNames().stream().sorted().map(client::table).toList();
  }

  /** Reads items of several tables. */
  public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
    return client.batchGetItem(request);
  }

  /**
   * Writes and deletes items of several tables. Puts that come back unprocessed are the caller's
   * own plaintext: send them again through this resource.
   */
  public CompletableFuture<BatchWriteItemResponse> batchWriteItem(BatchWriteItemRequest request) {
    return client.batchWriteItem(request);
  }

  /**
   * Safe updates of several items, at most 100, of any tables: all of them are written, or none.
   * They are read together, and written in one transaction on condition that nobody wrote any of
   * them in between; if somebody did, all of it again. See {@link EncryptedAsyncTable#update}.
   *
   * @return the outcomes, in the same order; fails with {@link
   *     io.github.itemseal.ItemUpdateException} if there is no such item, a change leaves the key,
   *     or other writers were first at every attempt, and with {@link
   *     software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException} if one of your
   *     own conditions fails, or DynamoDB refuses the transaction; its items are plaintext
   */
  public CompletableFuture<List<UpdatedItem>> updateAll(List<ItemUpdate> updates) {
    return client.updateAll(List.copyOf(updates));
  }
}
