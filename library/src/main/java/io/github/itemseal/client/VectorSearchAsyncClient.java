package io.github.itemseal.client;

import io.github.itemseal.internal.request.RefusedTransform;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsResponse;

/**
 * The asynchronous client on an SDK that has vector search, which is refused on protected tables. A
 * class of its own, so that on an older SDK nothing mentions the missing types: frameworks look at
 * all methods of a class, not only at those that are called. Thread-safe.
 */
final class VectorSearchAsyncClient extends EncryptedDynamoDbAsyncClient {
  VectorSearchAsyncClient(Builder builder) {
    super(builder);
  }

  @Override
  public CompletableFuture<SearchVectorsResponse> searchVectors(SearchVectorsRequest request) {
    return call(RefusedTransform.searchVectors(), request, client::searchVectors);
  }
}
