package io.github.itemseal.client;

import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.internal.flow.BlockingFlow;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.request.BatchGetItemTransform;
import io.github.itemseal.internal.request.BatchWriteItemTransform;
import io.github.itemseal.internal.request.DeleteItemTransform;
import io.github.itemseal.internal.request.GetItemTransform;
import io.github.itemseal.internal.request.OperationTransform;
import io.github.itemseal.internal.request.PutItemTransform;
import io.github.itemseal.internal.request.QueryTransform;
import io.github.itemseal.internal.request.RefusedTransform;
import io.github.itemseal.internal.request.ScanTransform;
import io.github.itemseal.internal.request.TransactGetItemsTransform;
import io.github.itemseal.internal.request.TransactWriteItemsTransform;
import io.github.itemseal.internal.request.UpdateItemTransform;
import io.github.itemseal.internal.request.UpdateTimeToLiveTransform;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
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
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

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
public class EncryptedDynamoDbClient extends PassedOperations {
  private final ProtectedTables tables;
  private final ItemFlow flow;
  private final SafeUpdates updates;

  EncryptedDynamoDbClient(Builder builder) {
    super(builder.tables.require(builder.client));
    BlockingItemIo io = new BlockingItemIo(client, builder.pageExecutor);
    this.tables = builder.tables.with(io);
    this.flow = new ItemFlow(tables, io, builder.unreadableItems);
    this.updates =
        new SafeUpdates(tables::resolve, new BlockingUpdateCalls(io), builder.updateRetry);
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

  /** How the items of a table, by name or ARN, are protected; empty if it has no encryption. */
  public Optional<TableEncryption> tableEncryption(String name) {
    return tables.encryption(name);
  }

  /** Has a table described anew on its next use, say after an index was added elsewhere. */
  public void refreshTable(String name) {
    tables.forget(name);
  }

  UpdatedItem update(ItemUpdate update) {
    return BlockingFlow.run(updates.update(update));
  }

  List<UpdatedItem> updateAll(List<ItemUpdate> all) {
    return BlockingFlow.run(updates.updateAll(all));
  }

  // ---- operations with items ----

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return call(PutItemTransform.INSTANCE, request, client::putItem);
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return call(GetItemTransform.INSTANCE, request, client::getItem);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return call(DeleteItemTransform.INSTANCE, request, client::deleteItem);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return call(QueryTransform.INSTANCE, request, client::query);
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return call(ScanTransform.INSTANCE, request, client::scan);
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return call(BatchGetItemTransform.INSTANCE, request, client::batchGetItem);
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return call(BatchWriteItemTransform.INSTANCE, request, client::batchWriteItem);
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return call(UpdateItemTransform.INSTANCE, request, client::updateItem);
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return call(TransactGetItemsTransform.INSTANCE, request, client::transactGetItems);
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return call(TransactWriteItemsTransform.INSTANCE, request, client::transactWriteItems);
  }

  // ---- operations refused on protected tables ----

  @Override
  public ImportTableResponse importTable(ImportTableRequest request) {
    return call(RefusedTransform.importTable(), request, client::importTable);
  }

  @Override
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    return call(RefusedTransform.executeStatement(), request, client::executeStatement);
  }

  @Override
  public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
    return call(RefusedTransform.batchExecuteStatement(), request, client::batchExecuteStatement);
  }

  @Override
  public ExecuteTransactionResponse executeTransaction(ExecuteTransactionRequest request) {
    return call(RefusedTransform.executeTransaction(), request, client::executeTransaction);
  }

  final <Q, R> R call(OperationTransform<Q, R> transform, Q request, Function<Q, R> operation) {
    return BlockingFlow.run(
        flow.call(transform, request, sent -> Call.blocking(() -> operation.apply(sent))));
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

  @Override
  public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
    try {
      return tables.mayExpireByCiphertext(request)
          ? call(UpdateTimeToLiveTransform.INSTANCE, request, client::updateTimeToLive)
          : super.updateTimeToLive(request);
    } finally {
      tables.forget(request.tableName());
    }
  }

  /** Builds an {@link EncryptedDynamoDbClient}. Not thread-safe. */
  public static final class Builder {
    private @Nullable DynamoDbClient client;
    private final ClientTables tables = new ClientTables();
    private UpdateRetry updateRetry = UpdateRetry.standard();
    private @Nullable UnreadableItemHandler unreadableItems;
    private @Nullable Executor pageExecutor;

    private Builder() {}

    /** The client to wrap. Required. Closing the encrypted client closes it. */
    public Builder client(DynamoDbClient client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * Adds a table whose items are encrypted. One of another account, which requests name by its
     * ARN, needs its keys in {@code TableInfo.of(...)}: they would be asked for by name, in the
     * account of the client.
     *
     * @throws IllegalArgumentException if the table was added before, or a key source of it cannot
     *     be asked by blocking calls
     */
    public Builder table(TableEncryption encryption) {
      tables.add(encryption, ItemFormat::supportsBlocking, "asynchronously", "a blocking");
      return this;
    }

    /**
     * Lets these tables, by name or ARN, through as they are, in plaintext. Items of every other
     * table are refused.
     */
    public Builder passThrough(String... tableNames) {
      tables.passThrough(tableNames);
      return this;
    }

    /** How safe updates are tried again. Default {@link UpdateRetry#standard}. */
    public Builder updateRetry(UpdateRetry updateRetry) {
      this.updateRetry = Objects.requireNonNull(updateRetry, "updateRetry");
      return this;
    }

    /**
     * Where the items of a page or of a batch are opened and sealed, up to 32 at once; their order
     * is kept. It helps where many items, or keys that come over the network, keep callers waiting
     * and processors idle. Calls of one item, and everything else, stay on the caller's thread,
     * which waits; so callers must not be threads of the same executor. It is yours to shut down.
     * Default none: one item after the other on the caller's thread.
     */
    public Builder pageExecutor(Executor pageExecutor) {
      this.pageExecutor = Objects.requireNonNull(pageExecutor, "pageExecutor");
      return this;
    }

    /**
     * Takes the items of a page (query, scan, batchGetItem) that cannot be opened, and has them
     * left out of it: {@code Count} stays what DynamoDB counted. Default: such an item fails the
     * call.
     */
    public Builder unreadableItems(UnreadableItemHandler handler) {
      this.unreadableItems = Objects.requireNonNull(handler, "handler");
      return this;
    }

    /**
     * Whether reads of some attributes, or of parts of them, get as many as are needed to verify
     * the item, from which what was asked for is picked. DynamoDB charges for whole items in any
     * case; more bytes come over the network. Default false: such reads are refused.
     */
    public Builder widensProjections(boolean widensProjections) {
      tables.widensProjections(widensProjections);
      return this;
    }

    /**
     * Whether queries and scans through an index that lacks signed attributes get the items whole
     * from the table: DynamoDB does it for a local index, consistent batch gets do it for a global
     * one, and cost what they read. Items that are gone by then are left out, others may have
     * changed since the index saw them. Default false: such reads are refused.
     */
    public Builder completesIndexReads(boolean completesIndexReads) {
      tables.completesIndexReads(completesIndexReads);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if there is no client, no table, or a table is both
     *     encrypted and let through
     */
    public EncryptedDynamoDbClient build() {
      return VectorSearch.isInSdk()
          ? new VectorSearchClient(this)
          : new EncryptedDynamoDbClient(this);
    }
  }
}
