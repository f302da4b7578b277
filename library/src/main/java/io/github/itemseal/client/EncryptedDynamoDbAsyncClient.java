package io.github.itemseal.client;

import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.internal.flow.AsyncFlow;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
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
 * A {@code DynamoDbAsyncClient} that encrypts and signs the items it writes, and verifies and
 * decrypts the items it reads, table by table as configured. Twin of {@link
 * EncryptedDynamoDbClient}, whose promises it makes too. Thread-safe.
 *
 * <p>No method blocks its caller, nor the threads of the SDK: neither on keys, nor on tables to be
 * described, nor on the arithmetic of large pages, which is an {@linkplain Builder#executor
 * executor's}. Futures complete there, so what you chain to them runs there too, unless you say
 * where. They fail with what the twin throws; also requests that are refused are failed futures.
 * Cancelling one cancels the request it waits for, to DynamoDB or for a key; a description of the
 * table or a cached key that others wait for is fetched all the same. The keys of one page are
 * fetched 32 items at a time. Publishers of paginators ask for a page when there is demand for it.
 */
public class EncryptedDynamoDbAsyncClient extends AsyncPassedOperations {
  private final ProtectedTables tables;
  private final ItemFlow flow;
  private final SafeUpdates updates;
  private final Executor executor;

  EncryptedDynamoDbAsyncClient(Builder builder) {
    super(builder.tables.require(builder.client));
    AsyncItemIo io = new AsyncItemIo(client, builder.executor);
    this.tables = builder.tables.with(io);
    this.flow = new ItemFlow(tables, io, builder.unreadableItems);
    this.updates = new SafeUpdates(tables::resolve, new AsyncUpdateCalls(io), builder.updateRetry);
    this.executor = builder.executor;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * One table of this client.
   *
   * @throws io.github.itemseal.UnsupportedRequestException if it is not configured
   */
  public EncryptedAsyncTable table(String name) {
    tables.isProtected(name);
    return new EncryptedAsyncTable(this, name);
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

  CompletableFuture<UpdatedItem> update(ItemUpdate update) {
    return AsyncFlow.start(updates.update(update), executor);
  }

  CompletableFuture<List<UpdatedItem>> updateAll(List<ItemUpdate> all) {
    return AsyncFlow.start(updates.updateAll(all), executor);
  }

  // ---- operations with items ----

  @Override
  public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
    return call(PutItemTransform.INSTANCE, request, client::putItem);
  }

  @Override
  public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
    return call(GetItemTransform.INSTANCE, request, client::getItem);
  }

  @Override
  public CompletableFuture<DeleteItemResponse> deleteItem(DeleteItemRequest request) {
    return call(DeleteItemTransform.INSTANCE, request, client::deleteItem);
  }

  @Override
  public CompletableFuture<QueryResponse> query(QueryRequest request) {
    return call(QueryTransform.INSTANCE, request, client::query);
  }

  @Override
  public CompletableFuture<ScanResponse> scan(ScanRequest request) {
    return call(ScanTransform.INSTANCE, request, client::scan);
  }

  @Override
  public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
    return call(BatchGetItemTransform.INSTANCE, request, client::batchGetItem);
  }

  @Override
  public CompletableFuture<BatchWriteItemResponse> batchWriteItem(BatchWriteItemRequest request) {
    return call(BatchWriteItemTransform.INSTANCE, request, client::batchWriteItem);
  }

  @Override
  public CompletableFuture<UpdateItemResponse> updateItem(UpdateItemRequest request) {
    return call(UpdateItemTransform.INSTANCE, request, client::updateItem);
  }

  @Override
  public CompletableFuture<TransactGetItemsResponse> transactGetItems(
      TransactGetItemsRequest request) {
    return call(TransactGetItemsTransform.INSTANCE, request, client::transactGetItems);
  }

  @Override
  public CompletableFuture<TransactWriteItemsResponse> transactWriteItems(
      TransactWriteItemsRequest request) {
    return call(TransactWriteItemsTransform.INSTANCE, request, client::transactWriteItems);
  }

  // ---- operations refused on protected tables ----

  @Override
  public CompletableFuture<ImportTableResponse> importTable(ImportTableRequest request) {
    return call(RefusedTransform.importTable(), request, client::importTable);
  }

  @Override
  public CompletableFuture<ExecuteStatementResponse> executeStatement(
      ExecuteStatementRequest request) {
    return call(RefusedTransform.executeStatement(), request, client::executeStatement);
  }

  @Override
  public CompletableFuture<BatchExecuteStatementResponse> batchExecuteStatement(
      BatchExecuteStatementRequest request) {
    return call(RefusedTransform.batchExecuteStatement(), request, client::batchExecuteStatement);
  }

  @Override
  public CompletableFuture<ExecuteTransactionResponse> executeTransaction(
      ExecuteTransactionRequest request) {
    return call(RefusedTransform.executeTransaction(), request, client::executeTransaction);
  }

  final <Q, R> CompletableFuture<R> call(
      OperationTransform<Q, R> transform, Q request, Function<Q, CompletableFuture<R>> operation) {
    return AsyncFlow.start(
        flow.call(transform, request, sent -> Call.async(() -> operation.apply(sent))), executor);
  }

  // ---- operations that change what is known of a table ----

  @Override
  public CompletableFuture<CreateTableResponse> createTable(CreateTableRequest request) {
    return forgetting(request.tableName(), super.createTable(request));
  }

  @Override
  public CompletableFuture<UpdateTableResponse> updateTable(UpdateTableRequest request) {
    return forgetting(request.tableName(), super.updateTable(request));
  }

  @Override
  public CompletableFuture<DeleteTableResponse> deleteTable(DeleteTableRequest request) {
    return forgetting(request.tableName(), super.deleteTable(request));
  }

  @Override
  public CompletableFuture<UpdateTimeToLiveResponse> updateTimeToLive(
      UpdateTimeToLiveRequest request) {
    return forgetting(
        request.tableName(),
        tables.mayExpireByCiphertext(request)
            ? call(UpdateTimeToLiveTransform.INSTANCE, request, client::updateTimeToLive)
            : super.updateTimeToLive(request));
  }

  private <R> CompletableFuture<R> forgetting(String tableName, CompletableFuture<R> change) {
    CompletableFuture<R> unused =
        change.whenComplete((response, failure) -> tables.forget(tableName));
    return change;
  }

  /** Builds an {@link EncryptedDynamoDbAsyncClient}. Not thread-safe. */
  public static final class Builder {
    private @Nullable DynamoDbAsyncClient client;
    private final ClientTables tables = new ClientTables();
    private UpdateRetry updateRetry = UpdateRetry.standard();
    private Executor executor = DefaultExecutor.get();
    private @Nullable UnreadableItemHandler unreadableItems;

    private Builder() {}

    /** The client to wrap. Required. Closing the encrypted client closes it. */
    public Builder client(DynamoDbAsyncClient client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * Adds a table whose items are encrypted. One of another account, which requests name by its
     * ARN, needs its keys in {@code TableInfo.of(...)}: they would be asked for by name, in the
     * account of the client.
     *
     * @throws IllegalArgumentException if the table was added before, or a key source of it cannot
     *     be asked without blocking
     */
    public Builder table(TableEncryption encryption) {
      tables.add(encryption, ItemFormat::supportsAsync, "by blocking calls", "an asynchronous");
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
     * Where requests are checked, items sealed and opened, and futures completed. It must run its
     * tasks on other threads than the caller's. Default, for all clients of the process: a virtual
     * thread for each task from JDK 21 on, before that as many daemon threads as there are
     * processors. A key source that blocks in secret, such as an HSM behind a {@code DelegatedKey},
     * may want one with more threads. It is yours to shut down.
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
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
    public EncryptedDynamoDbAsyncClient build() {
      return VectorSearch.isInSdk()
          ? new VectorSearchAsyncClient(this)
          : new EncryptedDynamoDbAsyncClient(this);
    }
  }
}
