package io.github.itemseal.materials;

import io.github.itemseal.internal.crypto.KeyStrength;
import javax.crypto.SecretKey;

/** Checks on the content and wrapping keys that users configure. */
final class ContentKeys {
  private ContentKeys() {}

  /**
   * The key itself: an AES key of 128, 192 or 256 bits, or a delegated key of any algorithm that is
   * strong enough, as far as it tells.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static SecretKey requireAesOrDelegated(SecretKey key, KeyStrength.Use use) {
    return key instanceof DelegatedKey
        ? KeyStrength.require(key, use)
        : KeyStrength.requireAes(key);
  }
}
