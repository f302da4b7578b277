package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.ByteReader;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.materials.MaterialDescription;
import java.util.HashMap;
import java.util.Map;

/**
 * The material description attribute: a 4-byte version, which is zero, then for each entry a 4-byte
 * big-endian length and UTF-8 name, and the same for its text, to the end. Written in ascending
 * order of names; any order is read. Source: docs/formats/ddbec.md, "Material description".
 * Stateless.
 */
final class DdbecMaterialDescriptionCodec {
  /** Largest description read, in bytes; the largest the old clients write is about 1,000. */
  static final int MAX_BYTES = 65_536;

  private DdbecMaterialDescriptionCodec() {}

  /**
   * The bytes of a description.
   *
   * @param scratch overwritten
   */
  static byte[] serialize(MaterialDescription description, ByteWriter scratch) {
    scratch.reset();
    scratch.writeInt(0);
    description
        .entries()
        .forEach(
            (name, text) -> {
              scratch.writeText(name);
              scratch.writeText(text);
            });
    return scratch.toByteArray();
  }

  /**
   * @throws WireFormatException if the bytes are too many, cut short, of another version, not UTF-8
   *     or name an entry twice
   */
  static MaterialDescription parse(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, FailureReason.DESCRIPTION_MALFORMED);
    if (bytes.length > MAX_BYTES) {
      throw in.failure("is larger than %s bytes".formatted(MAX_BYTES));
    }
    if (in.readUnsignedInt() != 0) {
      throw in.failure("has an unknown version");
    }
    Map<String, String> entries = new HashMap<>();
    while (in.hasRemaining()) {
      if (entries.put(in.readText(), in.readText()) != null) {
        throw in.failure("names an entry twice");
      }
    }
    return MaterialDescription.of(entries);
  }
}
