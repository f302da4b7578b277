package io.github.itemseal.enhanced;

import io.github.itemseal.client.EncryptedDynamoDbClient;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.enhanced.dynamodb.Document;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetResultPageIterable;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteResult;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactGetItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedResponse;

/**
 * The enhanced client over an {@link EncryptedDynamoDbClient}: typed tables whose items are
 * encrypted. Thread-safe.
 *
 * <pre>{@code
 * var client = EncryptedDynamoDbEnhancedClient.of(encryptedClient);
 * DynamoDbTable<Person> people = client.table("People", TableSchema.fromBean(Person.class));
 * }</pre>
 *
 * <p>Everything is the SDK's, its tables and its extensions too, except that {@code updateItem} and
 * updates in transactions are safe updates: the item is read, verified, changed as the enhanced
 * client would have DynamoDB change it, sealed and written on condition that nobody wrote in
 * between. Their answers have no capacity units. A transaction with updates holds nothing but
 * updates.
 */
public final class EncryptedDynamoDbEnhancedClient implements DynamoDbEnhancedClient {
  private final EncryptedDynamoDbClient encrypted;
  private final DynamoDbEnhancedClient client;
  private final SchemaChecks schemas;

  private EncryptedDynamoDbEnhancedClient(
      EncryptedDynamoDbClient encrypted, DynamoDbEnhancedClient client) {
    this.encrypted = encrypted;
    this.client = client;
    this.schemas = new SchemaChecks(encrypted::tableEncryption);
  }

  /** With the SDK's default extensions: version attributes and atomic counters. */
  public static EncryptedDynamoDbEnhancedClient of(EncryptedDynamoDbClient client) {
    return new EncryptedDynamoDbEnhancedClient(
        client,
        DynamoDbEnhancedClient.builder()
            .dynamoDbClient(new SafeUpdateClient(Objects.requireNonNull(client, "client")))
            .build());
  }

  /** With these extensions alone, like {@code DynamoDbEnhancedClient.Builder.extensions}. */
  public static EncryptedDynamoDbEnhancedClient of(
      EncryptedDynamoDbClient client, List<DynamoDbEnhancedClientExtension> extensions) {
    return new EncryptedDynamoDbEnhancedClient(
        client,
        DynamoDbEnhancedClient.builder()
            .dynamoDbClient(new SafeUpdateClient(Objects.requireNonNull(client, "client")))
            .extensions(List.copyOf(extensions))
            .build());
  }

  /**
   * Changes an item so that no other writer's change is lost, see {@link
   * io.github.itemseal.client.EncryptedTable#update}; the change gets and returns the typed object.
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
   * @return the object as it is stored now
   * @throws io.github.itemseal.ItemUpdateException if there is no such item, the change leaves the
   *     key, or other writers were first at every attempt
   */
  public <T> T update(DynamoDbTable<T> table, Key key, UnaryOperator<T> change) {
    TypedMapping<T> mapping = new TypedMapping<>(table);
    return mapping.read(
        encrypted
            .table(table.tableName())
            .update(mapping.keyOf(key), mapping.changeOf(change))
            .item());
  }

  // ---- the SDK's ----

  /**
   * A typed table.
   *
   * @throws IllegalArgumentException if the schema says something else of an attribute than the
   *     table encryption does, or what {@link TypedActions#of} refuses
   */
  @Override
  public <T> DynamoDbTable<T> table(String tableName, TableSchema<T> tableSchema) {
    schemas.require(tableName, tableSchema);
    return client.table(tableName, tableSchema);
  }

  @Override
  public BatchGetResultPageIterable batchGetItem(BatchGetItemEnhancedRequest request) {
    return client.batchGetItem(request);
  }

  @Override
  public BatchGetResultPageIterable batchGetItem(
      Consumer<BatchGetItemEnhancedRequest.Builder> request) {
    return client.batchGetItem(request);
  }

  @Override
  public BatchWriteResult batchWriteItem(BatchWriteItemEnhancedRequest request) {
    return client.batchWriteItem(request);
  }

  @Override
  public BatchWriteResult batchWriteItem(Consumer<BatchWriteItemEnhancedRequest.Builder> request) {
    return client.batchWriteItem(request);
  }

  @Override
  public List<Document> transactGetItems(TransactGetItemsEnhancedRequest request) {
    return client.transactGetItems(request);
  }

  @Override
  public List<Document> transactGetItems(
      Consumer<TransactGetItemsEnhancedRequest.Builder> request) {
    return client.transactGetItems(request);
  }

  @Override
  public Void transactWriteItems(TransactWriteItemsEnhancedRequest request) {
    return client.transactWriteItems(request);
  }

  @Override
  public Void transactWriteItems(Consumer<TransactWriteItemsEnhancedRequest.Builder> request) {
    return client.transactWriteItems(request);
  }

  @Override
  public TransactWriteItemsEnhancedResponse transactWriteItemsWithResponse(
      TransactWriteItemsEnhancedRequest request) {
    return client.transactWriteItemsWithResponse(request);
  }

  @Override
  public TransactWriteItemsEnhancedResponse transactWriteItemsWithResponse(
      Consumer<TransactWriteItemsEnhancedRequest.Builder> request) {
    return client.transactWriteItemsWithResponse(request);
  }

  /** The encrypted client that this one was made of, for calls of your own. */
  @Override
  public EncryptedDynamoDbClient dynamoDbClient() {
    return encrypted;
  }
}
