package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * The calls that the keyrings of AWS KMS ask for, each in the Region that the key's ARN names: all
 * that differs between blocking and asynchronous clients. Thread-safe.
 */
interface KmsCalls {
  Call<GenerateDataKeyResponse> generateDataKey(GenerateDataKeyRequest request);

  Call<DecryptResponse> decrypt(DecryptRequest request);

  Call<DeriveSharedSecretResponse> deriveSharedSecret(DeriveSharedSecretRequest request);
}
