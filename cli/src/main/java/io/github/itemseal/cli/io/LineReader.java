package io.github.itemseal.cli.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of bytes from a stream, in memory bounded by the longest line that is accepted. Lines end
 * with LF or CR LF, the last one also with the end of the stream; a UTF-8 byte order mark before
 * the first line is left out. Not thread-safe.
 *
 * <p>{@link #bytes}, {@link #offset} and {@link #length} show the current line until the next call
 * of {@link #next}.
 */
public final class LineReader {
  private static final int CHUNK_BYTES = 1 << 16;

  /** What to do before the reader may wait for input: a chance to show what is done so far. */
  @FunctionalInterface
  public interface BeforeWaiting {
    void run() throws IOException;
  }

  private final InputStream in;
  private final int maxLineBytes;
  private final BeforeWaiting beforeWaiting;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int position;
  private int limit;

  private byte[] joined = new byte[CHUNK_BYTES]; // a line that does not lie in one chunk
  private int joinedLength;

  private byte[] bytes = chunk;
  private int offset;
  private int length;
  private boolean tooLong;
  private long number;
  private long consumedBytes;

  /**
   * @param maxLineBytes the longest line, its end not counted
   */
  public LineReader(InputStream in, int maxLineBytes, BeforeWaiting beforeWaiting) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
    this.beforeWaiting = beforeWaiting;
  }

  /** Moves to the next line; false at the end of the stream. */
  public boolean next() throws IOException {
    joinedLength = 0;
    tooLong = false;
    boolean started = false;
    while (position < limit || fill()) {
      started = true;
      int end = position;
      while (end < limit && chunk[end] != '\n') {
        end++;
      }
      boolean complete = end < limit;
      if (complete && joinedLength == 0 && !tooLong) {
        show(chunk, position, end - position);
      } else {
        join(position, end - position);
        show(joined, 0, joinedLength);
      }
      int used = end - position + (complete ? 1 : 0);
      position += used;
      consumedBytes += used;
      if (complete) {
        break;
      }
    }
    if (started) {
      number++;
      trim();
    }
    return started;
  }

  /** Whether the line is longer than accepted; it is skipped then and shows no bytes. */
  public boolean isTooLong() {
    return tooLong;
  }

  /** Whether the line has nothing but spaces and tabs. */
  public boolean isBlank() {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return !tooLong;
  }

  /** Holds the line from {@link #offset} on. Owned by the reader. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** The line's number; the first is 1. */
  public long number() {
    return number;
  }

  /** Bytes of all lines so far, with their ends. */
  public long consumedBytes() {
    return consumedBytes;
  }

  private boolean fill() throws IOException {
    if (in.available() <= 0) {
      beforeWaiting.run();
    }
    int read = in.read(chunk, 0, chunk.length);
    position = 0;
    limit = Math.max(read, 0);
    return read > 0;
  }

  private void join(int from, int count) {
    if (tooLong || joinedLength + count > maxLineBytes + 1) { // 1 for a CR
      tooLong = true;
      joinedLength = 0;
      return;
    }
    if (joinedLength + count > joined.length) {
      joined = Arrays.copyOf(joined, Math.max(joinedLength + count, 2 * joined.length));
    }
    System.arraycopy(chunk, from, joined, joinedLength, count);
    joinedLength += count;
  }

  private void show(byte[] holder, int from, int count) {
    bytes = holder;
    offset = from;
    length = count;
  }

  private void trim() {
    if (length > 0 && bytes[offset + length - 1] == '\r') {
      length--;
    }
    if (number == 1
        && length >= 3
        && bytes[offset] == (byte) 0xEF
        && bytes[offset + 1] == (byte) 0xBB
        && bytes[offset + 2] == (byte) 0xBF) {
      offset += 3;
      length -= 3;
    }
    if (tooLong || length > maxLineBytes) {
      tooLong = true;
      length = 0;
    }
  }
}
