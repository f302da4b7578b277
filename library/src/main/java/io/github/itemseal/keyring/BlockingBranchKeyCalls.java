package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.Objects;
import java.util.UUID;

/** The calls of a blocking source. */
record BlockingBranchKeyCalls(BranchKeySource source) implements BranchKeyCalls {
  BlockingBranchKeyCalls {
    Objects.requireNonNull(source, "keyStore");
  }

  @Override
  public CallKind kind() {
    return CallKind.BLOCKING;
  }

  @Override
  public String logicalName() {
    return source.logicalName();
  }

  @Override
  public Call<BranchKey> activeKey(String branchKeyId) {
    return Call.blocking(() -> source.activeKey(branchKeyId));
  }

  @Override
  public Call<BranchKey> keyVersion(String branchKeyId, UUID version) {
    return Call.blocking(() -> source.keyVersion(branchKeyId, version));
  }
}
