package io.github.itemseal.internal.format;

import io.github.itemseal.FailureReason;
import java.util.Arrays;

/**
 * A growing byte buffer, reused for all values of an item. Not thread-safe.
 *
 * <p>UTF-8 is written here rather than by {@code String.getBytes} because that replaces half of a
 * surrogate pair by a question mark, so that two different texts would sign alike.
 */
public final class ByteWriter {
  private final AsciiPrefix asciiPrefix = new AsciiPrefix();
  private byte[] bytes = new byte[1024];
  private int length;

  /** The buffer; only {@code [0, length())} counts, and only until the next write. */
  public byte[] buffer() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** What was written, copied. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets what was written. */
  public void reset() {
    length = 0;
  }

  /** Grows at once to hold so many more bytes, for whoever knows about how many will come. */
  public void expect(long more) {
    require(more);
  }

  public void writeByte(int value) {
    require(1);
    bytes[length++] = (byte) value;
  }

  /** The same byte so many times. */
  public void writeRepeated(int value, int count) {
    require(count);
    Arrays.fill(bytes, length, length + count, (byte) value);
    length += count;
  }

  /** Four bytes, big-endian. */
  public void writeInt(int value) {
    require(Integer.BYTES);
    putInt(length, value);
    length += Integer.BYTES;
  }

  /** Two bytes, big-endian: the lower half of the number. */
  public void writeShort(int value) {
    require(Short.BYTES);
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
  }

  /** Eight bytes, big-endian. */
  public void writeLong(long value) {
    require(Long.BYTES);
    putInt(length, (int) (value >> 32));
    putInt(length + Integer.BYTES, (int) value);
    length += Long.BYTES;
  }

  /** Leaves room for a 4-byte length, which {@link #endPart} fills in. */
  public int beginPart() {
    writeInt(0);
    return length;
  }

  /** Ends the part whose first byte {@link #beginPart} named. */
  public void endPart(int start) {
    putInt(start - Integer.BYTES, length - start);
  }

  /** Leaves room for a 2-byte length, which {@link #endShortPart} fills in. */
  public int beginShortPart() {
    writeShort(0);
    return length;
  }

  /**
   * Ends the part whose first byte {@link #beginShortPart} named.
   *
   * @return whether it has no more than 65,535 bytes, so that its length fits
   */
  public boolean endShortPart(int start) {
    int part = length - start;
    bytes[start - 2] = (byte) (part >> 8);
    bytes[start - 1] = (byte) part;
    return part <= 0xFFFF;
  }

  public void writeRaw(byte[] value) {
    writeRaw(value, 0, value.length);
  }

  /** The bytes {@code value[offset, offset + count)}. */
  public void writeRaw(byte[] value, int offset, int count) {
    require(count);
    System.arraycopy(value, offset, bytes, length, count);
    length += count;
  }

  /** 4-byte length, then the bytes. */
  public void writeBytes(byte[] value) {
    writeInt(value.length);
    writeRaw(value);
  }

  /**
   * 4-byte length, then the text as UTF-8.
   *
   * @throws WireFormatException if the text holds half of a surrogate pair
   */
  public void writeText(String text) {
    int start = beginPart();
    writeUtf8(text);
    endPart(start);
  }

  /**
   * The text as UTF-8, without a length.
   *
   * @throws WireFormatException if the text holds half of a surrogate pair
   */
  public void writeUtf8(String text) {
    int end = text.length();
    require(end);
    int ascii = asciiPrefix.copy(text, bytes, length);
    length += ascii;
    require(3L * (end - ascii)); // a surrogate pair is two chars and four bytes
    for (int i = ascii; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xE0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else {
        if (Character.isLowSurrogate(c)
            || i + 1 == end
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new WireFormatException(
              FailureReason.TEXT_INVALID,
              "holds half of a surrogate pair, which is not valid Unicode text");
        }
        int codePoint = Character.toCodePoint(c, text.charAt(++i));
        bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
        bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
      }
    }
  }

  private void putInt(int position, int value) {
    bytes[position] = (byte) (value >> 24);
    bytes[position + 1] = (byte) (value >> 16);
    bytes[position + 2] = (byte) (value >> 8);
    bytes[position + 3] = (byte) value;
  }

  private void require(long more) {
    long needed = length + more;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 8) {
        throw new WireFormatException(
            FailureReason.VALUE_TYPE_INVALID, "is larger than any DynamoDB item");
      }
      int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }
}
