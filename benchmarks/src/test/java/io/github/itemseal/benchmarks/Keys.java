package io.github.itemseal.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.ProtectionParameter;
import java.security.KeyStore.SecretKeyEntry;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** TEST KEYS, which protect nothing: the same for all contenders of a JVM. */
final class Keys {
  static final String BRANCH_KEY_ID = "benchmark-branch";
  static final String BRANCH_KEY_VERSION = "00000000-0000-4000-8000-000000000001";

  static final String ENCRYPTION_ALIAS = "encryption";
  static final String SIGNING_ALIAS = "signing";

  private Keys() {}

  static SecretKey aes() {
    return new SecretKeySpec(countingBytes(), "AES");
  }

  static SecretKey hmac() {
    return new SecretKeySpec(countingBytes(), "HmacSHA256");
  }

  /** RSA of 2048 bits. */
  static KeyPair rsa() {
    return Rsa.PAIR;
  }

  /** On P-256. */
  static KeyPair ec() {
    return Ec.PAIR;
  }

  /** Opens both entries of the key store. */
  static ProtectionParameter keyStorePassword() {
    return new PasswordProtection("TEST PASSWORD".toCharArray());
  }

  /** The AES and the HMAC key, in a key store of PKCS #12. */
  static KeyStore keyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setEntry(ENCRYPTION_ALIAS, new SecretKeyEntry(aes()), keyStorePassword());
      store.setEntry(SIGNING_ALIAS, new SecretKeyEntry(hmac()), keyStorePassword());
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] countingBytes() {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** Made when first asked for: those who do not need it do not wait for it. */
  private static final class Rsa {
    static final KeyPair PAIR = pair();

    private static KeyPair pair() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The same. */
  private static final class Ec {
    static final KeyPair PAIR = pair();

    private static KeyPair pair() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
