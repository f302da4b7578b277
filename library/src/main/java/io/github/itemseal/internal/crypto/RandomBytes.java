package io.github.itemseal.internal.crypto;

import java.security.SecureRandom;

/** Bytes nobody can guess. Thread-safe. */
public final class RandomBytes {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomBytes() {}

  /** So many new ones. */
  public static byte[] of(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
