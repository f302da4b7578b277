package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.concurrent.AgeClock;
import io.github.itemseal.internal.concurrent.ExpiringCache;
import io.github.itemseal.internal.concurrent.Lifetime;
import io.github.itemseal.internal.listener.Notices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the two caching most-recent providers share: settings, the cache of newest versions and the
 * cache of keys. Does no I/O; thread-safe.
 */
final class MostRecentKeys {
  /** What listeners are told to have been asked. */
  private static final String SOURCE = "MetaStore";

  private final String materialName;
  private final Function<? super EncryptionContext, String> materialNameOf;
  private final Duration ttl;
  private final ExpiringCache<String, Long> newestVersions;
  private final ExpiringCache<MaterialId, MetaStoreMaterialsProvider> providers;
  private final InstantSource wallClock;
  private final Notices notices;

  private MostRecentKeys(Settings settings, String materialName, Duration ttl) {
    this.materialName = MaterialId.requireName(materialName);
    this.materialNameOf =
        settings.materialNameOf == null ? context -> materialName : settings.materialNameOf;
    this.ttl = ttl;
    Lifetime lifetime = Lifetime.of(ttl, settings.gracePeriod);
    this.newestVersions = new ExpiringCache<>(lifetime, settings.cacheSize, settings.ages);
    this.providers = new ExpiringCache<>(lifetime, settings.cacheSize, settings.ages);
    this.wallClock = settings.wallClock;
    this.notices = new Notices(settings.listener);
  }

  String materialName() {
    return materialName;
  }

  Duration ttl() {
    return ttl;
  }

  /** The newest version of a material, from the cache or the store. */
  long newestVersion(String name, Function<String, Long> store) {
    return newestVersions.get(
        name, wanted -> notices.fetching(SOURCE, KeyUse.ENCRYPT, () -> store.apply(wanted)));
  }

  /** The same without blocking. */
  CompletableFuture<Long> newestVersionAsync(
      String name, Function<String, CompletableFuture<Long>> store) {
    return newestVersions.getAsync(
        name, wanted -> notices.fetchingAsync(SOURCE, KeyUse.ENCRYPT, () -> store.apply(wanted)));
  }

  /** The keys of a version, from the cache or the store. */
  MetaStoreMaterialsProvider provider(
      MaterialId id, KeyUse use, Function<MaterialId, MetaStoreMaterialsProvider> store) {
    AtomicBoolean fetched = new AtomicBoolean();
    MetaStoreMaterialsProvider provider =
        providers.get(
            id,
            wanted -> {
              fetched.set(true);
              return notices.fetching(SOURCE, use, () -> store.apply(wanted));
            });
    if (!fetched.get()) {
      notices.reused(SOURCE, use);
    }
    return provider;
  }

  /** The same without blocking. */
  CompletableFuture<MetaStoreMaterialsProvider> providerAsync(
      MaterialId id,
      KeyUse use,
      Function<MaterialId, CompletableFuture<MetaStoreMaterialsProvider>> store) {
    AtomicBoolean fetched = new AtomicBoolean();
    CompletableFuture<MetaStoreMaterialsProvider> provider =
        providers.getAsync(
            id,
            wanted -> {
              fetched.set(true);
              return notices.fetchingAsync(SOURCE, use, () -> store.apply(wanted));
            });
    return fetched.get()
        ? provider
        : provider.thenApply(
            kept -> {
              notices.reused(SOURCE, use);
              return kept;
            });
  }

  /** The material for an item, as the settings say. */
  String materialNameFor(EncryptionContext context) {
    return MaterialId.requireName(
        Objects.requireNonNull(materialNameOf.apply(context), "materialNameOf(...) gave null"));
  }

  /** The version that a stored item names, of the material that it should be of. */
  MaterialId idIn(EncryptionContext context) {
    return MaterialId.of(
        materialNameFor(context),
        context.materialDescription(),
        FailureSubject.of(context).withFormat(Ddbec.NAME));
  }

  OptionalLong cachedVersion() {
    return newestVersions.peek(materialName).stream().mapToLong(Long::longValue).findFirst();
  }

  Optional<Instant> lastUpdated() {
    OptionalLong age = newestVersions.ageMillis(materialName);
    return age.isPresent()
        ? Optional.of(wallClock.instant().minusMillis(age.getAsLong()))
        : Optional.empty();
  }

  void clear() {
    newestVersions.clear();
    providers.clear();
  }

  /** What the two builders collect. Not thread-safe. */
  static final class Settings {
    @Nullable String materialName;
    @Nullable Function<? super EncryptionContext, String> materialNameOf;
    @Nullable Duration ttl;
    Duration gracePeriod = Duration.ofMillis(500);
    int cacheSize = 1000;
    AgeClock ages = AgeClock.system();
    InstantSource wallClock = InstantSource.system();
    @Nullable ItemsealListener listener;

    MostRecentKeys build(@Nullable Object store) {
      if (store == null || materialName == null || ttl == null) {
        throw new IllegalArgumentException(
            "A caching most-recent provider needs store(...), materialName(...) and ttl(...).");
      }
      return new MostRecentKeys(this, materialName, ttl);
    }
  }
}
