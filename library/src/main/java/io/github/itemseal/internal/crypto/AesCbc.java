package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES in CBC mode with PKCS #7 padding (NIST SP 800-38A; RFC 5652, section 6.3), one key for many
 * messages. It authenticates nothing: only use it on what a signature covers. Not thread-safe.
 */
public final class AesCbc {
  /** Bytes of a block, and of an initialisation vector. */
  public static final int BLOCK_BYTES = 16;

  private static final String ROLE = "content key";

  private final Cipher cipher;
  private final SecretKey key;

  public AesCbc(SecretKey key) {
    this.key = key;
    try {
      this.cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES/CBC/PKCS5Padding.", e);
    }
  }

  /** Bytes of the ciphertext of so many plaintext bytes, without the initialisation vector. */
  public static int ciphertextLength(int plaintextLength) {
    return BLOCK_BYTES * (plaintextLength / BLOCK_BYTES + 1);
  }

  /**
   * Encrypts {@code plaintext[0, length)} under the initialisation vector that stands at the
   * beginning of {@code target}, and writes the ciphertext behind it.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public void encrypt(byte[] plaintext, int length, byte[] target) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(target, 0, BLOCK_BYTES));
      cipher.doFinal(plaintext, 0, length, target, BLOCK_BYTES);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure(ROLE, e);
    }
  }

  /**
   * The plaintext of an initialisation vector followed by ciphertext.
   *
   * @throws CryptoFailure if the length or the padding is wrong
   * @throws KeyFailure if the key cannot be used
   */
  public byte[] decrypt(byte[] ivAndCiphertext) {
    if (ivAndCiphertext.length < 2 * BLOCK_BYTES || ivAndCiphertext.length % BLOCK_BYTES != 0) {
      throw new CryptoFailure();
    }
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(ivAndCiphertext, 0, BLOCK_BYTES));
      return cipher.doFinal(ivAndCiphertext, BLOCK_BYTES, ivAndCiphertext.length - BLOCK_BYTES);
    } catch (BadPaddingException | IllegalBlockSizeException e) {
      throw new CryptoFailure();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure(ROLE, e);
    }
  }
}
