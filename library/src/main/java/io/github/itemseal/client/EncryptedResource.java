package io.github.itemseal.client;

import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;

/**
 * The tables of an {@link EncryptedDynamoDbClient}, and the calls that span several of them.
 * Thread-safe; throws what the client throws.
 */
public final class EncryptedResource {
  private final EncryptedDynamoDbClient client;

  private EncryptedResource(EncryptedDynamoDbClient client) {
    this.client = Objects.requireNonNull(client, "client");
  }

  /** The tables of a client. */
  public static EncryptedResource of(EncryptedDynamoDbClient client) {
    return new EncryptedResource(client);
  }

  /**
   * One table.
   *
   * @throws io.github.itemseal.UnsupportedRequestException if it is not configured
   */
  public EncryptedTable table(String name) {
    return client.table(name);
  }

  /** All tables with a table encryption, in order of their names. */
  public List<EncryptedTable> tables() {
    return client.protectedTableNames().stream().sorted().map(client::table).toList();
  }

  /** Reads items of several tables. */
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return client.batchGetItem(request);
  }

  /**
   * Writes and deletes items of several tables. Puts that come back unprocessed are the caller's
   * own plaintext: send them again through this resource.
   */
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return client.batchWriteItem(request);
  }

  /**
   * Safe updates of several items, at most 100, of any tables: all of them are written, or none.
   * They are read together, and written in one transaction on condition that nobody wrote any of
   * them in between; if somebody did, all of it again. See {@link EncryptedTable#update}.
   *
   * @return the outcomes, in the same order
   * @throws io.github.itemseal.ItemUpdateException if there is no such item, a change leaves the
   *     key, or other writers were first at every attempt
   * @throws software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException if one of
   *     your own conditions fails, or DynamoDB refuses the transaction; its items are plaintext
   */
  public List<UpdatedItem> updateAll(List<ItemUpdate> updates) {
    return client.updateAll(List.copyOf(updates));
  }
}
