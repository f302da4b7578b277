package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/**
 * The calls that {@link BranchKeyStoreLogic} asks for: all that differs between blocking and
 * asynchronous clients. Thread-safe.
 */
interface BranchKeyStoreCalls {
  Call<GetItemResponse> getItem(GetItemRequest request);

  Call<QueryResponse> query(QueryRequest request);

  Call<TransactWriteItemsResponse> transactWriteItems(TransactWriteItemsRequest request);

  Call<GenerateDataKeyWithoutPlaintextResponse> generate(
      GenerateDataKeyWithoutPlaintextRequest request);

  Call<ReEncryptResponse> reEncrypt(ReEncryptRequest request);

  Call<DecryptResponse> decrypt(DecryptRequest request);
}
