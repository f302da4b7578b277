package io.github.itemseal.internal.crypto;

import java.security.MessageDigest;

/** SHA-384 (FIPS 180-4) of a message fed piece by piece. Not thread-safe. */
public final class Sha384 {
  /** Bytes of a hash. */
  public static final int LENGTH_BYTES = 48;

  private final MessageDigest digest;

  public Sha384(Jca jca) {
    this.digest = jca.digest("SHA-384");
  }

  public void update(byte[] bytes) {
    digest.update(bytes);
  }

  /** The piece {@code bytes[offset, offset + length)}. */
  public void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  /** The hash of what was fed. */
  public byte[] digest() {
    return digest.digest();
  }
}
