package io.github.itemseal.materials;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The calls that {@link MaterialVersions} ask for: all that differs between the two kinds of {@link
 * MetaStore}. Thread-safe.
 */
interface MetaStoreCalls {
  CallKind kind();

  Call<GetItemResponse> getItem(GetItemRequest request);

  Call<PutItemResponse> putItem(PutItemRequest request);

  Call<QueryResponse> query(QueryRequest request);

  /** The row to store for one in plaintext. */
  Call<Map<String, AttributeValue>> seal(Map<String, AttributeValue> row);

  /** The row in plaintext, once it is verified. */
  Call<Map<String, AttributeValue>> open(Map<String, AttributeValue> storedRow);
}
