package io.github.itemseal.internal.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Copies the ASCII characters that a text begins with: most texts are ASCII to their end. Not
 * thread-safe.
 *
 * <p>{@code String.charAt} checks its index for each character. Here they are taken out in chunks:
 * few are narrowed in a loop; many go through the ISO-8859-1 encoder, which takes several in one
 * instruction on every JDK since 17, as that of ASCII does not.
 */
final class AsciiPrefix {
  private static final int FEW = 64;
  private static final int CHUNK = 512;
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private static final CharBuffer NO_CHARS = CharBuffer.allocate(0);
  private static final byte[] NO_TARGET = {};
  private static final ByteBuffer NO_BYTES = ByteBuffer.wrap(NO_TARGET);

  // All made for the first text that needs them.
  private CharBuffer chunk = NO_CHARS;
  private byte[] lastTarget = NO_TARGET;
  private ByteBuffer out = NO_BYTES;
  private @Nullable CharsetEncoder latin1;

  /**
   * Copies them.
   *
   * @param target with room for the whole text from {@code offset} on; what follows the ASCII
   *     characters there may change too
   * @return how many characters were copied
   */
  int copy(String text, byte[] target, int offset) {
    int end = text.length();
    int copied = 0;
    int count;
    int ascii;
    do {
      count = Math.min(end - copied, CHUNK);
      takeOut(text, copied, count);
      ascii =
          count <= FEW
              ? narrow(count, target, offset + copied)
              : encode(count, target, offset + copied);
      copied += ascii;
    } while (ascii == count && copied < end);
    return copied;
  }

  private void takeOut(String text, int from, int count) {
    if (count > chunk.capacity()) {
      chunk = CharBuffer.allocate(count <= FEW ? FEW : CHUNK);
    }
    text.getChars(from, from + count, chunk.array(), 0);
  }

  private int narrow(int count, byte[] target, int offset) {
    char[] chars = chunk.array();
    for (int i = 0; i < count; i++) {
      char c = chars[i];
      if (c >= 0x80) {
        return i;
      }
      target[offset + i] = (byte) c;
    }
    return count;
  }

  private int encode(int count, byte[] target, int offset) {
    if (lastTarget != target) {
      lastTarget = target;
      out = ByteBuffer.wrap(target);
    }
    if (latin1 == null) {
      latin1 = StandardCharsets.ISO_8859_1.newEncoder();
    }
    latin1.reset();
    latin1.encode(chunk.position(0).limit(count), out.position(offset), true); // as far as Latin-1
    return offsetOfNonAscii(out, offset, offset + chunk.position()) - offset;
  }

  /** Of the first byte that is not ASCII; {@code end} if all are. */
  private static int offsetOfNonAscii(ByteBuffer bytes, int start, int end) {
    int i = start;
    while (i <= end - Long.BYTES && (bytes.getLong(i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    while (i < end && bytes.get(i) >= 0) {
      i++;
    }
    return i;
  }
}
