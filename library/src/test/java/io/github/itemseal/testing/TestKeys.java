package io.github.itemseal.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys for tests and examples. They protect nothing: everybody can read them here. */
public final class TestKeys {
  private TestKeys() {}

  /** TEST KEY, AES, bytes 0, 1, 2 …. */
  public static SecretKey aes(int bits) {
    return new SecretKeySpec(countingBytes(bits / 8), "AES");
  }

  /** TEST KEY, HmacSHA256, bytes 0 to 31. */
  public static SecretKey hmac() {
    return hmac("HmacSHA256");
  }

  /** TEST KEY, any MAC algorithm, bytes 0 to 31. */
  public static SecretKey hmac(String algorithm) {
    return new SecretKeySpec(countingBytes(32), algorithm);
  }

  /** A fresh RSA-2048 key pair. */
  public static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A fresh EC key pair of a named curve, such as {@code secp256r1}. */
  public static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] countingBytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
