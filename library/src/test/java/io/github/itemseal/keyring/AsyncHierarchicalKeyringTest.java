package io.github.itemseal.keyring;

import static io.github.itemseal.keyring.HierarchicalKeyrings.reading;
import static io.github.itemseal.keyring.HierarchicalKeyrings.writing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.MaterialsUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only the asynchronous hierarchical keyring does: it never blocks, and can be cancelled. */
@Timeout(60)
class AsyncHierarchicalKeyringTest {
  private final BranchKeysForTest source = new BranchKeysForTest("Logical");
  private final AsyncKeyring overSource =
      HierarchicalKeyring.builder((AsyncBranchKeySource) source)
          .branchKeyId("id")
          .ttl(Duration.ofMinutes(1))
          .build();

  @Test
  void onEncryptAsync_keyStoreSlow_callerIsNotBlocked() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    CompletableFuture<EncryptionMaterials> pending = overSource.onEncryptAsync(writing(Map.of()));
    assertThat(pending).isNotDone();
    gate.complete(null);
    assertThat(pending.join().dataKey()).isPresent();
  }

  @Test
  void onEncryptAsync_oneWaiterCancels_theOthersGetTheKey() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    List<CompletableFuture<EncryptionMaterials>> waiters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiters.add(overSource.onEncryptAsync(writing(Map.of())));
    }
    assertThat(waiters.get(0).cancel(true)).as("the one who fetches").isTrue();
    assertThat(waiters.get(2).cancel(true)).as("one who waits").isTrue();
    gate.complete(null);
    assertThat(waiters.get(1).join().dataKey()).isPresent();
    assertThat(waiters.get(3).join().dataKey()).isPresent();
    assertThat(overSource.onEncryptAsync(writing(Map.of())).join().dataKey()).isPresent();
    assertThat(source.fetches()).hasSize(1);
  }

  /** Gives no key; remembers who waits for one. */
  private static class SilentSource implements AsyncBranchKeySource {
    final List<CompletableFuture<BranchKey>> asked = new ArrayList<>();

    CompletableFuture<BranchKey> ask() {
      asked.add(new CompletableFuture<>());
      return asked.get(asked.size() - 1);
    }

    @Override
    public String logicalName() {
      return "silent";
    }

    @Override
    public CompletableFuture<BranchKey> activeKeyAsync(String id) {
      return ask();
    }

    @Override
    public CompletableFuture<BranchKey> keyVersionAsync(String id, UUID version) {
      return ask();
    }

    @Override
    public CompletableFuture<BeaconKey> beaconKeyAsync(String id) {
      throw new UnsupportedOperationException();
    }
  }

  private static AsyncKeyring withoutCache(AsyncBranchKeySource keyStore) {
    return HierarchicalKeyring.builder(keyStore)
        .branchKeyId("id")
        .ttl(Duration.ofMinutes(1))
        .cache(BranchKeyCache.none())
        .build();
  }

  @Test
  @SuppressWarnings("NullAway") // what the interface forbids
  void onEncryptAsync_keyStoreReturnsNoFuture_saysSo() {
    AsyncKeyring keyring =
        withoutCache(
            new SilentSource() {
              @Override
              CompletableFuture<BranchKey> ask() {
                return null;
              }
            });
    assertThat(keyring.onEncryptAsync(writing(Map.of())))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(MaterialsUnavailableException.class)
        .withMessageContaining("answered with another key than was asked for");
  }

  @Test
  void cancelled_withoutACache_cancelsTheRequestOfTheKeyStore() {
    SilentSource silent = new SilentSource();
    AsyncKeyring keyring = withoutCache(silent);
    keyring.onEncryptAsync(writing(Map.of())).cancel(true);
    EncryptionMaterials written = overSource.onEncryptAsync(writing(Map.of())).join();
    keyring.onDecryptAsync(reading(Map.of(), written.encryptedDataKeys())).cancel(true);
    assertThat(silent.asked).hasSize(2).allMatch(CompletableFuture::isCancelled);
  }
}
