package io.github.itemseal.materials;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** The calls of blocking clients. */
record BlockingDataKeyCalls(Function<Optional<String>, KmsClient> clients) implements DataKeyCalls {
  BlockingDataKeyCalls {
    Objects.requireNonNull(clients, "clients");
  }

  @Override
  public CallKind kind() {
    return CallKind.BLOCKING;
  }

  @Override
  public Call<GenerateDataKeyResponse> generate(
      Optional<String> region, GenerateDataKeyRequest request) {
    return Call.blocking(() -> clients.apply(region).generateDataKey(request));
  }

  @Override
  public Call<DecryptResponse> decrypt(Optional<String> region, DecryptRequest request) {
    return Call.blocking(() -> clients.apply(region).decrypt(request));
  }
}
