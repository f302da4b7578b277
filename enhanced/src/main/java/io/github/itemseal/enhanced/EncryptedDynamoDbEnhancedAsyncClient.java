package io.github.itemseal.enhanced;

import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.enhanced.dynamodb.Document;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedAsyncClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetResultPagePublisher;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteResult;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactGetItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedResponse;

/**
 * The asynchronous enhanced client over an {@link EncryptedDynamoDbAsyncClient}: typed tables whose
 * items are encrypted. Twin of {@link EncryptedDynamoDbEnhancedClient}, with the same safe updates.
 * Thread-safe.
 *
 * <pre>{@code
 * var client = EncryptedDynamoDbEnhancedAsyncClient.of(encryptedClient);
 * DynamoDbAsyncTable<Person> people = client.table("People", TableSchema.fromBean(Person.class));
 * }</pre>
 *
 * <p>Objects are read when a call is made, on the caller's thread, as the SDK does it: they may be
 * changed as soon as the call has returned. Objects are made, and changes of {@link #update}
 * called, on the encrypted client's executor, where futures complete too. Whatever a class, a
 * converter or an extension throws is a failed future, in the making of a call too; the methods
 * that return publishers throw what is wrong with a request, as the SDK's do. Cancelling a future
 * cancels the call; publishers fetch a page when there is demand for it.
 */
public final class EncryptedDynamoDbEnhancedAsyncClient implements DynamoDbEnhancedAsyncClient {
  private final EncryptedDynamoDbAsyncClient encrypted;
  private final DynamoDbEnhancedAsyncClient client;
  private final SchemaChecks schemas;

  private EncryptedDynamoDbEnhancedAsyncClient(
      EncryptedDynamoDbAsyncClient encrypted, DynamoDbEnhancedAsyncClient client) {
    this.encrypted = encrypted;
    this.client = client;
    this.schemas = new SchemaChecks(encrypted::tableEncryption);
  }

  /** With the SDK's default extensions: version attributes and atomic counters. */
  public static EncryptedDynamoDbEnhancedAsyncClient of(EncryptedDynamoDbAsyncClient client) {
    return new EncryptedDynamoDbEnhancedAsyncClient(
        client,
        DynamoDbEnhancedAsyncClient.builder()
            .dynamoDbClient(new SafeUpdateAsyncClient(Objects.requireNonNull(client, "client")))
            .build());
  }

  /** With these extensions alone, like {@code DynamoDbEnhancedAsyncClient.Builder.extensions}. */
  public static EncryptedDynamoDbEnhancedAsyncClient of(
      EncryptedDynamoDbAsyncClient client, List<DynamoDbEnhancedClientExtension> extensions) {
    return new EncryptedDynamoDbEnhancedAsyncClient(
        client,
        DynamoDbEnhancedAsyncClient.builder()
            .dynamoDbClient(new SafeUpdateAsyncClient(Objects.requireNonNull(client, "client")))
            .extensions(List.copyOf(extensions))
            .build());
  }

  /**
   * Changes an item so that no other writer's change is lost, see {@link
   * io.github.itemseal.client.EncryptedAsyncTable#update}; the change gets and returns the typed
   * object.
   *
   * <p>What the change makes different is written, at every depth, and nothing else: names that the
   * class does not know, NULLs and digits of numbers that it cannot hold stay as they are stored,
   * in nested beans, maps, lists and sets too. Attributes that it sets to null are removed. An
   * object that it returns unchanged writes nothing and asks no extension. Elements of lists that
   * are changed and moved at once count as new. A converter must map equal objects to equal values,
   * or its attribute is written at every call.
   *
   * @param table a table of this client
   * @param key the item's primary key
   * @param change makes the new object of the present one; may be called several times
   * @return the object as it is stored now; fails with {@link
   *     io.github.itemseal.ItemUpdateException} if there is no such item, the change leaves the
   *     key, or other writers were first at every attempt
   */
  public <T> CompletableFuture<T> update(
      DynamoDbAsyncTable<T> table, Key key, UnaryOperator<T> change) {
    TypedMapping<T> mapping = new TypedMapping<>(table);
    return CallFuture.detached(
        () ->
            CallFuture.of(
                    () ->
                        encrypted
                            .table(table.tableName())
                            .update(mapping.keyOf(key), mapping.changeOf(change)))
                .thenApply(updated -> mapping.read(updated.item())));
  }

  // ---- the SDK's ----

  /**
   * A typed table.
   *
   * @throws IllegalArgumentException if the schema says something else of an attribute than the
   *     table encryption does, or what {@link TypedActions#of} refuses
   */
  @Override
  public <T> DynamoDbAsyncTable<T> table(String tableName, TableSchema<T> tableSchema) {
    schemas.require(tableName, tableSchema);
    return new TypedAsyncTable<>(client.table(tableName, tableSchema));
  }

  @Override
  public BatchGetResultPagePublisher batchGetItem(BatchGetItemEnhancedRequest request) {
    return client.batchGetItem(request);
  }

  @Override
  public BatchGetResultPagePublisher batchGetItem(
      Consumer<BatchGetItemEnhancedRequest.Builder> request) {
    return client.batchGetItem(request);
  }

  @Override
  public CompletableFuture<BatchWriteResult> batchWriteItem(BatchWriteItemEnhancedRequest request) {
    return CallFuture.detached(() -> client.batchWriteItem(request));
  }

  @Override
  public CompletableFuture<BatchWriteResult> batchWriteItem(
      Consumer<BatchWriteItemEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> client.batchWriteItem(request));
  }

  @Override
  public CompletableFuture<List<Document>> transactGetItems(
      TransactGetItemsEnhancedRequest request) {
    return CallFuture.detached(() -> client.transactGetItems(request));
  }

  @Override
  public CompletableFuture<List<Document>> transactGetItems(
      Consumer<TransactGetItemsEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> client.transactGetItems(request));
  }

  @Override
  public CompletableFuture<Void> transactWriteItems(TransactWriteItemsEnhancedRequest request) {
    return CallFuture.detached(() -> client.transactWriteItems(request));
  }

  @Override
  public CompletableFuture<Void> transactWriteItems(
      Consumer<TransactWriteItemsEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> client.transactWriteItems(request));
  }

  @Override
  public CompletableFuture<TransactWriteItemsEnhancedResponse> transactWriteItemsWithResponse(
      TransactWriteItemsEnhancedRequest request) {
    return CallFuture.detached(() -> client.transactWriteItemsWithResponse(request));
  }

  @Override
  public CompletableFuture<TransactWriteItemsEnhancedResponse> transactWriteItemsWithResponse(
      Consumer<TransactWriteItemsEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> client.transactWriteItemsWithResponse(request));
  }

  /** The encrypted client that this one was made of, for calls of your own. */
  @Override
  public EncryptedDynamoDbAsyncClient dynamoDbAsyncClient() {
    return encrypted;
  }
}
