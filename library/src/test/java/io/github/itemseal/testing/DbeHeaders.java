package io.github.itemseal.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The header of stored DBE items, taken apart and put together as an attacker would: by no code of
 * the library, and with lengths that fit whatever is in it. Mutable.
 */
public final class DbeHeaders {
  private static final int MESSAGE_ID_BYTES = 32;
  private static final int COMMITMENT_BYTES = 32;

  public int version;
  public int suite;
  public byte[] messageId;
  public byte[] legend;

  /** Pairs, each of two byte strings. */
  public final List<List<byte[]>> context = new ArrayList<>();

  /** Provider id, provider info and ciphertext of each. */
  public final List<List<byte[]>> dataKeys = new ArrayList<>();

  public byte[] commitment;

  /** The parts of a header that is as it should be. */
  public DbeHeaders(byte[] header) {
    ByteBuffer in = ByteBuffer.wrap(header);
    version = in.get();
    suite = in.get();
    messageId = bytes(in, MESSAGE_ID_BYTES);
    legend = part(in);
    for (int count = in.getShort(); count > 0; count--) {
      context.add(List.of(part(in), part(in)));
    }
    for (int count = in.get() & 0xFF; count > 0; count--) {
      dataKeys.add(List.of(part(in), part(in), part(in)));
    }
    commitment = bytes(in, COMMITMENT_BYTES);
  }

  private static byte[] part(ByteBuffer in) {
    return bytes(in, in.getShort() & 0xFFFF);
  }

  private static byte[] bytes(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  /** The header of these parts. */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(version);
    out.write(suite);
    out.writeBytes(messageId);
    write(legend, out);
    writeShort(context.size(), out);
    context.forEach(pair -> pair.forEach(part -> write(part, out)));
    out.write(dataKeys.size());
    dataKeys.forEach(key -> key.forEach(part -> write(part, out)));
    out.writeBytes(commitment);
    return out.toByteArray();
  }

  private static void write(byte[] part, ByteArrayOutputStream out) {
    writeShort(part.length, out);
    out.writeBytes(part);
  }

  private static void writeShort(int value, ByteArrayOutputStream out) {
    out.write(value >> 8);
    out.write(value);
  }

  /** Of a text. */
  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A copy with one bit of it flipped; of nothing, one byte. */
  public static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = Arrays.copyOf(bytes, Math.max(1, bytes.length));
    copy[bit / 8 % copy.length] ^= (byte) (1 << bit % 8);
    return copy;
  }
}
