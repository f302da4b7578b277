package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.flow.Step;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Keyrings that wrap with the public half of an RSA key of AWS KMS: blocking with a blocking
 * client, asynchronous with an asynchronous one. They are thread-safe; cancelling a future cancels
 * its request.
 *
 * <p>Writing asks nothing of KMS; every item read costs one Decrypt. Only for the suite without a
 * signature: whoever has the public key can write items that readers believe.
 */
public final class KmsRsaKeyring {
  private KmsRsaKeyring() {}

  /** Uses one client, so a key of its Region. */
  public static Keyring of(KmsClient client, KmsRsaSettings settings) {
    return KeyringForms.blocking(new Logic(BlockingKmsCalls.of(client), settings));
  }

  /** The same without blocking. */
  public static AsyncKeyring of(KmsAsyncClient client, KmsRsaSettings settings) {
    return KeyringForms.async(new Logic(AsyncKmsCalls.of(client), settings));
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; never empty. The function
   * should keep its clients.
   */
  public static Keyring ofRegions(
      Function<Optional<String>, KmsClient> clients, KmsRsaSettings settings) {
    return KeyringForms.blocking(new Logic(new BlockingKmsCalls(clients), settings));
  }

  /** As {@link #ofRegions}, without blocking; nor must the function block. */
  public static AsyncKeyring ofRegionsAsync(
      Function<Optional<String>, KmsAsyncClient> clients, KmsRsaSettings settings) {
    return KeyringForms.async(new Logic(new AsyncKmsCalls(clients), settings));
  }

  private record Logic(KmsCalls calls, KmsRsaEnvelope envelope) implements SteppedKeyring {
    Logic(KmsCalls calls, KmsRsaSettings settings) {
      this(calls, new KmsRsaEnvelope(settings));
    }

    @Override
    public Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials) {
      return Step.done(envelope.seal(materials));
    }

    @Override
    public Step<DecryptionMaterials> onDecrypt(DecryptionMaterials materials) {
      return Attempts.firstOf(
          materials, envelope.attempts(materials), encrypted -> open(materials, encrypted));
    }

    private Step<DecryptionMaterials> open(
        DecryptionMaterials materials, EncryptedDataKey encrypted) {
      return envelope
          .requests()
          .ask(KeyUse.DECRYPT, calls.decrypt(envelope.decryptRequest(materials, encrypted)))
          .map(response -> envelope.read(materials, encrypted, response))
          .mapFailure(e -> KmsFailures.of(materials.subject(), envelope.describeKey(), e));
    }

    /** Only without a signature. */
    @Override
    public boolean supports(AlgorithmSuite suite) {
      return !suite.hasSignature();
    }

    @Override
    public String toString() {
      return "KmsRsaKeyring[%s]".formatted(envelope.describeKey());
    }
  }
}
