package io.github.itemseal.benchmarks;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** JCA calls that the floors share, on inputs of the right lengths. */
final class BareCalls {
  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private static final byte[] ZERO_NONCE = new byte[NONCE_BYTES];
  private static final byte[] CONTEXT = new byte[200];
  private static final byte[] INFO = new byte[52];

  private BareCalls() {}

  /** HKDF-SHA-512 without salt: two keys of 32 bytes, each at the start of an array. */
  static byte[][] hkdf(byte[] secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(new byte[64], "HmacSHA512"));
    byte[] extracted = mac.doFinal(secret);
    mac.init(new SecretKeySpec(extracted, "HmacSHA512"));
    byte[] first = mac.doFinal(INFO);
    return new byte[][] {first, mac.doFinal(INFO)};
  }

  static byte[] mac(String algorithm, byte[] key, byte[] message) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, 0, KEY_BYTES, algorithm));
    return mac.doFinal(message);
  }

  /** A key sealed or opened, with an encryption context as associated data. */
  static byte[] gcm(int mode, SecretKey key, byte[] input) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, ZERO_NONCE));
    cipher.updateAAD(CONTEXT);
    return cipher.doFinal(input);
  }

  static SecretKey aes(byte[] keys, int offset) {
    return new SecretKeySpec(keys, offset, KEY_BYTES, "AES");
  }
}
