package io.github.itemseal.materials;

import javax.crypto.SecretKey;

/** Checks on the AES keys that users configure. */
final class ContentKeys {
  private ContentKeys() {}

  /**
   * The key itself.
   *
   * @throws IllegalArgumentException if it is not an AES key of 128, 192 or 256 bits; the length of
   *     a key that does not show its bytes (an HSM's) is not checked
   */
  static SecretKey requireAes(SecretKey key) {
    byte[] encoded = key.getEncoded();
    boolean lengthFits = encoded == null || isAesLength(encoded.length * 8);
    if (!key.getAlgorithm().equalsIgnoreCase("AES") || !lengthFits) {
      throw new IllegalArgumentException(
          "Expected an AES key of 128, 192 or 256 bits, got algorithm '%s'%s."
              .formatted(
                  key.getAlgorithm(),
                  encoded == null ? "" : " and " + encoded.length * 8 + " bits"));
    }
    return key;
  }

  static boolean isAesLength(int bits) {
    return bits == 128 || bits == 192 || bits == 256;
  }
}
