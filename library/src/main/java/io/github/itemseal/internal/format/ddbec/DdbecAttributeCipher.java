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

  /** A 16-byte initialisation vector, then AES-CBC ciphertext: a chain of all of them. */
  private static final class Aes extends DdbecAttributeCipher {
    private static final byte[] ANY_BLOCK = new byte[AesCbc.BLOCK_BYTES];

    private final SecretKey key;
    private final ByteWriter chain;

    Aes(SecretKey contentKey, ByteWriter scratch) {
      this.key = contentKey;
      this.chain = scratch;
    }

    @Override
    void encrypt(List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      int[] ends = new int[attributes.size()];
      chain.reset();
      chain.expect(expectedLength(attributes, item));
      for (int i = 0; i < ends.length; i++) {
        chain.writeRaw(i == 0 ? RandomBytes.of(AesCbc.BLOCK_BYTES) : ANY_BLOCK);
        int start = chain.length();
        serialize(attributes.get(i), item, chain);
        int padding = AesCbc.paddingLength(chain.length() - start);
        chain.writeRepeated(padding, padding);
        ends[i] = chain.length();
      }
      byte[] encrypted = AesCbc.encrypt(key, chain.buffer(), chain.length());
      int start = 0;
      for (int i = 0; i < ends.length; i++) {
        item.put(attributes.get(i).name(), binary(Arrays.copyOfRange(encrypted, start, ends[i])));
        start = ends[i];
      }
    }

    private static long expectedLength(
        List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      long length = 0;
      for (DdbecAttribute attribute : attributes) {
        length += 2 * AesCbc.BLOCK_BYTES;
        length += DdbecValueCodec.expectedLength(attribute.valueIn(item));
      }
      return length;
    }

    @Override
    void decrypt(List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      int[] ends = new int[attributes.size()];
      chain.reset();
      chain.expect(storedLength(attributes, item));
      for (int i = 0; i < ends.length; i++) {
        byte[] stored = storedBytes(attributes.get(i), item);
        AesCbc.requireMessageLength(stored.length);
        chain.writeRaw(stored);
        ends[i] = chain.length();
      }
      byte[] decrypted = AesCbc.decrypt(key, chain.buffer(), chain.length());
      int start = 0;
      for (int i = 0; i < ends.length; i++) {
        DdbecAttribute attribute = attributes.get(i);
        int end = AesCbc.withoutPadding(decrypted, ends[i]);
        item.put(attribute.name(), parse(attribute, decrypted, start + AesCbc.BLOCK_BYTES, end));
        start = ends[i];
      }
    }

    private static long storedLength(
        List<DdbecAttribute> attributes, Map<String, AttributeValue> item) {
      long length = 0;
      for (DdbecAttribute attribute : attributes) {
        length += storedBytes(attribute, item).length;
      }
      return length;
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
