package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.concurrent.AgeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys from a {@link MetaStore}: new items are written with the newest version of a material,
 * stored items are read with the version they name. Thread-safe; the twin that does not block is
 * {@link AsyncCachingMostRecentProvider}.
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
  private final MetaStore store;
  private final MostRecentKeys keys;

  private CachingMostRecentProvider(MetaStore store, MostRecentKeys keys) {
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
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    String name = keys.materialNameFor(context);
    long newest = keys.newestVersion(name, this::newestOrFirst);
    return provider(new MaterialId(name, newest), KeyUse.ENCRYPT).encryptionMaterials(context);
  }

  /** The keys that the item names, which must be of the material that it should be of. */
  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    return provider(keys.idIn(context), KeyUse.DECRYPT).decryptionMaterials(context);
  }

  private MetaStoreMaterialsProvider provider(MaterialId id, KeyUse use) {
    return keys.provider(id, use, wanted -> store.provider(wanted.name(), wanted.version()));
  }

  private long newestOrFirst(String name) {
    OptionalLong newest = store.maxVersion(name);
    return newest.isPresent() ? newest.getAsLong() : store.getOrCreate(name, 0).version();
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
    OptionalLong cached = keys.cachedVersion();
    return cached.isPresent() ? cached : store.maxVersion(keys.materialName());
  }

  /** When the store was last asked for the newest version; empty if its answer is not cached. */
  public Optional<Instant> lastUpdated() {
    return keys.lastUpdated();
  }

  /** Builds a {@link CachingMostRecentProvider}. Not thread-safe. */
  public static final class Builder {
    private final MostRecentKeys.Settings settings = new MostRecentKeys.Settings();
    private @Nullable MetaStore store;

    private Builder() {}

    /** Where the keys are. Required. */
    public Builder store(MetaStore store) {
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
    public CachingMostRecentProvider build() {
      MostRecentKeys keys = settings.build(store);
      return new CachingMostRecentProvider(Objects.requireNonNull(store), keys);
    }
  }
}
