package io.github.itemseal.keyring;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The data key of an item as one key of a keyring wrapped it. Stored with the item in readable
 * form; from a stored item, an attacker's claim.
 *
 * @param providerId which kind of key it was, such as {@code aws-kms}; 65,535 bytes of UTF-8 at
 *     most
 * @param providerInfo which key it was, in a form that the provider knows; 65,535 bytes at most
 * @param ciphertext the wrapped data key, then the wrapped intermediate key; 65,535 bytes at most
 */
public record EncryptedDataKey(String providerId, SdkBytes providerInfo, SdkBytes ciphertext) {
  private static final int MAX_BYTES = 0xFFFF;

  /**
   * @throws IllegalArgumentException if a part is too long
   */
  public EncryptedDataKey {
    Objects.requireNonNull(providerId, "providerId");
    requireShort(providerId.getBytes(StandardCharsets.UTF_8).length, "provider id");
    requireShort(providerInfo.asByteArrayUnsafe().length, "provider info");
    requireShort(ciphertext.asByteArrayUnsafe().length, "ciphertext");
  }

  private static void requireShort(int bytes, String part) {
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "The %s of an encrypted data key has %s bytes, more than %s."
              .formatted(part, bytes, MAX_BYTES));
    }
  }

  /** The provider only: the info may be long, and the ciphertext says nothing. */
  @Override
  public String toString() {
    return "EncryptedDataKey[providerId=%s]".formatted(providerId);
  }
}
