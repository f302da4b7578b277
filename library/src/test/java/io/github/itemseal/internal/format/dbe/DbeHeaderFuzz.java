package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Arrays;

/** Fuzz target: the header of a DBE item. What is parsed serializes identically. */
public final class DbeHeaderFuzz {
  private DbeHeaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    DbeHeader header;
    try {
      header = DbeHeaderCodec.parse(data);
    } catch (WireFormatException refused) {
      return;
    }
    ByteWriter out = new ByteWriter();
    DbeHeaderCodec.serialize(header, out);
    byte[] partial = Arrays.copyOf(data, data.length - DbeHeader.COMMITMENT_BYTES);
    if (!Arrays.equals(out.toByteArray(), partial)) {
      throw new AssertionError("The header was parsed and serializes otherwise.");
    }
  }
}
