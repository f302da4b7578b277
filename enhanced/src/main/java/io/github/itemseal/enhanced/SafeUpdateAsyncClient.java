package io.github.itemseal.enhanced;

import io.github.itemseal.client.EncryptedAsyncResource;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.ItemUpdate;
import io.github.itemseal.client.UpdatedItem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.paginators.BatchGetItemPublisher;
import software.amazon.awssdk.services.dynamodb.paginators.QueryPublisher;
import software.amazon.awssdk.services.dynamodb.paginators.ScanPublisher;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbAsyncWaiter;

/**
 * What the asynchronous enhanced client calls: an encrypted client whose updates of protected
 * tables are safe updates. Twin of {@link SafeUpdateClient}; what that throws is a failed future
 * here. Cancelling a future, or one that the enhanced client derives from it, cancels the call.
 * Thread-safe.
 */
final class SafeUpdateAsyncClient implements DynamoDbAsyncClient {
  private final EncryptedDynamoDbAsyncClient client;

  SafeUpdateAsyncClient(EncryptedDynamoDbAsyncClient client) {
    this.client = client;
  }

  @Override
  public CompletableFuture<UpdateItemResponse> updateItem(UpdateItemRequest request) {
    return CallFuture.of(() -> update(request));
  }

  private CompletableFuture<UpdateItemResponse> update(UpdateItemRequest request) {
    String table = RoutedTransaction.tableName(request.tableName());
    if (!client.protectedTableNames().contains(table)) {
      return client.updateItem(request);
    }
    RoutedUpdate update = RoutedUpdate.of(request);
    CompletableFuture<UpdatedItem> updated =
        CallFuture.of(
            () ->
                client
                    .table(request.tableName())
                    .update(update.key(), update::applyTo, update.options()));
    return CallFuture.mapFailure(
        updated.thenApply(update::response),
        ConditionalCheckFailedException.class,
        failure -> FailureItems.asAsked(failure, request));
  }

  @Override
  public CompletableFuture<TransactWriteItemsResponse> transactWriteItems(
      TransactWriteItemsRequest request) {
    return CallFuture.of(() -> transactWrite(request));
  }

  private CompletableFuture<TransactWriteItemsResponse> transactWrite(
      TransactWriteItemsRequest request) {
    Optional<List<ItemUpdate>> updates =
        RoutedTransaction.updatesOf(request, client.protectedTableNames());
    if (updates.isEmpty()) {
      return client.transactWriteItems(request);
    }
    CompletableFuture<List<UpdatedItem>> updated =
        CallFuture.of(() -> EncryptedAsyncResource.of(client).updateAll(updates.get()));
    return CallFuture.mapFailure(
        updated.thenApply(done -> TransactWriteItemsResponse.builder().build()),
        TransactionCanceledException.class,
        failure -> FailureItems.asAsked(failure, request));
  }

  // ---- handed on ----

  @Override
  public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
    return CallFuture.of(() -> client.putItem(request));
  }

  @Override
  public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
    return CallFuture.of(() -> client.getItem(request));
  }

  @Override
  public CompletableFuture<DeleteItemResponse> deleteItem(DeleteItemRequest request) {
    return CallFuture.of(() -> client.deleteItem(request));
  }

  @Override
  public QueryPublisher queryPaginator(QueryRequest request) {
    return client.queryPaginator(request);
  }

  @Override
  public ScanPublisher scanPaginator(ScanRequest request) {
    return client.scanPaginator(request);
  }

  @Override
  public BatchGetItemPublisher batchGetItemPaginator(BatchGetItemRequest request) {
    return client.batchGetItemPaginator(request);
  }

  @Override
  public CompletableFuture<BatchWriteItemResponse> batchWriteItem(BatchWriteItemRequest request) {
    return CallFuture.of(() -> client.batchWriteItem(request));
  }

  @Override
  public CompletableFuture<TransactGetItemsResponse> transactGetItems(
      TransactGetItemsRequest request) {
    return CallFuture.of(() -> client.transactGetItems(request));
  }

  @Override
  public CompletableFuture<SearchVectorsResponse> searchVectors(SearchVectorsRequest request) {
    return CallFuture.of(() -> client.searchVectors(request));
  }

  @Override
  public CompletableFuture<CreateTableResponse> createTable(CreateTableRequest request) {
    return CallFuture.of(() -> client.createTable(request));
  }

  @Override
  public CompletableFuture<DescribeTableResponse> describeTable(DescribeTableRequest request) {
    return CallFuture.of(() -> client.describeTable(request));
  }

  @Override
  public CompletableFuture<DeleteTableResponse> deleteTable(DeleteTableRequest request) {
    return CallFuture.of(() -> client.deleteTable(request));
  }

  @Override
  public DynamoDbAsyncWaiter waiter() {
    return client.waiter();
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {
    client.close();
  }
}
