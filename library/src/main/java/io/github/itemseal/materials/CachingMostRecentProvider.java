package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.internal.concurrent.AgeClock;
import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.BlockingFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Keys from a {@link MetaStore}: new items are written with the newest version of a material,
 * stored items are read with the version they name. Over a {@link MetaStore.Async} it is an {@link
 * Async}, which does not block. Thread-safe.
 *
 * <p>Keys, and the number of the newest version, are kept for the time to live that you set, each
 * on its own, for writing and for reading alike. It is what you give up for speed: a key that you
 * were denied since is used, and a rotation is not noticed, for up to that time. For the grace
 * period that follows, one caller asks anew while the others still get the old keys. After it
 * nobody does: either the store gives the keys again, with all permissions that takes, or the
 * caller gets the failure.
 *
 * <p>Callers who need the same cold version at the same time cost one fetch; different versions do
 * not wait for each other. A fetch that fails is not remembered: those who wait for it get its
 * failure, later callers fetch again.
 *
 * <p>Keys whose time is over are dropped when they are met, and otherwise at most a second later as
 * long as the provider is used at all; {@link #refresh()} drops everything at once. Beyond the
 * cache size the version that was not used for longest goes. Source: docs/metastore.md.
 */
public final class CachingMostRecentProvider
    implements CryptographicMaterialsProvider, PerItemKeys {
  private final MostRecentKeys keys;

  private CachingMostRecentProvider(MostRecentKeys keys) {
    this.keys = keys;
  }

  /** Begins a provider that blocks, over a store that does. */
  public static Builder<CachingMostRecentProvider> builder(MetaStore store) {
    return new Builder<>(store.steps(), CachingMostRecentProvider::new);
  }

  /** Begins a provider that does not block, over a store that does not. */
  public static Builder<Async> builder(MetaStore.Async store) {
    return new Builder<>(store.steps(), Async::new);
  }

  @Override
  public boolean givesKeysPerItem() {
    return true;
  }

  /** Keys of the newest version. If the material has none, version 0 is made. */
  @Override
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    return BlockingFlow.run(keys.encryptionMaterials(context));
  }

  /** The keys that the item names, which must be of the material that it should be of. */
  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    return BlockingFlow.run(keys.decryptionMaterials(context));
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
  public OptionalLong currentVersion() {
    return BlockingFlow.run(keys.currentVersion());
  }

  /** When the store was last asked for the newest version; empty if its answer is not cached. */
  public Optional<Instant> lastUpdated() {
    return keys.lastUpdated();
  }

  /**
   * A {@link CachingMostRecentProvider} that never blocks its caller: the same promises.
   * Thread-safe.
   *
   * <p>Callers who need the same cold version share one fetch, but each has a future of its own:
   * cancelling it concerns nobody else.
   */
  public static final class Async implements AsyncCryptographicMaterialsProvider, PerItemKeys {
    private final MostRecentKeys keys;

    private Async(MostRecentKeys keys) {
      this.keys = keys;
    }

    @Override
    public boolean givesKeysPerItem() {
      return true;
    }

    /** Keys of the newest version. If the material has none, version 0 is made. */
    @Override
    public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
        EncryptionContext context) {
      return AsyncFlow.start(keys.encryptionMaterials(context), Runnable::run);
    }

    /** The keys that the item names, which must be of the material that it should be of. */
    @Override
    public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
        EncryptionContext context) {
      return AsyncFlow.start(keys.decryptionMaterials(context), Runnable::run);
    }

    /** See {@link CachingMostRecentProvider#refresh}. */
    public void refresh() {
      keys.clear();
    }

    /** See {@link CachingMostRecentProvider#materialName}. */
    public String materialName() {
      return keys.materialName();
    }

    /** See {@link CachingMostRecentProvider#ttl}. */
    public Duration ttl() {
      return keys.ttl();
    }

    /** See {@link CachingMostRecentProvider#currentVersion}. */
    public CompletableFuture<OptionalLong> currentVersion() {
      return AsyncFlow.start(keys.currentVersion(), Runnable::run);
    }

    /** See {@link CachingMostRecentProvider#lastUpdated}. */
    public Optional<Instant> lastUpdated() {
      return keys.lastUpdated();
    }
  }

  /**
   * Builds a {@link CachingMostRecentProvider} or an {@link Async}. Not thread-safe.
   *
   * @param <P> which of them
   */
  public static final class Builder<P> {
    private final MostRecentKeys.Settings settings = new MostRecentKeys.Settings();
    private final MaterialVersions store;
    private final Function<MostRecentKeys, P> provider;

    private Builder(MaterialVersions store, Function<MostRecentKeys, P> provider) {
      this.store = store;
      this.provider = provider;
    }

    /** The material to write and read with. Required; not empty, without {@code #}. */
    public Builder<P> materialName(String materialName) {
      settings.materialName = materialName;
      return this;
    }

    /**
     * Chooses the material of each item, say by tenant. It must choose the same one when the item
     * is read, so it may look at the table and at attributes that are not encrypted, and believe
     * none of them: the choice says only which keys to try. Default {@link #materialName} for all.
     */
    public Builder<P> materialNameOf(Function<? super EncryptionContext, String> materialNameOf) {
      settings.materialNameOf = Objects.requireNonNull(materialNameOf, "materialNameOf");
      return this;
    }

    /**
     * How long keys and versions are kept, at least 1 millisecond: how long a revoked permission
     * may go unnoticed. Required.
     */
    public Builder<P> ttl(Duration ttl) {
      settings.ttl = ttl;
      return this;
    }

    /**
     * How long after that the old ones are still used while one caller asks anew. Default 500
     * milliseconds; zero for none.
     */
    public Builder<P> gracePeriod(Duration gracePeriod) {
      settings.gracePeriod = Objects.requireNonNull(gracePeriod, "gracePeriod");
      return this;
    }

    /** How many versions of all materials to keep, at least 1. Default 1000. */
    public Builder<P> cacheSize(int cacheSize) {
      settings.cacheSize = cacheSize;
      return this;
    }

    /** For tests: what ages are measured by, and the time of day. */
    Builder<P> clocks(AgeClock ages, InstantSource wallClock) {
      settings.ages = ages;
      settings.wallClock = wallClock;
      return this;
    }

    /** Is told when the store is asked for keys, and when it need not be. Default nobody. */
    public Builder<P> listener(ItemsealListener listener) {
      settings.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Builds it, without asking the store.
     *
     * @throws IllegalArgumentException if a required part is missing, or a number is out of range
     */
    public P build() {
      return provider.apply(settings.build(store));
    }
  }
}
