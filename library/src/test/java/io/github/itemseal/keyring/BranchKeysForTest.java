package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A source of branch keys for both kinds of callers that notes, delays and fails its fetches. */
final class BranchKeysForTest implements BranchKeySource, AsyncBranchKeySource {
  static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-000000000001");
  static final UUID SECOND = UUID.fromString("00000000-0000-4000-8000-000000000002");

  private final String logicalName;
  private final List<String> fetches = new CopyOnWriteArrayList<>();
  private volatile UUID active = FIRST;
  private volatile boolean denied;
  private volatile @Nullable Supplier<@Nullable BranchKey> wrong;
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  BranchKeysForTest(String logicalName) {
    this.logicalName = logicalName;
  }

  /** The same key for the same names, and only versions {@link #FIRST} and {@link #SECOND}. */
  static BranchKey key(String id, UUID version) {
    byte[] key = new byte[32];
    byte[] name = (id + version).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < name.length; i++) {
      key[i % 32] = (byte) (31 * key[i % 32] + name[i]);
    }
    return BranchKey.of(id, version, Map.of(), key);
  }

  void rotate() {
    active = SECOND;
  }

  /** Answers everything with this from now on. */
  void answerWith(Supplier<@Nullable BranchKey> wrongKey) {
    wrong = wrongKey;
  }

  void deny(boolean deny) {
    denied = deny;
  }

  /** Fetches that begin from now on end when this does. */
  void waitFor(CompletableFuture<Void> end) {
    gate = end;
  }

  /** What was fetched so far: an id, or an id and a version. */
  List<String> fetches() {
    return fetches;
  }

  private BranchKey fetched(String id, UUID version) {
    if (denied || (!version.equals(FIRST) && !version.equals(SECOND))) {
      throw new MaterialsUnavailableException(
          denied ? FailureReason.KEY_SOURCE_FAILED : FailureReason.MATERIAL_VERSION_NOT_FOUND,
          FailureSubject.unknown(),
          denied ? "denied" : "no such version",
          null);
    }
    Supplier<@Nullable BranchKey> instead = wrong;
    return instead == null ? key(id, version) : instead.get();
  }

  private <T> T blocking(String fetch, Supplier<T> result) {
    fetches.add(fetch);
    gate.join();
    return result.get();
  }

  private <T> CompletableFuture<T> async(String fetch, Supplier<T> result) {
    fetches.add(fetch);
    return gate.thenApply(open -> result.get());
  }

  @Override
  public String logicalName() {
    return logicalName;
  }

  @Override
  public BranchKey activeKey(String id) {
    return blocking(id, () -> fetched(id, active));
  }

  @Override
  public BranchKey keyVersion(String id, UUID version) {
    return blocking(id + " " + version, () -> fetched(id, version));
  }

  @Override
  public BeaconKey beaconKey(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<BranchKey> activeKeyAsync(String id) {
    return async(id, () -> fetched(id, active));
  }

  @Override
  public CompletableFuture<BranchKey> keyVersionAsync(String id, UUID version) {
    return async(id + " " + version, () -> fetched(id, version));
  }

  @Override
  public CompletableFuture<BeaconKey> beaconKeyAsync(String id) {
    throw new UnsupportedOperationException();
  }
}
