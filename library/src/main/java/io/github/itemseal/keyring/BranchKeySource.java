package io.github.itemseal.keyring;

import io.github.itemseal.MaterialsUnavailableException;
import java.util.UUID;

/**
 * Where the branch keys of hierarchical keyrings are. Implementations are thread-safe, may block on
 * I/O and keep nothing: keyrings do that. The twin that does not block is {@link
 * AsyncBranchKeySource}.
 *
 * <p>What cannot be had is a {@link MaterialsUnavailableException}.
 */
public interface BranchKeySource {
  /** The name of the store that its keys are bound to: a part of their identity in caches. */
  String logicalName();

  /** The version of a branch key that new items are written with. */
  BranchKey activeKey(String branchKeyId);

  /** The version of a branch key that a stored item names. */
  BranchKey keyVersion(String branchKeyId, UUID version);

  /** The key for searchable encryption that belongs to a branch key. It never changes. */
  BeaconKey beaconKey(String branchKeyId);
}
