package io.github.itemseal.benchmarks;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** TEST KEYS, which protect nothing: the same for all contenders. */
final class Keys {
  private Keys() {}

  static SecretKey aes() {
    return new SecretKeySpec(countingBytes(), "AES");
  }

  static SecretKey hmac() {
    return new SecretKeySpec(countingBytes(), "HmacSHA256");
  }

  static byte[] countingBytes() {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
