package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** The calls of asynchronous clients. */
record AsyncBranchKeyStoreCalls(DynamoDbAsyncClient client, KmsAsyncClient kms)
    implements BranchKeyStoreCalls {
  AsyncBranchKeyStoreCalls {
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(kms, "kmsClient");
  }

  @Override
  public Call<GetItemResponse> getItem(GetItemRequest request) {
    return Call.async(() -> client.getItem(request));
  }

  @Override
  public Call<QueryResponse> query(QueryRequest request) {
    return Call.async(() -> client.query(request));
  }

  @Override
  public Call<TransactWriteItemsResponse> transactWriteItems(TransactWriteItemsRequest request) {
    return Call.async(() -> client.transactWriteItems(request));
  }

  @Override
  public Call<GenerateDataKeyWithoutPlaintextResponse> generate(
      GenerateDataKeyWithoutPlaintextRequest request) {
    return Call.async(() -> kms.generateDataKeyWithoutPlaintext(request));
  }

  @Override
  public Call<ReEncryptResponse> reEncrypt(ReEncryptRequest request) {
    return Call.async(() -> kms.reEncrypt(request));
  }

  @Override
  public Call<DecryptResponse> decrypt(DecryptRequest request) {
    return Call.async(() -> kms.decrypt(request));
  }
}
