package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/**
 * Wraps with the public half of an RSA key of AWS KMS. Thread-safe. Twin of {@link
 * AsyncKmsRsaKeyring}.
 *
 * <p>Writing asks nothing of KMS; every item read costs one Decrypt. Only for the suite without a
 * signature: whoever has the public key can write items that readers believe.
 */
public final class KmsRsaKeyring implements Keyring {
  private final Function<Optional<String>, KmsClient> clients;
  private final KmsRsaEnvelope envelope;

  private KmsRsaKeyring(Function<Optional<String>, KmsClient> clients, KmsRsaSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsRsaEnvelope(settings);
  }

  /** Uses one client, so a key of its Region. */
  public static KmsRsaKeyring of(KmsClient client, KmsRsaSettings settings) {
    Objects.requireNonNull(client, "client");
    return new KmsRsaKeyring(region -> client, settings);
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; never empty. The function
   * should keep its clients.
   */
  public static KmsRsaKeyring ofRegions(
      Function<Optional<String>, KmsClient> clients, KmsRsaSettings settings) {
    return new KmsRsaKeyring(clients, settings);
  }

  /** Only without a signature. */
  @Override
  public boolean supports(AlgorithmSuite suite) {
    return !suite.hasSignature();
  }

  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    return envelope.seal(materials);
  }

  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    FailedAttempts failures = new FailedAttempts();
    for (EncryptedDataKey encrypted : envelope.attempts(materials)) {
      try {
        DecryptRequest request = envelope.decryptRequest(materials, encrypted);
        DecryptResponse response =
            envelope
                .requests()
                .ask(KeyUse.DECRYPT, () -> clients.apply(envelope.region()).decrypt(request));
        return envelope.read(materials, encrypted, response);
      } catch (RuntimeException e) {
        failures.add(KmsFailures.of(materials.subject(), envelope.describeKey(), e));
      }
    }
    throw failures.toException(materials);
  }
}
