package io.github.itemseal.benchmarks;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  private static final Map<String, Provider> PROVIDERS = new ConcurrentHashMap<>();
  private static final GCMParameterSpec ZERO_NONCE =
      new GCMParameterSpec(8 * TAG_BYTES, new byte[NONCE_BYTES]);
  private static final SecretKey NO_SALT = new SecretKeySpec(new byte[64], "HmacSHA512");
  private static final byte[] CONTEXT = new byte[200];
  private static final byte[] INFO = new byte[52];

  private BareCalls() {}

  /** From the provider that JCA would look for each time anew. */
  static Cipher cipher(String transformation) throws GeneralSecurityException {
    Provider provider = PROVIDERS.get(transformation);
    if (provider == null) {
      provider = Cipher.getInstance(transformation).getProvider();
      PROVIDERS.put(transformation, provider);
    }
    return Cipher.getInstance(transformation, provider);
  }

  /** HKDF-SHA-512 without salt: two keys of 32 bytes, each at the start of an array. */
  static byte[][] hkdf(Mac hmacSha512, byte[] secret) throws Exception {
    hmacSha512.init(NO_SALT);
    byte[] extracted = hmacSha512.doFinal(secret);
    hmacSha512.init(new SecretKeySpec(extracted, hmacSha512.getAlgorithm()));
    byte[] first = hmacSha512.doFinal(INFO);
    return new byte[][] {first, hmacSha512.doFinal(INFO)};
  }

  static byte[] mac(Mac mac, byte[] key, byte[] message) throws Exception {
    mac.init(new SecretKeySpec(key, 0, KEY_BYTES, mac.getAlgorithm()));
    return mac.doFinal(message);
  }

  /** A key sealed or opened, with an encryption context as associated data. */
  static byte[] gcm(Cipher gcm, int mode, SecretKey key, byte[] input) throws Exception {
    gcm.init(mode, key, ZERO_NONCE);
    gcm.updateAAD(CONTEXT);
    return gcm.doFinal(input);
  }

  static SecretKey aes(byte[] keys, int offset) {
    return new SecretKeySpec(keys, offset, KEY_BYTES, "AES");
  }
}
