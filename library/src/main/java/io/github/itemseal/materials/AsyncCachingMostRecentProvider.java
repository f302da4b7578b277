package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.concurrent.AgeClock;
import io.github.itemseal.internal.concurrent.Futures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CachingMostRecentProvider} that never blocks its caller, over an {@link
 * MetaStore.Async}: the same promises. Thread-safe.
 *
 * <p>Callers who need the same cold version share one fetch, but each has a future of its own:
 * cancelling it concerns nobody else.
 */
public final class AsyncCachingMostRecentProvider
    implements AsyncCryptographicMaterialsProvider, PerItemKeys {
  private final MetaStore.Async store;
  private final MostRecentKeys keys;

  private AsyncCachingMostRecentProvider(MetaStore.Async store, MostRecentKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean givesKeysPerItem() {
    return true;
  }

  /** Keys of the newest version. If the material has none, version 0 is made. */
  @Override
  public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
      EncryptionContext context) {
    return Futures.of(
        () -> {
          String name = keys.materialNameFor(context);
          return keys.newestVersionAsync(name, this::newestOrFirst)
              .thenCompose(newest -> provider(new MaterialId(name, newest), KeyUse.ENCRYPT))
              .thenApply(provider -> provider.encryptionMaterials(context));
        });
  }

  /** The keys that the item names, which must be of the material that it should be of. */
  @Override
  public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
      EncryptionContext context) {
    return Futures.of(
        () ->
            provider(keys.idIn(context), KeyUse.DECRYPT)
                .thenApply(provider -> provider.decryptionMaterials(context)));
  }

  private CompletableFuture<MetaStoreMaterialsProvider> provider(MaterialId id, KeyUse use) {
    return keys.providerAsync(id, use, wanted -> store.provider(wanted.name(), wanted.version()));
  }

  private CompletableFuture<Long> newestOrFirst(String name) {
    return store
        .maxVersion(name)
        .thenCompose(
            newest ->
                newest.isPresent()
                    ? CompletableFuture.completedFuture(newest.getAsLong())
                    : store.getOrCreate(name, 0).thenApply(MetaStoreMaterialsProvider::version));
  }

  /** Forgets all keys and versions, so that the next items ask the store again. */
  public void refresh() {
    keys.clear();
  }

  /** The name of the material, where no function chooses another. */
  public String materialName() {
    return keys.materialName();
  }

  /** How long keys and versions are kept, the grace period not counted. */
  public Duration ttl() {
    return keys.ttl();
  }

  /**
   * The version that new items of {@link #materialName()} are written with; empty if there is none
   * yet. Asks the store if it is not cached, and does not cache the answer.
   */
  public CompletableFuture<OptionalLong> currentVersion() {
    OptionalLong cached = keys.cachedVersion();
    return cached.isPresent()
        ? CompletableFuture.completedFuture(cached)
        : store.maxVersion(keys.materialName());
  }

  /** When the store was last asked for the newest version; empty if its answer is not cached. */
  public Optional<Instant> lastUpdated() {
    return keys.lastUpdated();
  }

  /** Builds an {@link AsyncCachingMostRecentProvider}. Not thread-safe. */
  public static final class Builder {
    private final MostRecentKeys.Settings settings = new MostRecentKeys.Settings();
    private MetaStore.@Nullable Async store;

    private Builder() {}

    /** Where the keys are. Required. */
    public Builder store(MetaStore.Async store) {
      this.store = store;
      return this;
    }

    /** The material to write and read with. Required; not empty, without {@code #}. */
    public Builder materialName(String materialName) {
      settings.materialName = materialName;
      return this;
    }

    /**
     * Chooses the material of each item, say by tenant. It must choose the same one when the item
     * is read, so it may look at the table and at attributes that are not encrypted, and believe
     * none of them: the choice says only which keys to try. Default {@link #materialName} for all.
     */
    public Builder materialNameOf(Function<? super EncryptionContext, String> materialNameOf) {
      settings.materialNameOf = Objects.requireNonNull(materialNameOf, "materialNameOf");
      return this;
    }

    /**
     * How long keys and versions are kept, at least 1 millisecond: how long a revoked permission
     * may go unnoticed. Required.
     */
    public Builder ttl(Duration ttl) {
      settings.ttl = ttl;
      return this;
    }

    /**
     * How long after that the old ones are still used while one caller asks anew. Default 500
     * milliseconds; zero for none.
     */
    public Builder gracePeriod(Duration gracePeriod) {
      settings.gracePeriod = Objects.requireNonNull(gracePeriod, "gracePeriod");
      return this;
    }

    /** How many versions of all materials to keep, at least 1. Default 1000. */
    public Builder cacheSize(int cacheSize) {
      settings.cacheSize = cacheSize;
      return this;
    }

    /** For tests: what ages are measured by, and the time of day. */
    Builder clocks(AgeClock ages, InstantSource wallClock) {
      settings.ages = ages;
      settings.wallClock = wallClock;
      return this;
    }

    /** Is told when the store is asked for keys, and when it need not be. Default nobody. */
    public Builder listener(ItemsealListener listener) {
      settings.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Builds it, without asking the store.
     *
     * @throws IllegalArgumentException if a required part is missing, or a number is out of range
     */
    public AsyncCachingMostRecentProvider build() {
      MostRecentKeys keys = settings.build(store);
      return new AsyncCachingMostRecentProvider(Objects.requireNonNull(store), keys);
    }
  }
}
