package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.keyring.KmsEnvelope.Attempt;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * Wraps with a symmetric key of AWS KMS. Thread-safe. Twin of {@link AsyncKmsKeyring}.
 *
 * <p>Every item written costs one GenerateDataKey; every item read costs one Decrypt, and one more
 * for each encrypted data key tried before in vain. Several keys are several keyrings in a {@link
 * MultiKeyring}. KMS must be allowed GenerateDataKey and Decrypt; Encrypt is never called.
 */
public final class KmsKeyring implements Keyring {
  private final Function<Optional<String>, KmsClient> clients;
  private final KmsEnvelope envelope;

  private KmsKeyring(Function<Optional<String>, KmsClient> clients, KmsKeyringSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsEnvelope(settings);
  }

  /** Uses one client, so keys of its Region. */
  public static KmsKeyring of(KmsClient client, KmsKeyringSettings settings) {
    Objects.requireNonNull(client, "client");
    return new KmsKeyring(region -> client, settings);
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; empty for a key id or
   * alias name. The function should keep its clients, and throw for Regions it does not serve: in
   * discovery, items name them.
   */
  public static KmsKeyring ofRegions(
      Function<Optional<String>, KmsClient> clients, KmsKeyringSettings settings) {
    return new KmsKeyring(clients, settings);
  }

  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    GenerateDataKeyRequest request = envelope.generateRequest(materials);
    try {
      GenerateDataKeyResponse response =
          envelope
              .requests()
              .ask(
                  KeyUse.ENCRYPT,
                  () ->
                      clients
                          .apply(KmsEnvelope.regionOf(request.keyId()))
                          .generateDataKey(request));
      return envelope.written(materials, response);
    } catch (RuntimeException e) {
      throw KmsFailures.of(materials.subject(), envelope.describeKey(), e);
    }
  }

  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    FailedAttempts failures = new FailedAttempts();
    for (Attempt attempt : envelope.attempts(materials)) {
      try {
        DecryptRequest request = envelope.decryptRequest(materials, attempt);
        DecryptResponse response =
            envelope
                .requests()
                .ask(KeyUse.DECRYPT, () -> clients.apply(attempt.region()).decrypt(request));
        return envelope.read(materials, attempt, response);
      } catch (RuntimeException e) {
        failures.add(KmsFailures.of(materials.subject(), attempt.question().keyId(), e));
      }
    }
    throw failures.toException(materials);
  }
}
