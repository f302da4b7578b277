package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.materials.MaterialDescription;

/**
 * Fuzz target: the material description of a DDBEC item. Entries come in any order, so what is
 * parsed has the length of the bytes and parses to the same again.
 */
public final class DdbecDescriptionFuzz {
  private DdbecDescriptionFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    MaterialDescription description;
    try {
      description = DdbecMaterialDescriptionCodec.parse(data);
    } catch (WireFormatException refused) {
      return;
    }
    byte[] again = DdbecMaterialDescriptionCodec.serialize(description, new ByteWriter());
    if (again.length != data.length
        || !DdbecMaterialDescriptionCodec.parse(again).equals(description)) {
      throw new AssertionError("The description was parsed and serializes otherwise.");
    }
  }
}
