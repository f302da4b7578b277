package io.github.itemseal.materials;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** The calls of asynchronous clients. */
record AsyncDataKeyCalls(Function<Optional<String>, KmsAsyncClient> clients)
    implements DataKeyCalls {
  AsyncDataKeyCalls {
    Objects.requireNonNull(clients, "clients");
  }

  @Override
  public CallKind kind() {
    return CallKind.ASYNC;
  }

  @Override
  public Call<GenerateDataKeyResponse> generate(
      Optional<String> region, GenerateDataKeyRequest request) {
    return Call.async(() -> clients.apply(region).generateDataKey(request));
  }

  @Override
  public Call<DecryptResponse> decrypt(Optional<String> region, DecryptRequest request) {
    return Call.async(() -> clients.apply(region).decrypt(request));
  }
}
