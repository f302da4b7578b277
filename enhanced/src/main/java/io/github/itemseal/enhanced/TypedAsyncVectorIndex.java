package io.github.itemseal.enhanced;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncVectorIndex;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.SearchVectorsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.SearchVectorsEnhancedResponse;

/** A vector index of the SDK's, with futures as {@link TypedAsyncTable} has them. Thread-safe. */
final class TypedAsyncVectorIndex<T> implements DynamoDbAsyncVectorIndex<T> {
  private final DynamoDbAsyncVectorIndex<T> index;

  private TypedAsyncVectorIndex(DynamoDbAsyncVectorIndex<T> index) {
    this.index = index;
  }

  /**
   * The same index, its failures and cancellation mended. Returns the interface: for the class, the
   * JVM would look for the interface as soon as it verifies the caller, and older SDKs have none.
   */
  static <T> DynamoDbAsyncVectorIndex<T> over(DynamoDbAsyncVectorIndex<T> index) {
    return new TypedAsyncVectorIndex<>(index);
  }

  @Override
  public CompletableFuture<SearchVectorsEnhancedResponse<T>> searchVectorsWithResponse(
      SearchVectorsEnhancedRequest request) {
    return CallFuture.detached(() -> index.searchVectorsWithResponse(request));
  }

  @Override
  public CompletableFuture<SearchVectorsEnhancedResponse<T>> searchVectorsWithResponse(
      Consumer<SearchVectorsEnhancedRequest.Builder> request) {
    return CallFuture.detached(() -> index.searchVectorsWithResponse(request));
  }

  @Override
  public @Nullable DynamoDbEnhancedClientExtension mapperExtension() {
    return index.mapperExtension();
  }

  @Override
  public TableSchema<T> tableSchema() {
    return index.tableSchema();
  }

  @Override
  public String tableName() {
    return index.tableName();
  }

  @Override
  public String indexName() {
    return index.indexName();
  }
}
