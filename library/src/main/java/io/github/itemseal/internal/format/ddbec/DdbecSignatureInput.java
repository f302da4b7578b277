package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.internal.crypto.Sha256;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The bytes that an item's signature is made over: the hash of the table name, then for each signed
 * attribute in name order the hashes of its name, of the word ENCRYPTED or PLAINTEXT, and of its
 * stored value; 32 + 96 k bytes for k signed attributes. Source: docs/formats/ddbec.md, "String to
 * sign". Immutable and thread-safe.
 */
final class DdbecSignatureInput {
  private static final int HASH = Sha256.LENGTH_BYTES;
  private static final byte[] ENCRYPTED = Sha256.of("ENCRYPTED");
  private static final byte[] PLAINTEXT = Sha256.of("PLAINTEXT");

  private final byte[] tableHash;

  /**
   * @param tableName the logical name, bound into every signature
   */
  DdbecSignatureInput(String tableName) {
    this.tableHash = Sha256.of("TABLE>" + tableName + "<TABLE");
  }

  /**
   * @param plan of the item's attribute names
   * @param storedItem with its encrypted attributes as ciphertext
   * @param scratch overwritten
   * @throws WireFormatException naming the attribute whose name or value cannot be serialized
   */
  byte[] of(
      DdbecItemPlan plan,
      Map<String, AttributeValue> storedItem,
      DdbecDialect dialect,
      ByteWriter scratch) {
    List<DdbecAttribute> signed = plan.signed(dialect);
    Sha256 sha256 = new Sha256();
    byte[] input = Arrays.copyOf(tableHash, HASH + 3 * HASH * signed.size());
    int position = HASH;
    for (DdbecAttribute attribute : signed) {
      attribute.writeNameHash(input, position);
      byte[] word = attribute.encrypts() ? ENCRYPTED : PLAINTEXT;
      System.arraycopy(word, 0, input, position + HASH, HASH);
      try {
        hashValue(attribute.valueIn(storedItem), dialect, scratch, sha256);
      } catch (WireFormatException e) {
        throw e.inAttribute(attribute.name());
      }
      sha256.digestInto(input, position + 2 * HASH);
      position += 3 * HASH;
    }
    return input;
  }

  private static void hashValue(
      AttributeValue value, DdbecDialect dialect, ByteWriter scratch, Sha256 sha256) {
    scratch.reset();
    if (AttributeTypes.isBinary(value) && isLong(value.b())) {
      byte[] bytes = value.b().asByteArrayUnsafe();
      DdbecValueCodec.serializeBinaryHeader(bytes.length, scratch);
      sha256.update(scratch.buffer(), 0, scratch.length()).update(bytes);
    } else {
      DdbecValueCodec.serialize(value, dialect, scratch);
      sha256.update(scratch.buffer(), 0, scratch.length());
    }
  }

  /** A copy of a short value costs less than one more call for its header. */
  private static boolean isLong(SdkBytes value) {
    return value.asByteArrayUnsafe().length > 256;
  }
}
