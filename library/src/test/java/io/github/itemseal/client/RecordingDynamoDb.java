package io.github.itemseal.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/**
 * A DynamoDB that remembers the requests it got and answers as told; an operation nobody told it
 * about throws, like every operation of the SDK's interface.
 */
final class RecordingDynamoDb implements DynamoDbClient {
  private final List<DynamoDbRequest> calls = new ArrayList<>();
  private final Map<Class<?>, Function<DynamoDbRequest, Object>> answers = new HashMap<>();

  <Q extends DynamoDbRequest> RecordingDynamoDb answer(Class<Q> type, Function<Q, ?> answer) {
    answers.put(type, request -> answer.apply(type.cast(request)));
    return this;
  }

  synchronized List<DynamoDbRequest> calls() {
    return List.copyOf(calls);
  }

  private <R> R record(DynamoDbRequest request, Class<R> type) {
    Function<DynamoDbRequest, Object> answer = remember(request);
    if (answer == null) {
      throw new UnsupportedOperationException(request.getClass().getSimpleName());
    }
    return type.cast(answer.apply(request));
  }

  /** The answers are given without the lock: they may make calls themselves. */
  private synchronized Function<DynamoDbRequest, Object> remember(DynamoDbRequest request) {
    calls.add(request);
    return answers.get(request.getClass());
  }

  @Override
  public UpdateTableResponse updateTable(UpdateTableRequest request) {
    return record(request, UpdateTableResponse.class);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return record(request, PutItemResponse.class);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return record(request, DeleteItemResponse.class);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return record(request, QueryResponse.class);
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return record(request, ScanResponse.class);
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return record(request, BatchWriteItemResponse.class);
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return record(request, DescribeTableResponse.class);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
