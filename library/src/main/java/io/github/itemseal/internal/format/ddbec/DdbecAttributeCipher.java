package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.internal.crypto.AesCbc;
import io.github.itemseal.internal.crypto.KeyCalls;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.materials.DelegatedKey;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Encrypts attributes one by one, with what the content key calls for. Source:
 * docs/formats/ddbec.md, "Encrypted attributes". For one item; not thread-safe.
 */
abstract class DdbecAttributeCipher {
  /** The cipher mode that items name, and the end of every transformation. */
  static final String CBC = "/CBC/PKCS5Padding";

  private DdbecAttributeCipher() {}

  /**
   * @param attributesToEncrypt so many initialisation vectors are drawn at once
   */
  static DdbecAttributeCipher of(SecretKey contentKey, int attributesToEncrypt) {
    return contentKey instanceof DelegatedKey delegated
        ? new Delegated(delegated)
        : new Aes(contentKey, attributesToEncrypt);
  }

  /**
   * The stored bytes of a value. Overwrites {@code scratch}.
   *
   * @throws io.github.itemseal.internal.crypto.KeyFailure if the key cannot be used
   */
  final byte[] encrypt(AttributeValue value, ByteWriter scratch) {
    scratch.reset();
    DdbecValueCodec.serialize(value, DdbecDialect.JAVA, scratch);
    return encrypt(scratch.buffer(), scratch.length());
  }

  /**
   * The value of stored bytes, which must be verified already.
   *
   * @throws io.github.itemseal.internal.crypto.CryptoFailure if this is not the key
   * @throws io.github.itemseal.internal.crypto.KeyFailure if the key cannot be used
   * @throws io.github.itemseal.internal.format.WireFormatException if the plaintext is no value
   */
  final AttributeValue decrypt(byte[] stored) {
    return DdbecValueCodec.parse(plaintextOf(stored));
  }

  /** The stored bytes of {@code plaintext[0, length)}, nobody else's array. */
  abstract byte[] encrypt(byte[] plaintext, int length);

  /** The serialized value; does not change {@code stored}. */
  abstract byte[] plaintextOf(byte[] stored);

  /** A random 16-byte initialisation vector, then AES-CBC ciphertext. */
  private static final class Aes extends DdbecAttributeCipher {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AesCbc cipher;
    private final byte[] ivs;
    private int ivsUsed;

    Aes(SecretKey contentKey, int attributesToEncrypt) {
      this.cipher = new AesCbc(contentKey);
      this.ivs = new byte[attributesToEncrypt * AesCbc.BLOCK_BYTES];
      RANDOM.nextBytes(ivs);
    }

    @Override
    byte[] encrypt(byte[] plaintext, int length) {
      byte[] stored = new byte[AesCbc.BLOCK_BYTES + AesCbc.ciphertextLength(length)];
      System.arraycopy(ivs, AesCbc.BLOCK_BYTES * ivsUsed++, stored, 0, AesCbc.BLOCK_BYTES);
      cipher.encrypt(plaintext, length, stored);
      return stored;
    }

    @Override
    byte[] plaintextOf(byte[] stored) {
      return cipher.decrypt(stored);
    }
  }

  /** Whatever bytes a delegated key returns. It gets copies: it may keep or change them. */
  private static final class Delegated extends DdbecAttributeCipher {
    private final DelegatedKey key;
    private final String transformation;

    Delegated(DelegatedKey key) {
      this.key = key;
      this.transformation = key.getAlgorithm() + CBC;
    }

    @Override
    byte[] encrypt(byte[] plaintext, int length) {
      byte[] copy = Arrays.copyOf(plaintext, length);
      return KeyCalls.call("content key", () -> key.encrypt(transformation, copy)).clone();
    }

    @Override
    byte[] plaintextOf(byte[] stored) {
      return KeyCalls.open("content key", () -> key.decrypt(transformation, stored.clone()));
    }
  }
}
