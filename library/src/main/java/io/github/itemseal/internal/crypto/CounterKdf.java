package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key derivation in counter mode of NIST SP 800-108: block i, from 1, is the HMAC of the 4-byte
 * number i, the label, a zero byte, the context and the 4-byte number of bits wanted. Source:
 * docs/formats/dbe.md, "Counter key derivation". For one thread at a time.
 */
public final class CounterKdf {
  private final Mac mac;

  /**
   * @param hmac JCA name of the HMAC, such as {@code HmacSHA384}
   */
  public CounterKdf(Jca jca, String hmac) {
    this.mac = jca.mac(hmac);
  }

  /**
   * So many bytes from a key.
   *
   * @param key of any length but zero
   * @throws KeyFailure if the provider refuses
   */
  public byte[] derive(byte[] key, byte[] label, byte[] context, int lengthBytes) {
    try {
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("key derivation", e);
    }
    int blockBytes = mac.getMacLength();
    int blocks = (lengthBytes + blockBytes - 1) / blockBytes;
    byte[] derived = new byte[blocks * blockBytes];
    for (int block = 0; block < blocks; block++) {
      update(block + 1);
      mac.update(label);
      mac.update((byte) 0);
      mac.update(context);
      update(8 * lengthBytes);
      System.arraycopy(mac.doFinal(), 0, derived, block * blockBytes, blockBytes);
    }
    return Arrays.copyOf(derived, lengthBytes);
  }

  private void update(int number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      mac.update((byte) (number >> shift));
    }
  }
}
