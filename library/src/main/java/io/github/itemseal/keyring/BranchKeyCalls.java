package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.UUID;

/**
 * The calls that hierarchical keyrings ask for: all that differs between a {@link BranchKeySource}
 * and an {@link AsyncBranchKeySource}. Thread-safe.
 */
interface BranchKeyCalls {
  CallKind kind();

  /** See {@link BranchKeySource#logicalName}. */
  String logicalName();

  Call<BranchKey> activeKey(String branchKeyId);

  Call<BranchKey> keyVersion(String branchKeyId, UUID version);
}
