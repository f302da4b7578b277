package io.github.itemseal.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), one object reused for many hashes. Not thread-safe. */
public final class Sha256 {
  /** Bytes of a hash. */
  public static final int LENGTH_BYTES = 32;

  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** The hash of a text's UTF-8 bytes. */
  public static byte[] of(String text) {
    return new Sha256().update(text.getBytes(StandardCharsets.UTF_8)).digest();
  }

  public Sha256 update(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  public Sha256 update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    return this;
  }

  /** The hash of what was fed since the last one. */
  public byte[] digest() {
    return digest.digest();
  }

  /** The same, written to {@code target} from {@code offset} on. */
  public void digestInto(byte[] target, int offset) {
    try {
      digest.digest(target, offset, LENGTH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}
