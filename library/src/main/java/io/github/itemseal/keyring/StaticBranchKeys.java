package io.github.itemseal.keyring;

import io.github.itemseal.Dbe;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.concurrent.Futures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Branch keys in memory, without a table and without AWS KMS: for tests, and to read items offline
 * with keys that were saved. Serves blocking and asynchronous callers alike. Immutable and
 * thread-safe.
 */
public final class StaticBranchKeys implements BranchKeySource, AsyncBranchKeySource {
  private final List<BranchKey> branchKeys;
  private final Map<String, BranchKey> active = new HashMap<>();
  private final Map<BranchKeyVersion, BranchKey> versions = new HashMap<>();
  private final byte @Nullable [] beaconKey;

  private StaticBranchKeys(List<BranchKey> branchKeys, byte @Nullable [] beaconKey) {
    this.branchKeys = branchKeys;
    this.beaconKey = beaconKey;
    for (BranchKey key : branchKeys) {
      active.put(key.branchKeyId(), key);
      if (versions.put(new BranchKeyVersion(key.branchKeyId(), key.version()), key) != null) {
        throw new IllegalArgumentException(
            "Version %s of branch key '%s' is given twice."
                .formatted(key.version(), key.branchKeyId()));
      }
    }
  }

  /**
   * These branch keys. Of several versions of one branch key, the last is the active one.
   *
   * @throws IllegalArgumentException if a version is given twice
   */
  public static StaticBranchKeys of(BranchKey... branchKeys) {
    return new StaticBranchKeys(List.of(branchKeys), null);
  }

  /**
   * The same with a beacon key, for every branch key.
   *
   * @throws IllegalArgumentException if it has not 32 bytes
   */
  public StaticBranchKeys withBeaconKey(byte[] beaconKey) {
    var unused = BranchKey.requireKey(beaconKey);
    return new StaticBranchKeys(branchKeys, beaconKey.clone());
  }

  @Override
  public String logicalName() {
    return "static";
  }

  @Override
  public BranchKey activeKey(String branchKeyId) {
    return require(active.get(branchKeyId), "no branch key '%s'".formatted(branchKeyId));
  }

  @Override
  public BranchKey keyVersion(String branchKeyId, UUID version) {
    return require(
        versions.get(new BranchKeyVersion(branchKeyId, version)),
        "no version %s of branch key '%s'".formatted(version, branchKeyId));
  }

  @Override
  public BeaconKey beaconKey(String branchKeyId) {
    BranchKey key = activeKey(branchKeyId);
    return BeaconKey.of(branchKeyId, key.encryptionContext(), require(beaconKey, "no beacon key"));
  }

  @Override
  public CompletableFuture<BranchKey> activeKeyAsync(String branchKeyId) {
    return Futures.of(() -> CompletableFuture.completedFuture(activeKey(branchKeyId)));
  }

  @Override
  public CompletableFuture<BranchKey> keyVersionAsync(String branchKeyId, UUID version) {
    return Futures.of(() -> CompletableFuture.completedFuture(keyVersion(branchKeyId, version)));
  }

  @Override
  public CompletableFuture<BeaconKey> beaconKeyAsync(String branchKeyId) {
    return Futures.of(() -> CompletableFuture.completedFuture(beaconKey(branchKeyId)));
  }

  private static <T> T require(@Nullable T key, String missing) {
    if (key == null) {
      throw new MaterialsUnavailableException(
          FailureReason.MATERIAL_VERSION_NOT_FOUND,
          FailureSubject.unknown().withFormat(Dbe.NAME),
          "There is %s among the given ones.".formatted(missing),
          null);
    }
    return key;
  }

  /** How many keys, and nothing of them. */
  @Override
  public String toString() {
    return "StaticBranchKeys[versions=%s]".formatted(versions.size());
  }
}
