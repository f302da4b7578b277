package io.github.itemseal.keyring;

import java.util.Map;
import javax.crypto.SecretKey;

/**
 * The key for searchable encryption that belongs to a branch key: 32 bytes that never change.
 * Immutable and thread-safe; the bytes are copied.
 */
public final class BeaconKey {
  private final String branchKeyId;
  private final Map<String, String> encryptionContext;
  private final SecretKey key;

  private BeaconKey(String branchKeyId, Map<String, String> encryptionContext, SecretKey key) {
    this.branchKeyId = branchKeyId;
    this.encryptionContext = encryptionContext;
    this.key = key;
  }

  /**
   * A beacon key from its bytes.
   *
   * @param encryptionContext what the branch key's creator bound to it
   * @throws IllegalArgumentException if the id is empty or the key has not 32 bytes
   */
  public static BeaconKey of(
      String branchKeyId, Map<String, String> encryptionContext, byte[] key) {
    return new BeaconKey(
        BranchKey.requireId(branchKeyId), Map.copyOf(encryptionContext), BranchKey.requireKey(key));
  }

  /** The branch key that it belongs to. */
  public String branchKeyId() {
    return branchKeyId;
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
    return "BeaconKey[branchKeyId=%s]".formatted(branchKeyId);
  }
}
