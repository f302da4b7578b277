package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES in CBC mode with PKCS #7 padding (NIST SP 800-38A; RFC 5652, section 6.3): messages that each
 * begin with an initialisation vector of their own. It authenticates nothing: only use it on what a
 * signature covers. Stateless.
 *
 * <p>Messages under one key are encrypted and decrypted as one chain, which costs one call of the
 * cipher instead of one each. In CBC a block is masked with the ciphertext block before it,
 * whatever that is; so the vector of a message may be any ciphertext block. Encrypting a random
 * block makes the vector of the first message (SP 800-38A, appendix C, gives that method). From
 * there on the chain is one CBC message, whose ciphertext blocks nobody can tell from random ones
 * before or after they are made: those that stand in the place of a vector are as good as any.
 * Decrypting a vector gives a block that nobody looks at.
 */
public final class AesCbc {
  /** Bytes of a block, and of an initialisation vector. */
  public static final int BLOCK_BYTES = 16;

  private static final IvParameterSpec NOTHING_BEFORE = new IvParameterSpec(new byte[BLOCK_BYTES]);

  private AesCbc() {}

  /** Bytes of padding behind so many plaintext bytes: 1 to 16, each holding this number. */
  public static int paddingLength(int plaintextLength) {
    return BLOCK_BYTES - plaintextLength % BLOCK_BYTES;
  }

  /** Whether a message can be so long: an initialisation vector and whole blocks. */
  public static boolean isMessageLength(int lengthBytes) {
    return lengthBytes >= 2 * BLOCK_BYTES && lengthBytes % BLOCK_BYTES == 0;
  }

  /**
   * Checks the length of a message.
   *
   * @throws CryptoFailure if it cannot be one
   */
  public static void requireMessageLength(int lengthBytes) {
    if (!isMessageLength(lengthBytes)) {
      throw new CryptoFailure();
    }
  }

  /**
   * Encrypts a chain of messages: each a block that becomes its initialisation vector, random in
   * the first and any in the others, then padded plaintext.
   *
   * @param chain {@code [0, length)} of it
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] encrypt(SecretKey key, byte[] chain, int length) {
    return run(Cipher.ENCRYPT_MODE, key, chain, length);
  }

  /**
   * Decrypts a chain of messages: each becomes a block to be ignored, then padded plaintext.
   *
   * @param chain {@code [0, length)} of it, each message of a {@linkplain #isMessageLength right
   *     length}
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] decrypt(SecretKey key, byte[] chain, int length) {
    return run(Cipher.DECRYPT_MODE, key, chain, length);
  }

  private static byte[] run(int mode, SecretKey key, byte[] chain, int length) {
    try {
      Cipher cipher = Jca.INSTALLED.cipher("AES/CBC/NoPadding", mode, key, NOTHING_BEFORE);
      byte[] result = new byte[length]; // in its own place the cipher would copy the chain first
      cipher.doFinal(chain, 0, length, result, 0);
      return result;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("content key", e);
    }
  }

  /**
   * Where the plaintext of a decrypted message ends.
   *
   * @param end where its padding ends
   * @throws CryptoFailure if there is no padding
   */
  public static int withoutPadding(byte[] chain, int end) {
    int padding = chain[end - 1];
    if (padding < 1 || padding > BLOCK_BYTES) {
      throw new CryptoFailure();
    }
    for (int i = end - padding; i < end; i++) {
      if (chain[i] != padding) {
        throw new CryptoFailure();
      }
    }
    return end - padding;
  }
}
