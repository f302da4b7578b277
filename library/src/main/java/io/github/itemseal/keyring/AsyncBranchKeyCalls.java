package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The calls of an asynchronous source. */
record AsyncBranchKeyCalls(AsyncBranchKeySource source) implements BranchKeyCalls {
  AsyncBranchKeyCalls {
    Objects.requireNonNull(source, "keyStore");
  }

  @Override
  public CallKind kind() {
    return CallKind.ASYNC;
  }

  @Override
  public String logicalName() {
    return source.logicalName();
  }

  @Override
  public Call<BranchKey> activeKey(String branchKeyId) {
    return Call.async(() -> orNothing(source.activeKeyAsync(branchKeyId)));
  }

  @Override
  public Call<BranchKey> keyVersion(String branchKeyId, UUID version) {
    return Call.async(() -> orNothing(source.keyVersionAsync(branchKeyId, version)));
  }

  /** A source may be anybody's: one that gives no future has given no key. */
  private static CompletableFuture<BranchKey> orNothing(
      @Nullable CompletableFuture<BranchKey> given) {
    return given == null ? CompletableFuture.completedFuture(null) : given;
  }
}
