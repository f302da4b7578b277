package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.keyring.KmsEcdhEnvelope.Attempt;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;

/**
 * Wraps under a secret that a key pair in AWS KMS and another EC key pair agree on, without
 * blocking. Thread-safe. Twin of {@link KmsEcdhKeyring}; cancelling a future cancels its request.
 */
public final class AsyncKmsEcdhKeyring implements AsyncKeyring {
  private final Function<Optional<String>, KmsAsyncClient> clients;
  private final KmsEcdhEnvelope envelope;

  private AsyncKmsEcdhKeyring(
      Function<Optional<String>, KmsAsyncClient> clients, KmsEcdhSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsEcdhEnvelope(settings);
  }

  /** Uses one client, so a key of its Region. */
  public static AsyncKmsEcdhKeyring of(KmsAsyncClient client, KmsEcdhSettings settings) {
    Objects.requireNonNull(client, "client");
    return new AsyncKmsEcdhKeyring(region -> client, settings);
  }

  /** As {@link KmsEcdhKeyring#ofRegions}; the function must not block. */
  public static AsyncKmsEcdhKeyring ofRegions(
      Function<Optional<String>, KmsAsyncClient> clients, KmsEcdhSettings settings) {
    return new AsyncKmsEcdhKeyring(clients, settings);
  }

  @Override
  public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
    return KmsFutures.call(
        () -> derive(KeyUse.ENCRYPT, envelope.writeRequest(materials)),
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
        () -> derive(KeyUse.DECRYPT, envelope.readRequest(materials, attempt)),
        response -> envelope.read(materials, attempt, response),
        failure -> KmsFailures.of(materials.subject(), envelope.describeKey(), failure));
  }

  private CompletableFuture<DeriveSharedSecretResponse> derive(
      KeyUse use, DeriveSharedSecretRequest request) {
    return envelope
        .requests()
        .askAsync(use, () -> clients.apply(envelope.region()).deriveSharedSecret(request));
  }
}
