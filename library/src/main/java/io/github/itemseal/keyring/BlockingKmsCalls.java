package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** The calls of blocking clients. */
record BlockingKmsCalls(Function<Optional<String>, KmsClient> clients) implements KmsCalls {
  BlockingKmsCalls {
    Objects.requireNonNull(clients, "clients");
  }

  /** Of one client, whatever the Region. */
  static BlockingKmsCalls of(KmsClient client) {
    Objects.requireNonNull(client, "client");
    return new BlockingKmsCalls(region -> client);
  }

  @Override
  public Call<GenerateDataKeyResponse> generateDataKey(GenerateDataKeyRequest request) {
    return Call.blocking(() -> client(request.keyId()).generateDataKey(request));
  }

  @Override
  public Call<DecryptResponse> decrypt(DecryptRequest request) {
    return Call.blocking(() -> client(request.keyId()).decrypt(request));
  }

  @Override
  public Call<DeriveSharedSecretResponse> deriveSharedSecret(DeriveSharedSecretRequest request) {
    return Call.blocking(() -> client(request.keyId()).deriveSharedSecret(request));
  }

  private KmsClient client(String keyId) {
    return clients.apply(KmsKeyArn.regionOf(keyId));
  }
}
