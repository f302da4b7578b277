package io.github.itemseal.interop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items for vectors, and changes to them that leave the given map alone. */
final class VectorItems {
  private VectorItems() {}

  /** Keys {@code pk} and {@code sk}, and {@code a} to {@code c} of types S, N and B. */
  static Map<String, AttributeValue> simple() {
    Map<String, AttributeValue> item = keysOnly();
    item.put("a", s("a text that is longer than one block of the cipher"));
    item.put("b", n("12.5"));
    item.put("c", b(0, 1, 0x7F, 0x80, 0xFF));
    return item;
  }

  static Map<String, AttributeValue> keysOnly() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", s("partition"));
    item.put("sk", n("1"));
    return item;
  }

  /** The simple item with this attribute instead of a to c. */
  static Map<String, AttributeValue> with(String name, AttributeValue value) {
    return put(keysOnly(), name, value);
  }

  static Map<String, AttributeValue> put(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
    changed.put(name, value);
    return changed;
  }

  static Map<String, AttributeValue> without(Map<String, AttributeValue> item, String name) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
    if (changed.remove(name) == null) {
      throw new IllegalArgumentException("There is no attribute " + name);
    }
    return changed;
  }

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  static AttributeValue b(int... bytes) {
    return AttributeValue.fromB(bytes(bytes));
  }

  static AttributeValue bs(List<SdkBytes> members) {
    return AttributeValue.fromBs(members);
  }

  static SdkBytes bytes(int... bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = (byte) bytes[i];
    }
    return SdkBytes.fromByteArray(result);
  }
}
