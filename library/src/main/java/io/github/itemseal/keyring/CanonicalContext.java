package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.Utf8Order;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    List<String> keys = new ArrayList<>(context.keySet());
    keys.sort(Utf8Order.INSTANCE);
    require(keys.size() <= MAX);
    out.writeShort(keys.size());
    for (String key : keys) {
      writeText(key, out);
      writeText(context.getOrDefault(key, ""), out);
    }
    return out.toByteArray();
  }

  private static void writeText(String text, ByteWriter out) {
    int start = out.beginShortPart();
    out.writeUtf8(text);
    require(out.endShortPart(start));
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new WireFormatException(
          FailureReason.CONTEXT_TOO_LARGE,
          "has an encryption context with an entry of more than %s bytes".formatted(MAX));
    }
  }
}
