package io.github.itemseal.keyring;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One version of a branch key: 32 bytes from which the keys that wrap those of items are derived.
 * Immutable and thread-safe; the bytes are copied.
 */
public final class BranchKey {
  /** Bytes of a branch key, and of a beacon key. */
  static final int LENGTH_BYTES = 32;

  private final String branchKeyId;
  private final UUID version;
  private final Map<String, String> encryptionContext;
  private final SecretKey key;

  private BranchKey(
      String branchKeyId, UUID version, Map<String, String> encryptionContext, SecretKey key) {
    this.branchKeyId = branchKeyId;
    this.version = version;
    this.encryptionContext = encryptionContext;
    this.key = key;
  }

  /**
   * A version from its bytes.
   *
   * @param encryptionContext what the branch key's creator bound to it
   * @throws IllegalArgumentException if the id is empty or the key has not 32 bytes
   */
  public static BranchKey of(
      String branchKeyId, UUID version, Map<String, String> encryptionContext, byte[] key) {
    return new BranchKey(
        requireId(branchKeyId),
        Objects.requireNonNull(version, "version"),
        Map.copyOf(encryptionContext),
        requireKey(key));
  }

  static String requireId(String branchKeyId) {
    if (branchKeyId.isEmpty()) {
      throw new IllegalArgumentException("The branch key id is empty.");
    }
    return branchKeyId;
  }

  static SecretKey requireKey(byte[] key) {
    if (key.length != LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "A branch key or beacon key has %s bytes, not %s.".formatted(LENGTH_BYTES, key.length));
    }
    return new SecretKeySpec(key, "HmacSHA256");
  }

  /** The name that all versions share. */
  public String branchKeyId() {
    return branchKeyId;
  }

  /** Which version it is. */
  public UUID version() {
    return version;
  }

  /** What the branch key's creator bound to it, unmodifiable. */
  public Map<String, String> encryptionContext() {
    return encryptionContext;
  }

  /** The key, as an HMAC key. */
  public SecretKey key() {
    return key;
  }

  /** Names only. */
  @Override
  public String toString() {
    return "BranchKey[branchKeyId=%s, version=%s]".formatted(branchKeyId, version);
  }
}
