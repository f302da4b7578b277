package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of an encryption context: a 2-byte count, then for each entry a 2-byte big-endian
 * length and UTF-8 key, and the same for its value, in ascending order of key bytes; no bytes at
 * all for an empty context. Source: docs/formats/dbe.md, "Encryption context". Stateless.
 */
final class CanonicalContext {
  private static final int MAX = 0xFFFF;

  private CanonicalContext() {}

  /**
   * @throws WireFormatException if there are more than 65,535 entries, a key or value has more than
   *     65,535 bytes, or holds half of a surrogate pair
   */
  static byte[] of(Map<String, String> context) {
    ByteWriter out = new ByteWriter();
    if (context.isEmpty()) {
      return out.toByteArray();
    }
    TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    context.forEach((key, value) -> entries.put(utf8(key), utf8(value)));
    writeShort(entries.size(), out);
    entries.forEach(
        (key, value) -> {
          writeShort(key.length, out);
          out.writeRaw(key);
          writeShort(value.length, out);
          out.writeRaw(value);
        });
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    ByteWriter out = new ByteWriter();
    out.writeUtf8(text);
    return out.toByteArray();
  }

  private static void writeShort(int value, ByteWriter out) {
    if (value > MAX) {
      throw new WireFormatException(
          FailureReason.CONTEXT_TOO_LARGE,
          "has an encryption context with an entry of more than %s bytes".formatted(MAX));
    }
    out.writeByte(value >> 8);
    out.writeByte(value);
  }
}
