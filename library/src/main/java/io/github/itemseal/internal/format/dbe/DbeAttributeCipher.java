package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.internal.crypto.AesCtr;
import io.github.itemseal.internal.crypto.AesGcm;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.format.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Encrypts attributes one by one, each under a key and nonce of its own, in field order. Stored are
 * the 2-byte type id, AES-GCM ciphertext, and the 16-byte tag. Source: docs/formats/dbe.md,
 * "Encrypted attributes". For one item; not thread-safe.
 */
final class DbeAttributeCipher {
  /** Bytes that a stored value is longer than its plaintext, and so the fewest it can have. */
  static final int OVERHEAD_BYTES = DbeValueCodec.TYPE_BYTES + AesGcm.TAG_BYTES;

  private static final int KEY_BYTES = 32;
  private static final int STRIDE_BYTES = 3 * AesCtr.BLOCK_BYTES; // 44 of them are used

  private final AesGcm gcm;
  private final byte[] keyStream;
  private int used;

  /**
   * @param attributes how many will be encrypted or decrypted
   */
  DbeAttributeCipher(Jca jca, SecretKey fieldRootKey, int attributes) {
    this.gcm = new AesGcm(jca);
    this.keyStream =
        AesCtr.keyStream(
            jca, fieldRootKey, firstBlock(), Math.multiplyExact(STRIDE_BYTES, attributes));
  }

  /** {@code AwsDbeField}, the 44 bytes of key and nonce, and a counter of blocks from zero. */
  static byte[] firstBlock() {
    byte[] block =
        Arrays.copyOf("AwsDbeField".getBytes(StandardCharsets.US_ASCII), AesCtr.BLOCK_BYTES);
    block[11] = KEY_BYTES + AesGcm.NONCE_BYTES;
    return block;
  }

  /** The stored bytes of the next value. Overwrites {@code scratch}. */
  byte[] encrypt(DbeAttribute attribute, AttributeValue value, ByteWriter scratch) {
    int typeId = DbeValueCodec.typeId(value);
    scratch.reset();
    DbeValueCodec.serialize(value, scratch);
    byte[] stored = new byte[scratch.length() + OVERHEAD_BYTES];
    stored[0] = (byte) (typeId >> 8);
    stored[1] = (byte) typeId;
    int at = next();
    gcm.seal(
        new SecretKeySpec(keyStream, at, KEY_BYTES, "AES"),
        AesGcm.nonce(keyStream, at + KEY_BYTES),
        attribute.path(),
        scratch.buffer(),
        0,
        scratch.length(),
        stored,
        DbeValueCodec.TYPE_BYTES);
    return stored;
  }

  /**
   * The value of stored bytes, which must be verified already.
   *
   * @throws CryptoFailure if this is not the key
   * @throws io.github.itemseal.internal.format.WireFormatException if the plaintext is no value
   */
  AttributeValue decrypt(DbeAttribute attribute, byte[] stored) {
    int at = next();
    byte[] plaintext =
        gcm.open(
            new SecretKeySpec(keyStream, at, KEY_BYTES, "AES"),
            AesGcm.nonce(keyStream, at + KEY_BYTES),
            attribute.path(),
            stored,
            DbeValueCodec.TYPE_BYTES,
            stored.length - DbeValueCodec.TYPE_BYTES);
    return DbeValueCodec.parse((stored[0] & 0xFF) << 8 | (stored[1] & 0xFF), plaintext);
  }

  private int next() {
    return STRIDE_BYTES * used++;
  }
}
