package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.internal.crypto.AesCbc;
import io.github.itemseal.internal.crypto.KeyCalls;
import io.github.itemseal.internal.crypto.RandomBytes;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.materials.DelegatedKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import javax.crypto.SecretKey;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Encrypts the attributes of an item, with what the content key calls for. Source:
 * docs/formats/ddbec.md, "Encrypted attributes". For one item; not thread-safe.
 */
abstract class DdbecAttributeCipher {
  /** The cipher mode that items name, and the end of every transformation. */
  static final String CBC = "/CBC/PKCS5Padding";

  private DdbecAttributeCipher() {}

  /**
   * @param scratch overwritten
   */
  static DdbecAttributeCipher of(SecretKey contentKey, ByteWriter scratch) {
    return contentKey instanceof DelegatedKey delegated
        ? new Delegated(delegated, scratch)
        : new Aes(contentKey, scratch);
  }

  /**
   * Replaces the values of these attributes by their stored ones.
   *
   * @throws io.github.itemseal.internal.crypto.KeyFailure if the key cannot be used
   * @throws WireFormatException naming the attribute whose value cannot be serialized
   */
  abstract void encrypt(List<DdbecAttribute> attributes, Map<String, AttributeValue> item);

  /**
   * Replaces the stored values of these attributes, all binary and verified already, by what is in
   * them.
   *
   * @throws io.github.itemseal.internal.crypto.CryptoFailure if this is not the key
   * @throws io.github.itemseal.internal.crypto.KeyFailure if the key cannot be used
   * @throws WireFormatException naming the attribute whose plaintext is no value
   */
  abstract void decrypt(List<DdbecAttribute> attributes, Map<String, AttributeValue> item);

  private static void serialize(
      DdbecAttribute attribute, Map<String, AttributeValue> item, ByteWriter out) {
    try {
      DdbecValueCodec.serialize(attribute.valueIn(item), DdbecDialect.JAVA, out);
    } catch (WireFormatException e) {
      throw e.inAttribute(attribute.name());
    }
  }

  private static AttributeValue parse(
      DdbecAttribute attribute, byte[] plaintext, int start, int end) {
    try {
      return DdbecValueCodec.parse(plaintext, start, end);
    } catch (WireFormatException e) {
      throw e.inAttribute(attribute.name());
    }
  }

  private static byte[] storedBytes(DdbecAttribute attribute, Map<String, AttributeValue> item) {
    return attribute.valueIn(item).b().asByteArrayUnsafe();
  }

  private static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)); // nobody else holds the array
  }

  /**
   * A 16-byte initialisation vector, then AES-CBC ciphertext: a chain of all of them, in pieces.
   */
  private static final class Aes extends DdbecAttributeCipher {
    private static final byte[] ANY_BLOCK = new byte[AesCbc.BLOCK_BYTES];

    /** A piece ends with the attribute that makes it so long: enough for most items. */
    private static final int PIECE_BYTES = 2048;

    private final SecretKey key;
    private final ByteWriter piece;

    Aes(SecretKey contentKey, ByteWriter scratch) {
      this.key = contentKey;
      this.piece = scratch;
    }

    @Override
    void encrypt(List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      AesCbc cipher = AesCbc.encrypting(key);
      byte[] before = RandomBytes.of(AesCbc.BLOCK_BYTES);
      List<DdbecAttribute> left = attributes;
      while (!left.isEmpty()) {
        int count = beginPiece(left, item, Aes::expectedLength);
        before = encryptPiece(cipher, before, left.subList(0, count), item);
        left = left.subList(count, left.size());
      }
    }

    /** Returns its last ciphertext block, with which the next piece begins. */
    private byte[] encryptPiece(
        AesCbc cipher,
        byte[] before,
        List<DdbecAttribute> attributes,
        Map<String, AttributeValue> item) {
      int[] ends = new int[attributes.size()];
      for (int i = 0; i < ends.length; i++) {
        piece.writeRaw(i == 0 ? before : ANY_BLOCK);
        int start = piece.length();
        serialize(attributes.get(i), item, piece);
        int padding = AesCbc.paddingLength(piece.length() - start);
        piece.writeRepeated(padding, padding);
        ends[i] = piece.length();
      }
      byte[] encrypted = cipher.run(piece.buffer(), piece.length());
      int start = 0;
      for (int i = 0; i < ends.length; i++) {
        item.put(attributes.get(i).name(), binary(Arrays.copyOfRange(encrypted, start, ends[i])));
        start = ends[i];
      }
      return Arrays.copyOfRange(encrypted, start - AesCbc.BLOCK_BYTES, start);
    }

    @Override
    void decrypt(List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      AesCbc cipher = AesCbc.decrypting(key);
      List<DdbecAttribute> left = attributes;
      while (!left.isEmpty()) {
        int count = beginPiece(left, item, Aes::storedLength);
        decryptPiece(cipher, left.subList(0, count), item);
        left = left.subList(count, left.size());
      }
    }

    private void decryptPiece(
        AesCbc cipher, List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      int[] ends = new int[attributes.size()];
      for (int i = 0; i < ends.length; i++) {
        byte[] stored = storedBytes(attributes.get(i), item);
        AesCbc.requireMessageLength(stored.length);
        piece.writeRaw(stored);
        ends[i] = piece.length();
      }
      byte[] decrypted = cipher.run(piece.buffer(), piece.length());
      int start = 0;
      for (int i = 0; i < ends.length; i++) {
        DdbecAttribute attribute = attributes.get(i);
        int end = AesCbc.withoutPadding(decrypted, ends[i]);
        item.put(attribute.name(), parse(attribute, decrypted, start + AesCbc.BLOCK_BYTES, end));
        start = ends[i];
      }
    }

    /**
     * Makes room for the next piece.
     *
     * @return how many of the attributes go into it
     */
    private int beginPiece(
        List<DdbecAttribute> attributes,
        Map<String, AttributeValue> item,
        ToIntFunction<AttributeValue> lengthOf) {
      long length = 0;
      int count = 0;
      while (count < attributes.size() && length < PIECE_BYTES) {
        length += lengthOf.applyAsInt(attributes.get(count).valueIn(item));
        count++;
      }
      piece.reset();
      piece.expect(length);
      return count;
    }

    private static int expectedLength(AttributeValue value) {
      return 2 * AesCbc.BLOCK_BYTES + DdbecValueCodec.expectedLength(value);
    }

    private static int storedLength(AttributeValue value) {
      return value.b().asByteArrayUnsafe().length;
    }
  }

  /** Whatever bytes a delegated key returns. It gets copies: it may keep or change them. */
  private static final class Delegated extends DdbecAttributeCipher {
    private final DelegatedKey key;
    private final String transformation;
    private final ByteWriter scratch;

    Delegated(DelegatedKey key, ByteWriter scratch) {
      this.key = key;
      this.transformation = key.getAlgorithm() + CBC;
      this.scratch = scratch;
    }

    @Override
    void encrypt(List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      for (DdbecAttribute attribute : attributes) {
        scratch.reset();
        serialize(attribute, item, scratch);
        byte[] copy = scratch.toByteArray();
        byte[] stored = KeyCalls.call("content key", () -> key.encrypt(transformation, copy));
        item.put(attribute.name(), binary(stored.clone()));
      }
    }

    @Override
    void decrypt(List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      for (DdbecAttribute attribute : attributes) {
        byte[] stored = storedBytes(attribute, item).clone();
        byte[] plaintext = KeyCalls.open("content key", () -> key.decrypt(transformation, stored));
        item.put(attribute.name(), parse(attribute, plaintext, 0, plaintext.length));
      }
    }
  }
}
