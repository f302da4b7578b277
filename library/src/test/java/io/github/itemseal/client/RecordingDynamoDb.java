package io.github.itemseal.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

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

  private synchronized <R> R record(DynamoDbRequest request, Class<R> type) {
    calls.add(request);
    Function<DynamoDbRequest, Object> answer = answers.get(request.getClass());
    if (answer == null) {
      throw new UnsupportedOperationException(request.getClass().getSimpleName());
    }
    return type.cast(answer.apply(request));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return record(request, PutItemResponse.class);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return record(request, QueryResponse.class);
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
