package io.github.itemseal.internal.format;

import io.github.itemseal.FailureReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads big-endian integers, byte strings and texts from an array. Every length is checked against
 * what remains before anything is allocated. Not thread-safe.
 */
public final class ByteReader {
  /** What {@code String} puts in the place of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] bytes;
  private final FailureReason reason;
  private int position;

  /**
   * @param bytes read in place, never changed
   * @param reason the reason to fail with
   */
  public ByteReader(byte[] bytes, FailureReason reason) {
    this.bytes = bytes;
    this.reason = reason;
  }

  public boolean hasRemaining() {
    return position < bytes.length;
  }

  public int remaining() {
    return bytes.length - position;
  }

  public int readByte() {
    requireRemaining(1);
    return bytes[position++] & 0xFF;
  }

  /** A 4-byte unsigned count, refused unless so many elements of at least one size fit. */
  public int readCount(int smallestElementBytes) {
    long count = readUnsignedInt();
    if (count > remaining() / smallestElementBytes) {
      throw failure("claims more elements than there are bytes");
    }
    return (int) count;
  }

  /** A 4-byte unsigned length, then so many bytes. */
  public byte[] readBytes() {
    int length = readLength();
    byte[] value = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return value;
  }

  /** A 4-byte unsigned length, then so many bytes of UTF-8. */
  public String readText() {
    int length = readLength();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(position, length); // the text may hold the character itself
    }
    position += length;
    return text;
  }

  private void requireUtf8(int start, int length) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, start, length));
    } catch (CharacterCodingException e) {
      throw failure("holds text that is not UTF-8");
    }
  }

  public long readUnsignedInt() {
    requireRemaining(Integer.BYTES);
    long value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value = value << 8 | (bytes[position++] & 0xFF);
    }
    return value;
  }

  public WireFormatException failure(String detail) {
    return new WireFormatException(reason, detail);
  }

  private int readLength() {
    long length = readUnsignedInt();
    if (length > remaining()) {
      throw failure("claims a length beyond its end");
    }
    return (int) length;
  }

  private void requireRemaining(int count) {
    if (count > remaining()) {
      throw failure("ends too early");
    }
  }
}
