package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.keyring.KmsEcdhEnvelope.Attempt;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;

/**
 * Wraps under a secret that a key pair in AWS KMS and another EC key pair agree on. Thread-safe.
 * Twin of {@link AsyncKmsEcdhKeyring}.
 *
 * <p>Every item written or read costs one DeriveSharedSecret.
 */
public final class KmsEcdhKeyring implements Keyring {
  private final Function<Optional<String>, KmsClient> clients;
  private final KmsEcdhEnvelope envelope;

  private KmsEcdhKeyring(Function<Optional<String>, KmsClient> clients, KmsEcdhSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsEcdhEnvelope(settings);
  }

  /** Uses one client, so a key of its Region. */
  public static KmsEcdhKeyring of(KmsClient client, KmsEcdhSettings settings) {
    Objects.requireNonNull(client, "client");
    return new KmsEcdhKeyring(region -> client, settings);
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; empty for a key id or
   * alias name. The function should keep its clients.
   */
  public static KmsEcdhKeyring ofRegions(
      Function<Optional<String>, KmsClient> clients, KmsEcdhSettings settings) {
    return new KmsEcdhKeyring(clients, settings);
  }

  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    try {
      DeriveSharedSecretRequest request = envelope.writeRequest(materials);
      return envelope.written(materials, derive(KeyUse.ENCRYPT, request));
    } catch (RuntimeException e) {
      throw KmsFailures.of(materials.subject(), envelope.describeKey(), e);
    }
  }

  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    FailedAttempts failures = new FailedAttempts();
    for (Attempt attempt : envelope.attempts(materials)) {
      try {
        DeriveSharedSecretRequest request = envelope.readRequest(materials, attempt);
        return envelope.read(materials, attempt, derive(KeyUse.DECRYPT, request));
      } catch (RuntimeException e) {
        failures.add(KmsFailures.of(materials.subject(), envelope.describeKey(), e));
      }
    }
    throw failures.toException(materials);
  }

  private DeriveSharedSecretResponse derive(KeyUse use, DeriveSharedSecretRequest request) {
    return envelope
        .requests()
        .ask(use, () -> clients.apply(envelope.region()).deriveSharedSecret(request));
  }
}
