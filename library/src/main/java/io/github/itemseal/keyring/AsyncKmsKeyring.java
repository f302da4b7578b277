package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.keyring.KmsEnvelope.Attempt;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;

/**
 * Wraps with a symmetric key of AWS KMS, without blocking. Thread-safe. Twin of {@link KmsKeyring};
 * cancelling a future cancels its request.
 */
public final class AsyncKmsKeyring implements AsyncKeyring {
  private final Function<Optional<String>, KmsAsyncClient> clients;
  private final KmsEnvelope envelope;

  private AsyncKmsKeyring(
      Function<Optional<String>, KmsAsyncClient> clients, KmsKeyringSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsEnvelope(settings);
  }

  /** Uses one client, so keys of its Region. */
  public static AsyncKmsKeyring of(KmsAsyncClient client, KmsKeyringSettings settings) {
    Objects.requireNonNull(client, "client");
    return new AsyncKmsKeyring(region -> client, settings);
  }

  /** As {@link KmsKeyring#ofRegions}; the function must not block. */
  public static AsyncKmsKeyring ofRegions(
      Function<Optional<String>, KmsAsyncClient> clients, KmsKeyringSettings settings) {
    return new AsyncKmsKeyring(clients, settings);
  }

  @Override
  public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
    return KmsFutures.call(
        () -> {
          GenerateDataKeyRequest request = envelope.generateRequest(materials);
          return envelope
              .requests()
              .askAsync(
                  KeyUse.ENCRYPT,
                  () ->
                      clients
                          .apply(KmsEnvelope.regionOf(request.keyId()))
                          .generateDataKey(request));
        },
        response -> envelope.written(materials, response),
        failure -> KmsFailures.of(materials.subject(), envelope.describeKey(), failure));
  }

  @Override
  public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
    return KmsFutures.firstOf(
        materials, () -> envelope.attempts(materials), attempt -> open(materials, attempt));
  }

  private CompletableFuture<DecryptionMaterials> open(
      DecryptionMaterials materials, Attempt attempt) {
    return KmsFutures.call(
        () -> {
          DecryptRequest request = envelope.decryptRequest(materials, attempt);
          return envelope
              .requests()
              .askAsync(KeyUse.DECRYPT, () -> clients.apply(attempt.region()).decrypt(request));
        },
        response -> envelope.read(materials, attempt, response),
        failure -> KmsFailures.of(materials.subject(), attempt.question().keyId(), failure));
  }
}
