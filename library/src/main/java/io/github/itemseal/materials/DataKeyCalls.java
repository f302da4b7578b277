package io.github.itemseal.materials;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * The calls that {@link DataKeys} ask for, by the Region that the key's ARN names: all that differs
 * between the two kinds of clients. Thread-safe.
 */
interface DataKeyCalls {
  CallKind kind();

  Call<GenerateDataKeyResponse> generate(Optional<String> region, GenerateDataKeyRequest request);

  Call<DecryptResponse> decrypt(Optional<String> region, DecryptRequest request);
}
