package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;

/**
 * Calls of keys that do their own arithmetic, with their failures sorted: {@link CryptoFailure}
 * where the key says that the data does not fit, {@link KeyFailure} for everything else. Stateless.
 */
public final class KeyCalls {
  private KeyCalls() {}

  /** One call of a key. */
  @FunctionalInterface
  public interface KeyCall<T> {
    T run() throws GeneralSecurityException;
  }

  /**
   * A result that does not depend on what is stored: ciphertext, a wrapped key, a signature.
   *
   * @throws KeyFailure whatever the key throws
   */
  public static <T> T call(String role, KeyCall<T> call) {
    try {
      return Objects.requireNonNull(call.run(), "the key returned null");
    } catch (CryptoFailure e) {
      throw e;
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      // the last is how Bouncy Castle FIPS says that something is not approved
      throw new KeyFailure(role, e);
    }
  }

  /**
   * The plaintext of stored bytes, or the key inside.
   *
   * @throws CryptoFailure if the key names their padding, tag or length wrong
   * @throws KeyFailure for everything else it throws
   */
  public static <T> T open(String role, KeyCall<T> call) {
    return call(
        role,
        () -> {
          try {
            return call.run();
          } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new CryptoFailure();
          }
        });
  }
}
