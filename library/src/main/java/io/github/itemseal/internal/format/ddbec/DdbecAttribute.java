package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.internal.crypto.Sha256;
import io.github.itemseal.internal.format.ByteWriter;

/** An attribute name as the format sees it: what to do with its values, and its hash. Immutable. */
final class DdbecAttribute {
  private static final byte[] UNHASHED = {};

  private final String name;
  private final CryptoAction action;
  private final byte[] nameHash;

  /**
   * @throws io.github.itemseal.internal.format.WireFormatException if the name of a signed
   *     attribute is not valid Unicode
   */
  DdbecAttribute(String name, CryptoAction action) {
    this.name = name;
    this.action = action;
    this.nameHash = action.signs() ? hash(name) : UNHASHED;
  }

  String name() {
    return name;
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
