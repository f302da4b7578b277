package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.keyring.KmsEcdhEnvelope.Attempt;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Keyrings that wrap under a secret that a key pair in AWS KMS and another EC key pair agree on:
 * blocking with a blocking client, asynchronous with an asynchronous one. They are thread-safe;
 * cancelling a future cancels its request.
 *
 * <p>Every item written or read costs one DeriveSharedSecret.
 */
public final class KmsEcdhKeyring {
  private KmsEcdhKeyring() {}

  /** Uses one client, so a key of its Region. */
  public static Keyring of(KmsClient client, KmsEcdhSettings settings) {
    return KeyringForms.blocking(new Logic(BlockingKmsCalls.of(client), settings));
  }

  /** The same without blocking. */
  public static AsyncKeyring of(KmsAsyncClient client, KmsEcdhSettings settings) {
    return KeyringForms.async(new Logic(AsyncKmsCalls.of(client), settings));
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; empty for a key id or
   * alias name. The function should keep its clients.
   */
  public static Keyring ofRegions(
      Function<Optional<String>, KmsClient> clients, KmsEcdhSettings settings) {
    return KeyringForms.blocking(new Logic(new BlockingKmsCalls(clients), settings));
  }

  /** As {@link #ofRegions}, without blocking; nor must the function block. */
  public static AsyncKeyring ofRegionsAsync(
      Function<Optional<String>, KmsAsyncClient> clients, KmsEcdhSettings settings) {
    return KeyringForms.async(new Logic(new AsyncKmsCalls(clients), settings));
  }

  private record Logic(KmsCalls calls, KmsEcdhEnvelope envelope) implements SteppedKeyring {
    Logic(KmsCalls calls, KmsEcdhSettings settings) {
      this(calls, new KmsEcdhEnvelope(settings));
    }

    @Override
    public Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials) {
      return envelope
          .requests()
          .ask(KeyUse.ENCRYPT, calls.deriveSharedSecret(envelope.writeRequest(materials)))
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
          .ask(KeyUse.DECRYPT, calls.deriveSharedSecret(envelope.readRequest(materials, attempt)))
          .map(response -> envelope.read(materials, attempt, response))
          .mapFailure(e -> KmsFailures.of(materials.subject(), envelope.describeKey(), e));
    }

    @Override
    public String toString() {
      return "KmsEcdhKeyring[%s]".formatted(envelope.describeKey());
    }
  }
}
