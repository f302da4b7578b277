package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.keyring.KmsEnvelope.Attempt;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Keyrings that wrap with a symmetric key of AWS KMS: blocking with a blocking client, asynchronous
 * with an asynchronous one. They are thread-safe; cancelling a future cancels its request.
 *
 * <p>Every item written costs one GenerateDataKey; every item read costs one Decrypt, and one more
 * for each encrypted data key tried before in vain. Several keys are several keyrings in a {@link
 * MultiKeyring}. KMS must be allowed GenerateDataKey and Decrypt; Encrypt is never called.
 */
public final class KmsKeyring {
  private KmsKeyring() {}

  /** Uses one client, so keys of its Region. */
  public static Keyring of(KmsClient client, KmsKeyringSettings settings) {
    return KeyringForms.blocking(new Logic(BlockingKmsCalls.of(client), settings));
  }

  /** The same without blocking. */
  public static AsyncKeyring of(KmsAsyncClient client, KmsKeyringSettings settings) {
    return KeyringForms.async(new Logic(AsyncKmsCalls.of(client), settings));
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; empty for a key id or
   * alias name. The function should keep its clients, and throw for Regions it does not serve: in
   * discovery, items name them.
   */
  public static Keyring ofRegions(
      Function<Optional<String>, KmsClient> clients, KmsKeyringSettings settings) {
    return KeyringForms.blocking(new Logic(new BlockingKmsCalls(clients), settings));
  }

  /** As {@link #ofRegions}, without blocking; nor must the function block. */
  public static AsyncKeyring ofRegionsAsync(
      Function<Optional<String>, KmsAsyncClient> clients, KmsKeyringSettings settings) {
    return KeyringForms.async(new Logic(new AsyncKmsCalls(clients), settings));
  }

  private record Logic(KmsCalls calls, KmsEnvelope envelope) implements SteppedKeyring {
    Logic(KmsCalls calls, KmsKeyringSettings settings) {
      this(calls, new KmsEnvelope(settings));
    }

    @Override
    public Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials) {
      return envelope
          .requests()
          .ask(KeyUse.ENCRYPT, calls.generateDataKey(envelope.generateRequest(materials)))
          .map(response -> envelope.written(materials, response))
          .mapFailure(e -> KmsFailures.of(materials.subject(), envelope.describeKey(), e));
    }

    @Override
    public Step<DecryptionMaterials> onDecrypt(DecryptionMaterials materials) {
      return Attempts.firstOf(
          materials, envelope.attempts(materials), attempt -> open(materials, attempt));
    }

    private Step<DecryptionMaterials> open(DecryptionMaterials materials, Attempt attempt) {
      return envelope
          .requests()
          .ask(KeyUse.DECRYPT, calls.decrypt(envelope.decryptRequest(materials, attempt)))
          .map(response -> envelope.read(materials, attempt, response))
          .mapFailure(e -> KmsFailures.of(materials.subject(), attempt.question().keyId(), e));
    }

    @Override
    public String toString() {
      return "KmsKeyring[%s]".formatted(envelope.describeKey());
    }
  }
}
