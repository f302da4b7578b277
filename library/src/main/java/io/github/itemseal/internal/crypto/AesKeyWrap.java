package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES key wrap (RFC 3394) under one key. Thread-safe.
 *
 * <p>Keeps a cipher for each direction, lent to one call at a time: initialising one takes twice as
 * long as wrapping with it. It holds no key that its owner does not hold anyway. Of the key of a
 * device no cipher is kept: it might keep the device busy.
 */
public final class AesKeyWrap {
  private final SecretKey key;
  private final AtomicReference<@Nullable Cipher> wrapper = new AtomicReference<>();
  private final AtomicReference<@Nullable Cipher> unwrapper = new AtomicReference<>();

  /**
   * @param key wraps and unwraps
   */
  public AesKeyWrap(SecretKey key) {
    this.key = key;
  }

  /**
   * The wrapped key, 8 bytes longer than the key itself.
   *
   * @throws KeyFailure if the wrapping key cannot be used
   */
  public byte[] wrap(SecretKey contentKey) {
    try {
      return with(wrapper, Cipher.WRAP_MODE, cipher -> cipher.wrap(contentKey));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("wrapping key", e);
    }
  }

  /**
   * The AES key inside.
   *
   * @throws CryptoFailure if it was not wrapped with this key
   * @throws KeyFailure if the unwrapping key cannot be used
   */
  public SecretKey unwrap(byte[] wrapped) {
    try {
      return with(unwrapper, Cipher.UNWRAP_MODE, cipher -> KeyWrapping.unwrap(cipher, wrapped));
    } catch (CryptoFailure | KeyFailure e) {
      throw e;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("unwrapping key", e);
    }
  }

  private <T> T with(AtomicReference<@Nullable Cipher> place, int mode, Use<T> use)
      throws GeneralSecurityException {
    Cipher kept = place.getAndSet(null);
    if (kept != null) {
      try {
        T result = use.of(kept);
        place.set(kept);
        return result;
      } catch (GeneralSecurityException | RuntimeException e) {
        // perhaps a cipher that does not start over; else a new one fails too
      }
    }
    Cipher cipher = Jca.INSTALLED.cipher("AESWrap", mode, key, null);
    T result = use.of(cipher);
    if (key.getClass() == SecretKeySpec.class) {
      place.set(cipher);
    }
    return result;
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(Cipher cipher) throws GeneralSecurityException;
  }
}
