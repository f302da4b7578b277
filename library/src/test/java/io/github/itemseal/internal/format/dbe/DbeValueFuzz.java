package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.fuzz.Reserialized;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Arrays;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Fuzz target: two bytes of type, then the serialized value of a DBE attribute. */
public final class DbeValueFuzz {
  private DbeValueFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 2) {
      return;
    }
    int typeId = ((data[0] & 0xFF) << 8) | (data[1] & 0xFF);
    byte[] body = Arrays.copyOfRange(data, 2, data.length);
    try {
      AttributeValue value = DbeValueCodec.parse(typeId, body);
      if (DbeValueCodec.typeId(value) != typeId) {
        throw new AssertionError("The type of the value is not the one it was parsed as.");
      }
      Reserialized.check(
          value, body, DbeValueFuzz::serialize, bytes -> DbeValueCodec.parse(typeId, bytes));
    } catch (WireFormatException refused) {
      return; // when it is parsed or, numbers above all, when it is written
    }
  }

  private static byte[] serialize(AttributeValue value) {
    ByteWriter out = new ByteWriter();
    DbeValueCodec.serialize(value, out);
    return out.toByteArray();
  }
}
