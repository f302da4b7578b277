package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/** The key stream of AES in counter mode (NIST SP 800-38A, section 6.5). Stateless. */
public final class AesCtr {
  /** Bytes of a counter block. */
  public static final int BLOCK_BYTES = 16;

  private AesCtr() {}

  /**
   * What the cipher would add to a message.
   *
   * @param counter the first block, big-endian
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] keyStream(Jca jca, SecretKey key, byte[] counter, int lengthBytes) {
    try {
      Cipher cipher =
          jca.cipher("AES/CTR/NoPadding", Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      return cipher.doFinal(new byte[lengthBytes]);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("data key", e);
    }
  }
}
