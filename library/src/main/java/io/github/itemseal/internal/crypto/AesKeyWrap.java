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
    Cipher kept = wrapper.getAndSet(null);
    if (kept != null) {
      try {
        byte[] wrapped = kept.wrap(contentKey);
        wrapper.set(kept);
        return wrapped;
      } catch (GeneralSecurityException | RuntimeException e) {
        // perhaps a cipher that wraps only once; else a new one fails too
      }
    }
    try {
      Cipher cipher = ready(Cipher.WRAP_MODE);
      byte[] wrapped = cipher.wrap(contentKey);
      keep(cipher, wrapper);
      return wrapped;
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
    Cipher kept = unwrapper.getAndSet(null);
    if (kept != null) {
      try {
        SecretKey contentKey = KeyWrapping.unwrap(kept, wrapped);
        unwrapper.set(kept);
        return contentKey;
      } catch (CryptoFailure | KeyFailure e) {
        // perhaps a cipher that unwraps only once; else a new one fails too
      }
    }
    Cipher cipher;
    try {
      cipher = ready(Cipher.UNWRAP_MODE);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("unwrapping key", e);
    }
    SecretKey contentKey = KeyWrapping.unwrap(cipher, wrapped);
    keep(cipher, unwrapper);
    return contentKey;
  }

  private Cipher ready(int mode) throws GeneralSecurityException {
    return Jca.INSTALLED.cipher("AESWrap", mode, key, null);
  }

  private void keep(Cipher cipher, AtomicReference<@Nullable Cipher> place) {
    if (key.getClass() == SecretKeySpec.class) {
      place.set(cipher);
    }
  }
}
