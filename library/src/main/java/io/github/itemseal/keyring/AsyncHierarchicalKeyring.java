package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HierarchicalKeyring} that never blocks its caller: the same promises. Thread-safe.
 *
 * <p>Callers who need the same cold key share one fetch, but each has a future of its own:
 * cancelling it concerns nobody else.
 */
public final class AsyncHierarchicalKeyring implements AsyncKeyring {
  private final AsyncBranchKeySource keyStore;
  private final BranchKeyChoice choice;

  private AsyncHierarchicalKeyring(AsyncBranchKeySource keyStore, BranchKeyChoice choice) {
    this.keyStore = keyStore;
    this.choice = choice;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
    return Futures.of(
        () -> {
          String id = choice.branchKeyId(materials.contextAttributes(), materials.subject());
          return CancellableStages.apply(
              choice.activeAsync(id, () -> keyStore.activeKeyAsync(id)),
              branchKey -> BranchKeyWrapping.wrap(materials, branchKey),
              Runnable::run);
        });
  }

  @Override
  public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
    return Futures.of(
        () -> {
          String id = choice.branchKeyId(materials.contextAttributes(), materials.subject());
          return AsyncFlow.start(
              Attempts.firstOf(
                  materials,
                  BranchKeyWrapping.keysOf(id, materials),
                  key -> Step.ask(Call.async(() -> open(id, key, materials)))),
              Runnable::run);
        });
  }

  private CompletableFuture<DecryptionMaterials> open(
      String id, EncryptedDataKey key, DecryptionMaterials materials) {
    UUID version = BranchKeyWrapping.versionOf(key, materials);
    return CancellableStages.apply(
        choice.versionAsync(id, version, () -> keyStore.keyVersionAsync(id, version)),
        branchKey -> BranchKeyWrapping.unwrap(key, materials, branchKey),
        Runnable::run);
  }

  /** Forgets all keys of its cache, so that the next items ask the key store again. */
  public void refresh() {
    choice.refresh();
  }

  /** Builds an {@link AsyncHierarchicalKeyring}. Not thread-safe. */
  public static final class Builder {
    private final BranchKeyChoice.Settings settings = new BranchKeyChoice.Settings();
    private @Nullable AsyncBranchKeySource keyStore;

    private Builder() {}

    /** Where the branch keys are. Required. */
    public Builder keyStore(AsyncBranchKeySource keyStore) {
      this.keyStore = keyStore;
      return this;
    }

    /** The branch key of all items. This or {@link #branchKeyIdSupplier} is required. */
    public Builder branchKeyId(String branchKeyId) {
      settings.branchKeyId = branchKeyId;
      return this;
    }

    /** Chooses the branch key of each item. */
    public Builder branchKeyIdSupplier(BranchKeyIdSupplier supplier) {
      settings.supplier = supplier;
      return this;
    }

    /**
     * How long a branch key may be used after it was fetched, at least 1 millisecond: how long a
     * revoked permission may go unnoticed. Required.
     */
    public Builder ttl(Duration ttl) {
      settings.ttl = ttl;
      return this;
    }

    /** Where keys are kept. Default a {@link BranchKeyCache#create()} of its own. */
    public Builder cache(BranchKeyCache cache) {
      settings.cache = Objects.requireNonNull(cache, "cache");
      return this;
    }

    /**
     * Keyrings with one cache share keys if this is the same too: any name, but only for keyrings
     * whose users may have each other's keys. Default a random one.
     */
    public Builder partitionId(String partitionId) {
      settings.partition = Objects.requireNonNull(partitionId, "partitionId");
      return this;
    }

    /** Is told when the key store is asked for keys, and when it need not be. Default nobody. */
    public Builder listener(ItemsealListener listener) {
      settings.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Builds it, without asking the key store.
     *
     * @throws IllegalArgumentException if a required part is missing, or a number is out of range
     */
    public AsyncHierarchicalKeyring build() {
      BranchKeyChoice choice = settings.build(keyStore == null ? null : keyStore.logicalName());
      return new AsyncHierarchicalKeyring(Objects.requireNonNull(keyStore), choice);
    }
  }
}
