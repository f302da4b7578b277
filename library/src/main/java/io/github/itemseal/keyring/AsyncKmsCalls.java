package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** The calls of asynchronous clients. */
record AsyncKmsCalls(Function<Optional<String>, KmsAsyncClient> clients) implements KmsCalls {
  AsyncKmsCalls {
    Objects.requireNonNull(clients, "clients");
  }

  /** Of one client, whatever the Region. */
  static AsyncKmsCalls of(KmsAsyncClient client) {
    Objects.requireNonNull(client, "client");
    return new AsyncKmsCalls(region -> client);
  }

  @Override
  public Call<GenerateDataKeyResponse> generateDataKey(GenerateDataKeyRequest request) {
    return Call.async(() -> client(request.keyId()).generateDataKey(request));
  }

  @Override
  public Call<DecryptResponse> decrypt(DecryptRequest request) {
    return Call.async(() -> client(request.keyId()).decrypt(request));
  }

  @Override
  public Call<DeriveSharedSecretResponse> deriveSharedSecret(DeriveSharedSecretRequest request) {
    return Call.async(() -> client(request.keyId()).deriveSharedSecret(request));
  }

  private KmsAsyncClient client(String keyId) {
    return clients.apply(KmsKeyArn.regionOf(keyId));
  }
}
