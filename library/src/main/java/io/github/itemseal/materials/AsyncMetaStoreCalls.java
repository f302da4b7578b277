package io.github.itemseal.materials;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The calls of an asynchronous client. */
record AsyncMetaStoreCalls(DynamoDbAsyncClient client, ItemEncryptor encryptor)
    implements MetaStoreCalls {
  @Override
  public CallKind kind() {
    return CallKind.ASYNC;
  }

  @Override
  public Call<GetItemResponse> getItem(GetItemRequest request) {
    return Call.async(() -> client.getItem(request));
  }

  @Override
  public Call<PutItemResponse> putItem(PutItemRequest request) {
    return Call.async(() -> client.putItem(request));
  }

  @Override
  public Call<QueryResponse> query(QueryRequest request) {
    return Call.async(() -> client.query(request));
  }

  @Override
  public Call<Map<String, AttributeValue>> seal(Map<String, AttributeValue> row) {
    return Call.async(() -> encryptor.encryptItemAsync(row));
  }

  @Override
  public Call<Map<String, AttributeValue>> open(Map<String, AttributeValue> storedRow) {
    return Call.async(() -> encryptor.decryptItemAsync(storedRow));
  }
}
