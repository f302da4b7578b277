package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Step;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Several keyrings as one, of their kind: each wraps the same data key, in their order, and any can
 * open it. (In the AWS Database Encryption SDK the first is the generator, the others are its
 * children.)
 *
 * <p>To write, every keyring must succeed. To read, they are tried in their order until one
 * succeeds; where none does, every failure is kept. Thread-safe as they are. Cancelling a future
 * cancels what it waits for, and no keyring is tried after it.
 */
public final class MultiKeyring {
  private MultiKeyring() {}

  /**
   * Blocking keyrings as one.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Keyring of(Keyring... keyrings) {
    return KeyringForms.blocking(new Logic(keyrings, BlockingKeyringCalls::new));
  }

  /**
   * Asynchronous keyrings as one.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static AsyncKeyring of(AsyncKeyring... keyrings) {
    return KeyringForms.async(new Logic(keyrings, AsyncKeyringCalls::new));
  }

  /**
   * Local keyrings as one, which is local too.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static LocalKeyring of(LocalKeyring... keyrings) {
    return KeyringForms.local(new Logic(keyrings, BlockingKeyringCalls::new));
  }

  private record Logic(List<SteppedKeyring> keyrings) implements SteppedKeyring {
    <K> Logic(K[] keyrings, Function<? super K, SteppedKeyring> logicOf) {
      this(Arrays.stream(keyrings).map(logicOf).toList());
    }

    Logic {
      if (keyrings.isEmpty()) {
        throw new IllegalArgumentException("A multi-keyring needs a keyring.");
      }
    }

    @Override
    public Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials) {
      Step<EncryptionMaterials> wrapped = Step.done(materials);
      for (SteppedKeyring keyring : keyrings) {
        wrapped = wrapped.then(keyring::onEncrypt);
      }
      return wrapped;
    }

    @Override
    public Step<DecryptionMaterials> onDecrypt(DecryptionMaterials materials) {
      return Attempts.firstOf(materials, keyrings, keyring -> keyring.onDecrypt(materials));
    }

    @Override
    public boolean supports(AlgorithmSuite suite) {
      return keyrings.stream().allMatch(keyring -> keyring.supports(suite));
    }

    @Override
    public String toString() {
      return "MultiKeyring%s".formatted(keyrings);
    }
  }
}
