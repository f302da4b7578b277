package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Arrays;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An attribute name as the format sees it. Its canonical path is the logical table name, a depth of
 * one in 8 bytes, {@code $}, the name's UTF-16 units in 8 bytes, and the name in UTF-8; paths order
 * the signed attributes. Source: docs/formats/dbe.md, "Canonical paths". Immutable.
 */
final class DbeAttribute implements Comparable<DbeAttribute> {
  private static final byte[] NO_PATH = {};

  private final String name;
  private final CryptoAction action;
  private final boolean signedWhenRead;
  private final byte[] path;

  /**
   * @param tableName the logical one
   * @param action what is done with it when it is written
   * @param signedWhenRead whether every stored item that has it signs it
   * @throws WireFormatException if a name is not valid Unicode
   */
  DbeAttribute(String tableName, String name, CryptoAction action, boolean signedWhenRead) {
    this.name = name;
    this.action = action;
    this.signedWhenRead = signedWhenRead;
    this.path = action.signs() || signedWhenRead ? path(tableName, name) : NO_PATH;
  }

  private static byte[] path(String tableName, String name) {
    ByteWriter out = new ByteWriter();
    out.writeUtf8(tableName);
    out.writeLong(1);
    out.writeByte('$');
    out.writeLong(name.length());
    out.writeUtf8(name);
    return out.toByteArray();
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

  CryptoAction action() {
    return action;
  }

  boolean signedWhenRead() {
    return signedWhenRead;
  }

  /** Shared: nobody may change it. */
  byte[] path() {
    return path;
  }

  /** The order of fields: unsigned bytes of the path. Only for attributes that are signed. */
  @Override
  public int compareTo(DbeAttribute other) {
    return Arrays.compareUnsigned(path, other.path);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DbeAttribute other && name.equals(other.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
