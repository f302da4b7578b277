package io.github.itemseal.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** A DynamoDB of one item, which refuses writes on command and gives values back as they came. */
final class OneItemDynamoDb implements DynamoDbClient {
  private final AtomicInteger puts = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private volatile Map<String, AttributeValue> item =
      Map.of("id", AttributeValue.fromS("a"), "n", AttributeValue.fromN("10.50"));
  private volatile int refusedFrom = Integer.MAX_VALUE;
  private volatile boolean closed;

  /** Refuses writes from the n-th call on, counted from the next one. */
  void refuseFrom(int n) {
    refusedFrom = puts.get() + n;
  }

  int writes() {
    return writes.get();
  }

  List<String> tokens() {
    return tokens;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    if (puts.incrementAndGet() >= refusedFrom) {
      throw ConditionalCheckFailedException.builder()
          .item(item)
          .numAttempts(1)
          .awsErrorDetails(
              AwsErrorDetails.builder().errorCode("ConditionalCheckFailedException").build())
          .build();
    }
    writes.incrementAndGet();
    item = request.item();
    return PutItemResponse.builder().build();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    tokens.add(request.clientRequestToken());
    if (refusedFrom != Integer.MAX_VALUE) {
      throw TransactionCanceledException.builder()
          .cancellationReasons(reason -> reason.code("ConditionalCheckFailed").item(item))
          .build();
    }
    return TransactWriteItemsResponse.builder().build();
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return GetItemResponse.builder().item(item).build();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return QueryResponse.builder().items(List.of(item)).count(1).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** The asynchronous twin, of the same item. */
  DynamoDbAsyncClient async() {
    return new DynamoDbAsyncClient() {
      @Override
      public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
        return future(() -> OneItemDynamoDb.this.putItem(request));
      }

      @Override
      public CompletableFuture<TransactWriteItemsResponse> transactWriteItems(
          TransactWriteItemsRequest request) {
        return future(() -> OneItemDynamoDb.this.transactWriteItems(request));
      }

      @Override
      public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
        return future(() -> OneItemDynamoDb.this.getItem(request));
      }

      @Override
      public String serviceName() {
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
  }

  private static <T> CompletableFuture<T> future(Supplier<T> answer) {
    try {
      return CompletableFuture.completedFuture(answer.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
