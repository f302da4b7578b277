package io.github.itemseal.benchmarks;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** A DynamoDB that answers at once, always with the same item: to warm up what is around it. */
final class InstantDynamoDb {
  private static final String NAME = "dynamodb";

  private final GetItemResponse found;

  InstantDynamoDb(Map<String, AttributeValue> item) {
    this.found = GetItemResponse.builder().item(item).build();
  }

  DynamoDbClient client() {
    return new DynamoDbClient() {
      @Override
      public GetItemResponse getItem(GetItemRequest request) {
        return found;
      }

      @Override
      public PutItemResponse putItem(PutItemRequest request) {
        return PutItemResponse.builder().build();
      }

      @Override
      public String serviceName() {
        return NAME;
      }

      @Override
      public void close() {}
    };
  }

  DynamoDbAsyncClient asyncClient() {
    return new DynamoDbAsyncClient() {
      @Override
      public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
        return CompletableFuture.completedFuture(found);
      }

      @Override
      public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
        return CompletableFuture.completedFuture(PutItemResponse.builder().build());
      }

      @Override
      public String serviceName() {
        return NAME;
      }

      @Override
      public void close() {}
    };
  }
}
