package io.github.itemseal;

/**
 * What is done with one attribute of an item, weakest first.
 *
 * <p>The order is the declaration order: when two configurations disagree the later constant wins,
 * see {@link #strongest}. {@link #value()} is an identifier shared with the Python client, not the
 * order.
 */
public enum CryptoAction {
  /** Neither encrypted nor signed: anyone who can write to the table can change it unnoticed. */
  DO_NOTHING(0),

  /** Stored readable, covered by the item's signature. */
  SIGN_ONLY(1),

  /**
   * Stored readable, covered by the signature, and part of the encryption context that key sources
   * see. Only items of the AWS Database Encryption SDK, version 2, know it; a table that writes
   * another format refuses it when it is built.
   */
  SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT(3),

  /** Stored encrypted, covered by the signature. */
  ENCRYPT_AND_SIGN(2);

  private final int value;

  CryptoAction(int value) {
    this.value = value;
  }

  /** The number that stands for this action in the guide and the Python client. */
  public int value() {
    return value;
  }

  /** Whether the stored value is ciphertext. */
  public boolean encrypts() {
    return this == ENCRYPT_AND_SIGN;
  }

  /** Whether the item's signature covers the attribute. */
  public boolean signs() {
    return this != DO_NOTHING;
  }

  /** The stronger of two actions. */
  public static CryptoAction strongest(CryptoAction a, CryptoAction b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
