package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-512 and no salt (RFC 5869): several keys, each of one hash at most, from one. Not
 * thread-safe.
 */
public final class HkdfSha512 {
  /** Most bytes that one key may have here: one hash. */
  public static final int MAX_BYTES = 64;

  private static final String HMAC = "HmacSHA512";
  private static final SecretKeySpec NO_SALT = new SecretKeySpec(new byte[MAX_BYTES], HMAC);

  private final Mac mac;

  /**
   * @param keyMaterial of any length; not kept
   */
  public HkdfSha512(Jca jca, byte[] keyMaterial) {
    this.mac = jca.mac(HMAC);
    try {
      mac.init(NO_SALT); // RFC 5869, section 2.2: no salt is a hash's length of zeros
      byte[] pseudorandomKey = mac.doFinal(keyMaterial);
      mac.init(new SecretKeySpec(pseudorandomKey, HMAC));
      Arrays.fill(pseudorandomKey, (byte) 0);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("data key", e);
    }
  }

  /**
   * A key for one purpose.
   *
   * @param info what it is for: these parts, one behind the other
   * @param lengthBytes at most {@value #MAX_BYTES}
   */
  public byte[] expand(int lengthBytes, byte[]... info) {
    if (lengthBytes > MAX_BYTES) {
      throw new IllegalArgumentException("HKDF gives no " + lengthBytes + " bytes here.");
    }
    for (byte[] part : info) {
      mac.update(part);
    }
    mac.update((byte) 1); // the number of the first block, which is the only one
    return Arrays.copyOf(mac.doFinal(), lengthBytes);
  }
}
