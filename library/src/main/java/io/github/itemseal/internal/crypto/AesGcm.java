package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES in Galois/Counter mode (NIST SP 800-38D) with tags of 16 bytes and nonces of 12: one object
 * for many messages, each under a key and nonce of its own. Thread-safe; keeps one cipher, lent to
 * one message at a time, since making one takes as long as encrypting a short value. It holds the
 * last key, so it should live no longer than what the keys are of.
 */
public final class AesGcm {
  /** Bytes that a ciphertext is longer than its plaintext. */
  public static final int TAG_BYTES = 16;

  /** Bytes of a nonce. */
  public static final int NONCE_BYTES = 12;

  private static final String ROLE = "AES key";
  private static final byte[] ZERO_NONCE = new byte[NONCE_BYTES];

  private final Jca jca;
  private final AtomicReference<@Nullable Cipher> idle = new AtomicReference<>();

  public AesGcm(Jca jca) {
    this.jca = jca;
  }

  /** The nonce of twelve zero bytes, for a key that encrypts one message only. */
  public static GCMParameterSpec zeroNonce() {
    return nonce(ZERO_NONCE, 0);
  }

  /** The nonce that stands in {@code bytes} from {@code offset} on. */
  public static GCMParameterSpec nonce(byte[] bytes, int offset) {
    return new GCMParameterSpec(8 * TAG_BYTES, bytes, offset, NONCE_BYTES);
  }

  /**
   * The ciphertext and its tag.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public byte[] seal(SecretKey key, GCMParameterSpec nonce, byte[] associated, byte[] plaintext) {
    byte[] sealed = new byte[plaintext.length + TAG_BYTES];
    seal(key, nonce, associated, plaintext, 0, plaintext.length, sealed, 0);
    return sealed;
  }

  /**
   * Writes the ciphertext of {@code plaintext[offset, offset + length)} and its tag to {@code
   * target}, {@code length + 16} bytes from {@code targetOffset} on.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public void seal(
      SecretKey key,
      GCMParameterSpec nonce,
      byte[] associated,
      byte[] plaintext,
      int offset,
      int length,
      byte[] target,
      int targetOffset) {
    try {
      Cipher cipher = lend(Cipher.ENCRYPT_MODE, key, nonce);
      cipher.updateAAD(associated);
      cipher.doFinal(plaintext, offset, length, target, targetOffset);
      giveBack(key, cipher);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure(ROLE, e);
    }
  }

  /**
   * The plaintext of ciphertext followed by its tag.
   *
   * @throws CryptoFailure if key, nonce, associated bytes or ciphertext do not fit each other
   * @throws KeyFailure if the key cannot be used
   */
  public byte[] open(SecretKey key, GCMParameterSpec nonce, byte[] associated, byte[] sealed) {
    return open(key, nonce, associated, sealed, 0, sealed.length);
  }

  /**
   * The plaintext of {@code sealed[offset, offset + length)}, of which the last 16 bytes are the
   * tag.
   *
   * @throws CryptoFailure if key, nonce, associated bytes or ciphertext do not fit each other
   * @throws KeyFailure if the key cannot be used
   */
  public byte[] open(
      SecretKey key,
      GCMParameterSpec nonce,
      byte[] associated,
      byte[] sealed,
      int offset,
      int length) {
    if (length < TAG_BYTES) {
      throw new CryptoFailure();
    }
    try {
      Cipher cipher = lend(Cipher.DECRYPT_MODE, key, nonce);
      cipher.updateAAD(associated);
      byte[] plaintext = cipher.doFinal(sealed, offset, length);
      giveBack(key, cipher);
      return plaintext;
    } catch (BadPaddingException | IllegalBlockSizeException e) { // a wrong tag is the former
      throw new CryptoFailure();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure(ROLE, e);
    }
  }

  private Cipher lend(int mode, SecretKey key, GCMParameterSpec nonce)
      throws GeneralSecurityException {
    Cipher cipher = isPlain(key) ? idle.getAndSet(null) : null;
    if (cipher != null) {
      try {
        cipher.init(mode, key, nonce);
        return cipher;
      } catch (InvalidAlgorithmParameterException e) {
        // It has just encrypted under this key and nonce. Whether that may be is for the caller,
        // as it would be with a cipher for each message.
      } catch (InvalidKeyException e) {
        // It may be for keys of another length only.
      }
    }
    return jca.cipher("AES/GCM/NoPadding", mode, key, nonce);
  }

  private void giveBack(SecretKey key, Cipher cipher) {
    if (isPlain(key)) {
      idle.set(cipher);
    }
  }

  /** A cipher that has seen the key of a device stays with that device's provider. */
  private static boolean isPlain(SecretKey key) {
    return key.getClass() == SecretKeySpec.class;
  }
}
