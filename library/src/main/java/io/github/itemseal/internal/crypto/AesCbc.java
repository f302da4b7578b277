package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES in CBC mode with PKCS #7 padding (NIST SP 800-38A; RFC 5652, section 6.3): messages that each
 * begin with an initialisation vector of their own. It authenticates nothing: only use it on what a
 * signature covers. One direction and key; not thread-safe.
 *
 * <p>Messages under one key are encrypted and decrypted as one chain, which costs one call of the
 * cipher for many instead of one each. In CBC a block is masked with the ciphertext block before
 * it, whatever that is; so the vector of a message may be any ciphertext block. Encrypting a random
 * block makes the vector of the first message (SP 800-38A, appendix C, gives that method). From
 * there on the chain is one CBC message, whose ciphertext blocks nobody can tell from random ones
 * before or after they are made: those that stand in the place of a vector are as good as any.
 * Decrypting a vector gives a block that nobody looks at.
 *
 * <p>A long chain may come in pieces. The cipher begins each with nothing before it: so to go on
 * with a chain, a piece to encrypt begins with the last ciphertext block of the piece before, in
 * the place of its first vector. A block of zeros behind that one would become the same.
 */
public final class AesCbc {
  /** Bytes of a block, and of an initialisation vector. */
  public static final int BLOCK_BYTES = 16;

  private static final IvParameterSpec NOTHING_BEFORE = new IvParameterSpec(new byte[BLOCK_BYTES]);

  private final int mode;
  private final SecretKey key;
  private @Nullable Cipher cipher; // made for the first chain
  private byte[] result = {};

  private AesCbc(int mode, SecretKey key) {
    this.mode = mode;
    this.key = key;
  }

  /**
   * Encrypts chains of messages: each a block that becomes its initialisation vector, random in the
   * first and any in the others, then padded plaintext.
   */
  public static AesCbc encrypting(SecretKey key) {
    return new AesCbc(Cipher.ENCRYPT_MODE, key);
  }

  /**
   * Decrypts chains of messages, each of a {@linkplain #isMessageLength right length}: they become
   * a block to be ignored, then padded plaintext.
   */
  public static AesCbc decrypting(SecretKey key) {
    return new AesCbc(Cipher.DECRYPT_MODE, key);
  }

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
   * Runs a chain, or a piece of one, through the cipher.
   *
   * @param chain {@code [0, length)} of it
   * @return what becomes of it, in {@code [0, length)}, until the next run
   * @throws KeyFailure if the key cannot be used
   */
  public byte[] run(byte[] chain, int length) {
    if (length > result.length) {
      result = new byte[length]; // in its own place the cipher would copy the chain first
    }
    try {
      if (cipher == null) {
        cipher = Jca.INSTALLED.cipher("AES/CBC/NoPadding", mode, key, NOTHING_BEFORE);
      }
      if (cipher.doFinal(chain, 0, length, result, 0) != length) {
        throw new IllegalStateException("The cipher kept some of its blocks.");
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("content key", e);
    }
    return result;
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
