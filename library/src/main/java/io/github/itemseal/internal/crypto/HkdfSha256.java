package io.github.itemseal.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 and no salt (RFC 5869): several keys from one. Immutable and thread-safe. */
public final class HkdfSha256 {
  private static final String HMAC = "HmacSHA256";
  private static final int HASH_BYTES = 32;

  /** Most bytes that one key may have: 255 hashes (RFC 5869, section 2.3). */
  public static final int MAX_BYTES = 255 * HASH_BYTES;

  private final byte[] pseudorandomKey;

  /**
   * @param keyMaterial of any length; not kept
   */
  public HkdfSha256(byte[] keyMaterial) {
    this.pseudorandomKey = hmac(new byte[HASH_BYTES], keyMaterial); // no salt is a salt of zeros
  }

  /**
   * A key for one purpose.
   *
   * @param info what it is for, in ASCII
   * @param lengthBytes at most {@value #MAX_BYTES}
   */
  public byte[] expand(String info, int lengthBytes) {
    if (lengthBytes > MAX_BYTES) {
      throw new IllegalArgumentException("HKDF cannot give " + lengthBytes + " bytes.");
    }
    byte[] purpose = info.getBytes(StandardCharsets.US_ASCII);
    byte[] key = new byte[lengthBytes];
    byte[] block = new byte[0];
    for (int position = 0, i = 1; position < lengthBytes; position += HASH_BYTES, i++) {
      byte[] input = Arrays.copyOf(block, block.length + purpose.length + 1);
      System.arraycopy(purpose, 0, input, block.length, purpose.length);
      input[input.length - 1] = (byte) i;
      block = hmac(pseudorandomKey, input);
      System.arraycopy(block, 0, key, position, Math.min(HASH_BYTES, lengthBytes - position));
    }
    return key;
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
    }
  }
}
