package io.github.itemseal.client;

import io.github.itemseal.ItemFormat;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.internal.request.BatchGetItemTransform;
import io.github.itemseal.internal.request.BatchWriteItemTransform;
import io.github.itemseal.internal.request.DeleteItemTransform;
import io.github.itemseal.internal.request.DynamoDbOperation;
import io.github.itemseal.internal.request.GetItemTransform;
import io.github.itemseal.internal.request.OperationTransform;
import io.github.itemseal.internal.request.PutItemTransform;
import io.github.itemseal.internal.request.QueryTransform;
import io.github.itemseal.internal.request.ScanTransform;
import io.github.itemseal.internal.request.TableItem;
import io.github.itemseal.internal.request.TableLookup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ImportTableResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsResponse;
import software.amazon.awssdk.services.dynamodb.model.TableCreationParameters;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/**
 * A {@code DynamoDbClient} that encrypts and signs the items it writes, and verifies and decrypts
 * the items it reads, table by table as configured. Thread-safe.
 *
 * <p>It wraps a client of yours, which must not use the same tables on the side without encryption.
 * Operations without items go through as they are. Operations that could write plaintext, or return
 * what cannot be verified, are refused with {@link io.github.itemseal.UnsupportedRequestException}
 * before anything is sent, and so is every table that is neither protected nor {@linkplain
 * Builder#passThrough let through}. Requests are never changed; paginators and waiters work.
 *
 * <p>A table whose keys were not given is described on its first use, which needs the permission
 * {@code dynamodb:DescribeTable}; failures are {@link
 * io.github.itemseal.TableUnavailableException}. One item of a page that cannot be opened fails the
 * call.
 */
public final class EncryptedDynamoDbClient extends PassedOperations {
  private static final PutItemTransform PUT_ITEM = new PutItemTransform();
  private static final GetItemTransform GET_ITEM = new GetItemTransform();
  private static final DeleteItemTransform DELETE_ITEM = new DeleteItemTransform();
  private static final QueryTransform QUERY = new QueryTransform();
  private static final ScanTransform SCAN = new ScanTransform();
  private static final BatchGetItemTransform BATCH_GET_ITEM = new BatchGetItemTransform();
  private static final BatchWriteItemTransform BATCH_WRITE_ITEM = new BatchWriteItemTransform();

  private final ProtectedTables tables;
  private final SafeUpdates updates;

  private EncryptedDynamoDbClient(
      DynamoDbClient client, ProtectedTables tables, UpdateRetry updateRetry) {
    super(client);
    this.tables = tables;
    this.updates =
        new SafeUpdates(
            client, tables, updateRetry, delay -> TimeUnit.NANOSECONDS.sleep(delay.toNanos()));
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * One table of this client.
   *
   * @throws io.github.itemseal.UnsupportedRequestException if it is not configured
   */
  public EncryptedTable table(String name) {
    tables.isProtected(name);
    return new EncryptedTable(this, name);
  }

  /** The names of the tables with a table encryption. */
  public Set<String> protectedTableNames() {
    return tables.names();
  }

  /** Has a table described anew on its next use, say after an index was added elsewhere. */
  public void refreshTable(String name) {
    tables.forget(name);
  }

  SafeUpdates updates() {
    return updates;
  }

  // ---- operations with items ----

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return call(PUT_ITEM, request, request.tableName(), client::putItem);
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return call(GET_ITEM, request, request.tableName(), client::getItem);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return call(DELETE_ITEM, request, request.tableName(), client::deleteItem);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return call(QUERY, request, request.tableName(), client::query);
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return call(SCAN, request, request.tableName(), client::scan);
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return call(BATCH_GET_ITEM, request, null, client::batchGetItem);
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return call(BATCH_WRITE_ITEM, request, null, client::batchWriteItem);
  }

  private <Q, R> R call(
      OperationTransform<Q, R> transform,
      Q request,
      @Nullable String tableName,
      Function<Q, R> operation) {
    transform.check(request, tables);
    Q sealed = transform.withSealedItems(request, seal(transform.plaintextItems(request)));
    R response;
    try {
      response = operation.apply(sealed);
    } catch (ConditionalCheckFailedException e) {
      throw tableName == null ? e : withOpenedItem(e, tableName);
    }
    List<Map<String, AttributeValue>> opened = open(transform.storedItems(request, response));
    return transform.withOpenedItems(request, response, opened, tables);
  }

  private List<Map<String, AttributeValue>> seal(List<TableItem> items) {
    List<Map<String, AttributeValue>> sealed = new ArrayList<>(items.size());
    for (TableItem item : items) {
      sealed.add(
          tables
              .find(item.table())
              .map(table -> table.encryptor().encryptItem(item.attributes()))
              .orElse(item.attributes()));
    }
    return sealed;
  }

  private List<Map<String, AttributeValue>> open(List<TableItem> items) {
    List<Map<String, AttributeValue>> opened = new ArrayList<>(items.size());
    for (TableItem item : items) {
      opened.add(
          tables
              .find(item.table())
              .map(table -> table.encryptor().decryptItem(item.attributes()))
              .orElse(item.attributes()));
    }
    return opened;
  }

  /**
   * The image that {@code ReturnValuesOnConditionCheckFailure} asks for is an item too. One that
   * cannot be opened is left out, and why is told by a suppressed exception.
   */
  private RuntimeException withOpenedItem(ConditionalCheckFailedException e, String tableName) {
    if (!e.hasItem()) {
      return e;
    }
    ConditionalCheckFailedException.Builder shown = e.toBuilder();
    ItemsealException unreadable = null;
    try {
      shown.item(open(List.of(new TableItem(tableName, e.item()))).get(0));
    } catch (ItemsealException failure) {
      unreadable = failure;
      shown.item(null); // the condition failed all the same, and that is what the caller asks about
    }
    ConditionalCheckFailedException opened = shown.build();
    opened.setStackTrace(e.getStackTrace());
    if (unreadable != null) {
      opened.addSuppressed(unreadable);
    }
    return opened;
  }

  // ---- operations refused on protected tables ----

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    requireUnprotected(DynamoDbOperation.UPDATE_ITEM, Stream.ofNullable(request.tableName()));
    return client.updateItem(request);
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    requireUnprotected(DynamoDbOperation.TRANSACT_GET_ITEMS, TransactTables.of(request));
    return client.transactGetItems(request);
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    requireUnprotected(DynamoDbOperation.TRANSACT_WRITE_ITEMS, TransactTables.of(request));
    return client.transactWriteItems(request);
  }

  @Override
  public SearchVectorsResponse searchVectors(SearchVectorsRequest request) {
    requireUnprotected(DynamoDbOperation.SEARCH_VECTORS, Stream.ofNullable(request.tableName()));
    return client.searchVectors(request);
  }

  @Override
  public ImportTableResponse importTable(ImportTableRequest request) {
    requireUnprotected(
        DynamoDbOperation.IMPORT_TABLE,
        Stream.ofNullable(request.tableCreationParameters())
            .map(TableCreationParameters::tableName));
    return client.importTable(request);
  }

  /** Always refused: which tables a statement touches is known to DynamoDB only. */
  @Override
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    throw DynamoDbOperation.EXECUTE_STATEMENT.refusal(null);
  }

  /** Always refused, see {@link #executeStatement}. */
  @Override
  public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
    throw DynamoDbOperation.BATCH_EXECUTE_STATEMENT.refusal(null);
  }

  /** Always refused, see {@link #executeStatement}. */
  @Override
  public ExecuteTransactionResponse executeTransaction(ExecuteTransactionRequest request) {
    throw DynamoDbOperation.EXECUTE_TRANSACTION.refusal(null);
  }

  private void requireUnprotected(DynamoDbOperation operation, Stream<String> tableNames) {
    List<String> names = tableNames.toList();
    if (names.isEmpty()) {
      throw TableLookup.noTable();
    }
    for (String name : names) {
      if (tables.isProtected(name)) {
        throw operation.refusal(TableLookup.tableName(name));
      }
    }
  }

  // ---- operations that change what is known of a table ----

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    try {
      return super.createTable(request);
    } finally {
      tables.forget(request.tableName());
    }
  }

  @Override
  public UpdateTableResponse updateTable(UpdateTableRequest request) {
    try {
      return super.updateTable(request);
    } finally {
      tables.forget(request.tableName());
    }
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    try {
      return super.deleteTable(request);
    } finally {
      tables.forget(request.tableName());
    }
  }

  /** Builds an {@link EncryptedDynamoDbClient}. Not thread-safe. */
  public static final class Builder {
    private @Nullable DynamoDbClient client;
    private final Map<String, TableEncryption> encryptions = new LinkedHashMap<>();
    private final Set<String> passThrough = new LinkedHashSet<>();
    private UpdateRetry updateRetry = UpdateRetry.standard();

    private Builder() {}

    /** The client to wrap. Required. Closing the encrypted client closes it. */
    public Builder client(DynamoDbClient client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * Adds a table whose items are encrypted.
     *
     * @throws IllegalArgumentException if the table was added before, or a key source of it cannot
     *     be asked by blocking calls
     */
    public Builder table(TableEncryption encryption) {
      String name = encryption.table().name();
      for (ItemFormat format : encryption.formats()) {
        if (!format.supportsBlocking()) {
          throw new IllegalArgumentException(
              "The keys of table '%s' for the format %s can be had asynchronously only: this client needs a blocking key source."
                  .formatted(name, format.name()));
        }
      }
      if (encryptions.put(name, encryption) != null) {
        throw new IllegalArgumentException("Table '%s' is configured twice.".formatted(name));
      }
      return this;
    }

    /**
     * Lets these tables, by name or ARN, through as they are, in plaintext. Items of every other
     * table are refused.
     */
    public Builder passThrough(String... tableNames) {
      for (String name : tableNames) {
        passThrough.add(TableLookup.tableName(name));
      }
      return this;
    }

    /** How safe updates are tried again. Default {@link UpdateRetry#standard}. */
    public Builder updateRetry(UpdateRetry updateRetry) {
      this.updateRetry = Objects.requireNonNull(updateRetry, "updateRetry");
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if there is no client, no table, or a table is both
     *     encrypted and let through
     */
    public EncryptedDynamoDbClient build() {
      if (client == null) {
        throw new IllegalArgumentException("An encrypted client needs client(...) to wrap.");
      }
      if (encryptions.isEmpty()) {
        throw new IllegalArgumentException("An encrypted client needs at least one table(...).");
      }
      for (String name : passThrough) {
        if (encryptions.containsKey(name)) {
          throw new IllegalArgumentException(
              "Table '%s' is both encrypted and let through.".formatted(name));
        }
      }
      return new EncryptedDynamoDbClient(
          client, new ProtectedTables(client, encryptions.values(), passThrough), updateRetry);
    }
  }
}
