package io.github.itemseal.keyring;

import java.nio.charset.StandardCharsets;

/** Checks on the names under which users' own keys are found again. */
final class RawKeyNames {
  /** Leaves room for what a keyring appends within the 65,535 bytes of a provider info. */
  private static final int MAX_BYTES = 0xFFFF - 64;

  private RawKeyNames() {}

  /**
   * The namespace itself.
   *
   * @throws IllegalArgumentException if it is empty, too long, or the one of AWS KMS
   */
  static String requireNamespace(String namespace) {
    requireName(namespace);
    if (namespace.equals("aws-kms")) {
      throw new IllegalArgumentException("The key namespace 'aws-kms' belongs to AWS KMS keys.");
    }
    return namespace;
  }

  /**
   * The name's UTF-8 bytes.
   *
   * @throws IllegalArgumentException if it is empty or too long
   */
  static byte[] requireName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "A key's namespace and name have 1 to %s bytes, not %s."
              .formatted(MAX_BYTES, bytes.length));
    }
    return bytes;
  }
}
