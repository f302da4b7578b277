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
      Cipher cipher = lend(wrapper, Cipher.WRAP_MODE);
      byte[] wrapped = cipher.wrap(contentKey);
      giveBack(wrapper, cipher);
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
    Cipher cipher;
    try {
      cipher = lend(unwrapper, Cipher.UNWRAP_MODE);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("unwrapping key", e);
    }
    SecretKey contentKey = KeyWrapping.unwrap(cipher, wrapped);
    giveBack(unwrapper, cipher); // none that has failed
    return contentKey;
  }

  private Cipher lend(AtomicReference<@Nullable Cipher> kept, int mode)
      throws GeneralSecurityException {
    Cipher idle = kept.getAndSet(null);
    return idle == null ? Jca.INSTALLED.cipher("AESWrap", mode, key, null) : idle;
  }

  private void giveBack(AtomicReference<@Nullable Cipher> kept, Cipher cipher) {
    if (key.getClass() == SecretKeySpec.class) {
      kept.set(cipher);
    }
  }
}
