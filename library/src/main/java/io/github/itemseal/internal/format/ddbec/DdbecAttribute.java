package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.crypto.Sha256;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An attribute name as the format sees it: what to do with its values, and its hash. Immutable. */
final class DdbecAttribute {
  private static final byte[] UNHASHED = {};

  private final String name;
  private final CryptoAction action;
  private final byte[] nameHash;

  /**
   * @throws WireFormatException if the name of a signed attribute is not valid Unicode
   */
  DdbecAttribute(String name, CryptoAction action) {
    this.name = name;
    this.action = action;
    this.nameHash = action.signs() ? hash(name) : UNHASHED;
  }

  String name() {
    return name;
  }

  /**
   * The value that an item has for it.
   *
   * @throws WireFormatException naming the attribute, if it has none
   */
  AttributeValue valueIn(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new WireFormatException(FailureReason.VALUE_TYPE_INVALID, "is a Java null")
          .inAttribute(name);
    }
    return value;
  }

  boolean signs() {
    return action.signs();
  }

  boolean encrypts() {
    return action.encrypts();
  }

  /** Writes the SHA-256 of the UTF-8 name of a signed attribute. */
  void writeNameHash(byte[] target, int offset) {
    System.arraycopy(nameHash, 0, target, offset, nameHash.length);
  }

  private static byte[] hash(String name) {
    ByteWriter utf8 = new ByteWriter();
    utf8.writeUtf8(name);
    return new Sha256().update(utf8.buffer(), 0, utf8.length()).digest();
  }
}
