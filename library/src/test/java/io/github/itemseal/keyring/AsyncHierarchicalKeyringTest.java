package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.ItemsealListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AsyncHierarchicalKeyringTest extends HierarchicalKeyringContract {
  @Override
  AsyncHierarchicalKeyring build(Consumer<Setup> settings) {
    AsyncHierarchicalKeyring.Builder builder = AsyncHierarchicalKeyring.builder();
    settings.accept(new AsyncSetup(builder));
    return builder.build();
  }

  @Override
  Subject subject(Consumer<Setup> settings) {
    Consumer<Setup> withSource = setup -> setup.keyStore(source);
    AsyncHierarchicalKeyring keyring = build(withSource.andThen(settings));
    return new Subject() {
      @Override
      public CompletableFuture<EncryptionMaterials> encrypting(EncryptionMaterials materials) {
        return keyring.onEncryptAsync(materials);
      }

      @Override
      public CompletableFuture<DecryptionMaterials> decrypting(DecryptionMaterials materials) {
        return keyring.onDecryptAsync(materials);
      }

      @Override
      public void refresh() {
        keyring.refresh();
      }
    };
  }

  @Test
  void onEncryptAsync_keyStoreSlow_callerIsNotBlocked() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    CompletableFuture<EncryptionMaterials> pending =
        build(setup -> setup.keyStore(source).branchKeyId("id").ttl(Duration.ofMinutes(1)))
            .onEncryptAsync(writing(Map.of()));
    assertThat(pending).isNotDone();
    gate.complete(null);
    assertThat(pending.join().dataKey()).isPresent();
  }

  @Test
  void onEncryptAsync_oneWaiterCancels_theOthersGetTheKey() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    AsyncHierarchicalKeyring keyring =
        build(setup -> setup.keyStore(source).branchKeyId("id").ttl(Duration.ofMinutes(1)));
    List<CompletableFuture<EncryptionMaterials>> waiters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiters.add(keyring.onEncryptAsync(writing(Map.of())));
    }
    assertThat(waiters.get(0).cancel(true)).as("the one who fetches").isTrue();
    assertThat(waiters.get(2).cancel(true)).as("one who waits").isTrue();
    gate.complete(null);
    assertThat(waiters.get(1).join().dataKey()).isPresent();
    assertThat(waiters.get(3).join().dataKey()).isPresent();
    assertThat(keyring.onEncryptAsync(writing(Map.of())).join().dataKey()).isPresent();
    assertThat(source.fetches()).hasSize(1);
  }

  /** Gives no key; remembers who waits for one. */
  private static final class SilentSource implements AsyncBranchKeySource {
    final List<CompletableFuture<BranchKey>> asked = new ArrayList<>();

    private CompletableFuture<BranchKey> ask() {
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

  @Test
  void cancelled_withoutACache_cancelsTheRequestOfTheKeyStore() {
    SilentSource silent = new SilentSource();
    AsyncHierarchicalKeyring keyring =
        AsyncHierarchicalKeyring.builder()
            .keyStore(silent)
            .branchKeyId("id")
            .ttl(Duration.ofMinutes(1))
            .cache(BranchKeyCache.none())
            .build();
    keyring.onEncryptAsync(writing(Map.of())).cancel(true);
    EncryptionMaterials written =
        build(setup -> setup.keyStore(source).branchKeyId("id").ttl(Duration.ofMinutes(1)))
            .onEncryptAsync(writing(Map.of()))
            .join();
    keyring.onDecryptAsync(reading(Map.of(), written.encryptedDataKeys())).cancel(true);
    assertThat(silent.asked).hasSize(2).allMatch(CompletableFuture::isCancelled);
  }

  private record AsyncSetup(AsyncHierarchicalKeyring.Builder builder) implements Setup {
    @Override
    public Setup keyStore(BranchKeysForTest keyStore) {
      builder.keyStore(keyStore);
      return this;
    }

    @Override
    public Setup branchKeyId(String id) {
      builder.branchKeyId(id);
      return this;
    }

    @Override
    public Setup branchKeyIdSupplier(BranchKeyIdSupplier supplier) {
      builder.branchKeyIdSupplier(supplier);
      return this;
    }

    @Override
    public Setup ttl(Duration ttl) {
      builder.ttl(ttl);
      return this;
    }

    @Override
    public Setup cache(BranchKeyCache cache) {
      builder.cache(cache);
      return this;
    }

    @Override
    public Setup listener(ItemsealListener listener) {
      builder.listener(listener);
      return this;
    }

    @Override
    public Setup partitionId(String partitionId) {
      builder.partitionId(partitionId);
      return this;
    }
  }
}
