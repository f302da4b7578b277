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
  private final int end;
  private int position;

  /**
   * @param bytes read in place, never changed
   * @param reason the reason to fail with
   */
  public ByteReader(byte[] bytes, FailureReason reason) {
    this(bytes, 0, bytes.length, reason);
  }

  /**
   * A reader of {@code bytes[start, end)}.
   *
   * @param bytes read in place, never changed
   * @param reason the reason to fail with
   */
  public ByteReader(byte[] bytes, int start, int end, FailureReason reason) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.reason = reason;
  }

  public boolean hasRemaining() {
    return position < end;
  }

  public int remaining() {
    return end - position;
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

  /** Where the next byte stands in the array. */
  public int position() {
    return position;
  }

  /** A 4-byte unsigned length, then so many bytes, which the returned reader reads in place. */
  public ByteReader readPart() {
    int length = readLength();
    position += length;
    return new ByteReader(bytes, position - length, position, reason);
  }

  /** All that is left. */
  public byte[] readRest() {
    return readRaw(remaining());
  }

  /** So many bytes. */
  public byte[] readRaw(int length) {
    requireRemaining(length);
    byte[] value = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return value;
  }

  /** All that is left, as UTF-8. */
  public String readRestAsText() {
    return readText(remaining());
  }

  /** A 2-byte unsigned number. */
  public int readUnsignedShort() {
    requireRemaining(Short.BYTES);
    return (bytes[position++] & 0xFF) << 8 | (bytes[position++] & 0xFF);
  }

  /** A 2-byte unsigned length, then so many bytes. */
  public byte[] readShortBytes() {
    return readRaw(readShortLength());
  }

  /** A 2-byte unsigned length, then so many bytes of UTF-8. */
  public String readShortText() {
    return readText(readShortLength());
  }

  /** A 4-byte unsigned length, then so many bytes. */
  public byte[] readBytes() {
    return readRaw(readLength());
  }

  /** A 4-byte unsigned length, then so many bytes of UTF-8. */
  public String readText() {
    return readText(readLength());
  }

  private String readText(int length) {
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

  private int readShortLength() {
    int length = readUnsignedShort();
    if (length > remaining()) {
      throw failure("claims a length beyond its end");
    }
    return length;
  }

  private void requireRemaining(int count) {
    if (count > remaining()) {
      throw failure("ends too early");
    }
  }
}
