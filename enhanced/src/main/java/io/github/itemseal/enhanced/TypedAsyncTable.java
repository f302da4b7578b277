package io.github.itemseal.enhanced;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncIndex;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncVectorIndex;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.CreateTableEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.DeleteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.DeleteItemEnhancedResponse;
import software.amazon.awssdk.enhanced.dynamodb.model.DescribeTableEnhancedResponse;
import software.amazon.awssdk.enhanced.dynamodb.model.GetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.GetItemEnhancedResponse;
import software.amazon.awssdk.enhanced.dynamodb.model.PagePublisher;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedResponse;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.ScanEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedResponse;

/**
 * A table of the SDK's asynchronous enhanced client, whose futures fail with what the SDK throws
 * while it makes a request, and can be cancelled: see {@link CallFuture}. Thread-safe.
 */
final class TypedAsyncTable<T> implements DynamoDbAsyncTable<T> {
  private final DynamoDbAsyncTable<T> table;

  TypedAsyncTable(DynamoDbAsyncTable<T> table) {
    this.table = table;
  }

  // ---- items ----

  @Override
  public CompletableFuture<Void> putItem(PutItemEnhancedRequest<T> request) {
    return CallFuture.detached(() -> table.putItem(request));
  }

  @Override
  public CompletableFuture<Void> putItem(Consumer<PutItemEnhancedRequest.Builder<T>> request) {
    return CallFuture.detached(() -> table.putItem(request));
  }

  @Override
  public CompletableFuture<Void> putItem(T item) {
    return CallFuture.detached(() -> table.putItem(item));
  }

  @Override
  public CompletableFuture<PutItemEnhancedResponse<T>> putItemWithResponse(
      PutItemEnhancedRequest<T> request) {
    return CallFuture.detached(() -> table.putItemWithResponse(request));
  }

  @Override
  public CompletableFuture<PutItemEnhancedResponse<T>> putItemWithResponse(
      Consumer<PutItemEnhancedRequest.Builder<T>> request) {
    return CallFuture.detached(() -> table.putItemWithResponse(request));
  }

  @Override
  public CompletableFuture<T> getItem(GetItemEnhancedRequest request) {
    return CallFuture.detached(() -> table.getItem(request));
  }

  @Override
  public CompletableFuture<T> getItem(Consumer<GetItemEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> table.getItem(request));
  }

  @Override
  public CompletableFuture<T> getItem(Key key) {
    return CallFuture.detached(() -> table.getItem(key));
  }

  @Override
  public CompletableFuture<T> getItem(T keyItem) {
    return CallFuture.detached(() -> table.getItem(keyItem));
  }

  @Override
  public CompletableFuture<GetItemEnhancedResponse<T>> getItemWithResponse(
      GetItemEnhancedRequest request) {
    return CallFuture.detached(() -> table.getItemWithResponse(request));
  }

  @Override
  public CompletableFuture<GetItemEnhancedResponse<T>> getItemWithResponse(
      Consumer<GetItemEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> table.getItemWithResponse(request));
  }

  @Override
  public CompletableFuture<T> updateItem(UpdateItemEnhancedRequest<T> request) {
    return CallFuture.detached(() -> table.updateItem(request));
  }

  @Override
  public CompletableFuture<T> updateItem(Consumer<UpdateItemEnhancedRequest.Builder<T>> request) {
    return CallFuture.detached(() -> table.updateItem(request));
  }

  @Override
  public CompletableFuture<UpdateItemEnhancedResponse<T>> updateItemWithResponse(
      UpdateItemEnhancedRequest<T> request) {
    return CallFuture.detached(() -> table.updateItemWithResponse(request));
  }

  @Override
  public CompletableFuture<UpdateItemEnhancedResponse<T>> updateItemWithResponse(
      Consumer<UpdateItemEnhancedRequest.Builder<T>> request) {
    return CallFuture.detached(() -> table.updateItemWithResponse(request));
  }

  @Override
  public CompletableFuture<T> updateItem(T item) {
    return CallFuture.detached(() -> table.updateItem(item));
  }

  @Override
  public CompletableFuture<T> deleteItem(DeleteItemEnhancedRequest request) {
    return CallFuture.detached(() -> table.deleteItem(request));
  }

  @Override
  public CompletableFuture<T> deleteItem(Consumer<DeleteItemEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> table.deleteItem(request));
  }

  @Override
  public CompletableFuture<T> deleteItem(Key key) {
    return CallFuture.detached(() -> table.deleteItem(key));
  }

  @Override
  public CompletableFuture<T> deleteItem(T keyItem) {
    return CallFuture.detached(() -> table.deleteItem(keyItem));
  }

  @Override
  public CompletableFuture<DeleteItemEnhancedResponse<T>> deleteItemWithResponse(
      DeleteItemEnhancedRequest request) {
    return CallFuture.detached(() -> table.deleteItemWithResponse(request));
  }

  @Override
  public CompletableFuture<DeleteItemEnhancedResponse<T>> deleteItemWithResponse(
      Consumer<DeleteItemEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> table.deleteItemWithResponse(request));
  }

  // ---- pages ----

  @Override
  public PagePublisher<T> query(QueryEnhancedRequest request) {
    return table.query(request);
  }

  @Override
  public PagePublisher<T> query(Consumer<QueryEnhancedRequest.Builder> request) {
    return table.query(request);
  }

  @Override
  public PagePublisher<T> query(QueryConditional queryConditional) {
    return table.query(queryConditional);
  }

  @Override
  public PagePublisher<T> scan(ScanEnhancedRequest request) {
    return table.scan(request);
  }

  @Override
  public PagePublisher<T> scan(Consumer<ScanEnhancedRequest.Builder> request) {
    return table.scan(request);
  }

  @Override
  public PagePublisher<T> scan() {
    return table.scan();
  }

  @Override
  public DynamoDbAsyncIndex<T> index(String indexName) {
    return table.index(indexName);
  }

  @Override
  public DynamoDbAsyncVectorIndex<T> vectorIndex(String indexName) {
    return TypedAsyncVectorIndex.over(table.vectorIndex(indexName));
  }

  // ---- the table itself ----

  @Override
  public CompletableFuture<Void> createTable(CreateTableEnhancedRequest request) {
    return CallFuture.detached(() -> table.createTable(request));
  }

  @Override
  public CompletableFuture<Void> createTable(Consumer<CreateTableEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> table.createTable(request));
  }

  @Override
  public CompletableFuture<Void> createTable() {
    return CallFuture.detached(() -> table.createTable());
  }

  @Override
  public CompletableFuture<Void> deleteTable() {
    return CallFuture.detached(() -> table.deleteTable());
  }

  @Override
  public CompletableFuture<DescribeTableEnhancedResponse> describeTable() {
    return CallFuture.detached(() -> table.describeTable());
  }

  // ---- what it is ----

  @Override
  public @Nullable DynamoDbEnhancedClientExtension mapperExtension() {
    return table.mapperExtension();
  }

  @Override
  public TableSchema<T> tableSchema() {
    return table.tableSchema();
  }

  @Override
  public String tableName() {
    return table.tableName();
  }

  @Override
  public Key keyFrom(T item) {
    return table.keyFrom(item);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TypedAsyncTable<?> other && table.equals(other.table);
  }

  @Override
  public int hashCode() {
    return table.hashCode();
  }
}
