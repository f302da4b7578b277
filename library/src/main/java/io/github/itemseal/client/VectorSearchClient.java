package io.github.itemseal.client;

import io.github.itemseal.internal.request.RefusedTransform;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsResponse;

/**
 * The blocking client on an SDK that has vector search, which is refused on protected tables. A
 * class of its own, so that on an older SDK nothing mentions the missing types: frameworks look at
 * all methods of a class, not only at those that are called. Thread-safe.
 */
final class VectorSearchClient extends EncryptedDynamoDbClient {
  VectorSearchClient(Builder builder) {
    super(builder);
  }

  @Override
  public SearchVectorsResponse searchVectors(SearchVectorsRequest request) {
    return call(RefusedTransform.searchVectors(), request, client::searchVectors);
  }
}
