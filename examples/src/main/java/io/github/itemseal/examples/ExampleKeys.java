package io.github.itemseal.examples;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys of these examples. They protect nothing: everybody can read them here. Use your own. */
final class ExampleKeys {
  private ExampleKeys() {}

  /** EXAMPLE KEY, AES, bytes 0 to 31. */
  static SecretKey aes() {
    return new SecretKeySpec(countingBytes(), "AES");
  }

  /** EXAMPLE KEY, HmacSHA256, bytes 0 to 31. */
  static SecretKey hmac() {
    return new SecretKeySpec(countingBytes(), "HmacSHA256");
  }

  private static byte[] countingBytes() {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
