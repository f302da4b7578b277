package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.fuzz.Reserialized;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Fuzz target: the plaintext of an encrypted DDBEC attribute. */
public final class DdbecValueFuzz {
  private DdbecValueFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      Reserialized.check(
          DdbecValueCodec.parse(data), data, DdbecValueFuzz::serialize, DdbecValueCodec::parse);
    } catch (WireFormatException refused) {
      return; // when it is parsed or, numbers above all, when it is written
    }
  }

  private static byte[] serialize(AttributeValue value) {
    ByteWriter out = new ByteWriter();
    DdbecValueCodec.serialize(value, DdbecDialect.JAVA, out);
    return out.toByteArray();
  }
}
