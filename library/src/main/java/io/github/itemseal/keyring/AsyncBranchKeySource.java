package io.github.itemseal.keyring;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A {@link BranchKeySource} that never blocks; its futures fail with the same exceptions. */
public interface AsyncBranchKeySource {
  /** See {@link BranchKeySource#logicalName}. */
  String logicalName();

  /** See {@link BranchKeySource#activeKey}. */
  CompletableFuture<BranchKey> activeKeyAsync(String branchKeyId);

  /** See {@link BranchKeySource#keyVersion}. */
  CompletableFuture<BranchKey> keyVersionAsync(String branchKeyId, UUID version);

  /** See {@link BranchKeySource#beaconKey}. */
  CompletableFuture<BeaconKey> beaconKeyAsync(String branchKeyId);
}
