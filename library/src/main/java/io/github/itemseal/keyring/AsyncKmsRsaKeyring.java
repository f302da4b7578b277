package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.concurrent.Futures;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;

/**
 * Wraps with the public half of an RSA key of AWS KMS, without blocking. Thread-safe. Twin of
 * {@link KmsRsaKeyring}; cancelling a future cancels its request.
 */
public final class AsyncKmsRsaKeyring implements AsyncKeyring {
  private final Function<Optional<String>, KmsAsyncClient> clients;
  private final KmsRsaEnvelope envelope;

  private AsyncKmsRsaKeyring(
      Function<Optional<String>, KmsAsyncClient> clients, KmsRsaSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsRsaEnvelope(settings);
  }

  /** Uses one client, so a key of its Region. */
  public static AsyncKmsRsaKeyring of(KmsAsyncClient client, KmsRsaSettings settings) {
    Objects.requireNonNull(client, "client");
    return new AsyncKmsRsaKeyring(region -> client, settings);
  }

  /** As {@link KmsRsaKeyring#ofRegions}; the function must not block. */
  public static AsyncKmsRsaKeyring ofRegions(
      Function<Optional<String>, KmsAsyncClient> clients, KmsRsaSettings settings) {
    return new AsyncKmsRsaKeyring(clients, settings);
  }

  /** Only without a signature. */
  @Override
  public boolean supports(AlgorithmSuite suite) {
    return !suite.hasSignature();
  }

  @Override
  public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
    return Futures.of(() -> CompletableFuture.completedFuture(envelope.seal(materials)));
  }

  @Override
  public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
    return KmsFutures.firstOf(
        materials, () -> envelope.attempts(materials), encrypted -> open(materials, encrypted));
  }

  private CompletableFuture<DecryptionMaterials> open(
      DecryptionMaterials materials, EncryptedDataKey encrypted) {
    return KmsFutures.call(
        () -> {
          DecryptRequest request = envelope.decryptRequest(materials, encrypted);
          return envelope
              .requests()
              .askAsync(KeyUse.DECRYPT, () -> clients.apply(envelope.region()).decrypt(request));
        },
        response -> envelope.read(materials, encrypted, response),
        failure -> KmsFailures.of(materials.subject(), envelope.describeKey(), failure));
  }
}
