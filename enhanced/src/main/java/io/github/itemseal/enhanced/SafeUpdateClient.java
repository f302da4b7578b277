package io.github.itemseal.enhanced;

import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.client.EncryptedResource;
import io.github.itemseal.client.ItemUpdate;
import io.github.itemseal.client.UpdatedItem;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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
import software.amazon.awssdk.services.dynamodb.paginators.BatchGetItemIterable;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;
import software.amazon.awssdk.services.dynamodb.paginators.ScanIterable;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * What the enhanced client calls: an encrypted client whose updates of protected tables are safe
 * updates. Operations that the enhanced client does not use throw, like every operation of the
 * SDK's interface. Thread-safe.
 */
final class SafeUpdateClient implements DynamoDbClient {
  private final EncryptedDynamoDbClient client;

  SafeUpdateClient(EncryptedDynamoDbClient client) {
    this.client = client;
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    String table = RoutedTransaction.tableName(request.tableName());
    if (!client.protectedTableNames().contains(table)) {
      return client.updateItem(request);
    }
    RoutedUpdate update = RoutedUpdate.of(request);
    try {
      UpdatedItem updated =
          client.table(request.tableName()).update(update.key(), update::applyTo, update.options());
      return update.response(updated);
    } catch (ConditionalCheckFailedException e) {
      throw FailureItems.asAsked(e, request);
    }
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    Optional<List<ItemUpdate>> updates =
        RoutedTransaction.updatesOf(request, client.protectedTableNames());
    if (updates.isEmpty()) {
      return client.transactWriteItems(request);
    }
    try {
      EncryptedResource.of(client).updateAll(updates.get());
    } catch (TransactionCanceledException e) {
      throw FailureItems.asAsked(e, request);
    }
    return TransactWriteItemsResponse.builder().build();
  }

  // ---- handed on ----

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return client.putItem(request);
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return client.getItem(request);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return client.deleteItem(request);
  }

  @Override
  public QueryIterable queryPaginator(QueryRequest request) {
    return client.queryPaginator(request);
  }

  @Override
  public ScanIterable scanPaginator(ScanRequest request) {
    return client.scanPaginator(request);
  }

  @Override
  public BatchGetItemIterable batchGetItemPaginator(BatchGetItemRequest request) {
    return client.batchGetItemPaginator(request);
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return client.batchWriteItem(request);
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return client.transactGetItems(request);
  }

  @Override
  public SearchVectorsResponse searchVectors(SearchVectorsRequest request) {
    return client.searchVectors(request);
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return client.createTable(request);
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return client.describeTable(request);
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return client.deleteTable(request);
  }

  @Override
  public DynamoDbWaiter waiter() {
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
