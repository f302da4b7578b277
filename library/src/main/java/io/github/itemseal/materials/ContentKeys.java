package io.github.itemseal.materials;

import javax.crypto.SecretKey;

/** Checks on the content and wrapping keys that users configure. */
final class ContentKeys {
  private ContentKeys() {}

  /**
   * The key itself: an AES key of 128, 192 or 256 bits, or a delegated key of any algorithm. The
   * length of a key that does not show its bytes (an HSM's) is not checked.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static SecretKey requireAesOrDelegated(SecretKey key) {
    if (key instanceof DelegatedKey) {
      return key;
    }
    int bits = bitsOf(key);
    boolean lengthFits = bits == 0 || isAesLength(bits);
    if (!key.getAlgorithm().equalsIgnoreCase("AES") || !lengthFits) {
      throw new IllegalArgumentException(
          "Expected an AES key of 128, 192 or 256 bits, got algorithm '%s'%s."
              .formatted(key.getAlgorithm(), bits == 0 ? "" : " and " + bits + " bits"));
    }
    return key;
  }

  /** 0 if the key does not show its bytes. */
  private static int bitsOf(SecretKey key) {
    byte[] encoded = key.getEncoded();
    return encoded == null ? 0 : encoded.length * 8;
  }

  static boolean isAesLength(int bits) {
    return bits == 128 || bits == 192 || bits == 256;
  }
}
