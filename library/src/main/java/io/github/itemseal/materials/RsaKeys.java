package io.github.itemseal.materials;

import java.security.Key;
import java.security.interfaces.RSAKey;

/** A check on the RSA keys that users configure. */
final class RsaKeys {
  /**
   * The smallest that the old clients' items were made with, and that fits every padding in use.
   */
  private static final int MIN_BITS = 1024;

  private RsaKeys() {}

  /**
   * The key itself.
   *
   * @throws IllegalArgumentException if it is an RSA key of fewer than 1,024 bits
   */
  static <K extends Key> K requireLength(K key) {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_BITS) {
      throw new IllegalArgumentException(
          "An RSA key needs %s bits or more, better 2048; this one has %s."
              .formatted(MIN_BITS, rsa.getModulus().bitLength()));
    }
    return key;
  }
}
