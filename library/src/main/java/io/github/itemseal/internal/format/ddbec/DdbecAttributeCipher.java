package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.internal.crypto.AesCbc;
import io.github.itemseal.internal.format.ByteWriter;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Encrypts attributes one by one: a binary value holding a random 16-byte initialisation vector,
 * then the AES-CBC ciphertext of the serialized value. Source: docs/formats/ddbec.md, "Encrypted
 * attributes". For one item; not thread-safe.
 */
final class DdbecAttributeCipher {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AesCbc cipher;
  private final byte[] ivs;
  private int ivsUsed;

  /**
   * @param attributesToEncrypt so many initialisation vectors are drawn at once
   */
  DdbecAttributeCipher(SecretKey contentKey, int attributesToEncrypt) {
    this.cipher = new AesCbc(contentKey);
    this.ivs = new byte[attributesToEncrypt * AesCbc.BLOCK_BYTES];
    RANDOM.nextBytes(ivs);
  }

  /** The stored bytes of a value. Overwrites {@code scratch}. */
  byte[] encrypt(AttributeValue value, ByteWriter scratch) {
    scratch.reset();
    DdbecValueCodec.serialize(value, DdbecDialect.JAVA, scratch);
    byte[] stored = new byte[AesCbc.BLOCK_BYTES + AesCbc.ciphertextLength(scratch.length())];
    System.arraycopy(ivs, AesCbc.BLOCK_BYTES * ivsUsed++, stored, 0, AesCbc.BLOCK_BYTES);
    cipher.encrypt(scratch.buffer(), scratch.length(), stored);
    return stored;
  }

  /**
   * The value of stored bytes, which must be verified already.
   *
   * @throws io.github.itemseal.internal.crypto.CryptoFailure if this is not the key
   * @throws io.github.itemseal.internal.format.WireFormatException if the plaintext is no value
   */
  AttributeValue decrypt(byte[] stored) {
    return DdbecValueCodec.parse(cipher.decrypt(stored));
  }
}
