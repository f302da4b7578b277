package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.concurrent.AgeClock;
import io.github.itemseal.internal.concurrent.ExpiringCache;
import io.github.itemseal.internal.concurrent.Lifetime;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.listener.Notices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The most recent keys of materials, from a cache over a MetaStore: written once for both kinds of
 * {@link CachingMostRecentProvider}, as steps that ask for the store's calls. Thread-safe.
 */
final class MostRecentKeys {
  /** What listeners are told to have been asked. */
  private static final String SOURCE = "MetaStore";

  private final MaterialVersions store;
  private final String materialName;
  private final Function<? super EncryptionContext, String> materialNameOf;
  private final Duration ttl;
  private final ExpiringCache<String, Long> newestVersions;
  private final ExpiringCache<MaterialId, MetaStoreMaterialsProvider> providers;
  private final InstantSource wallClock;
  private final Notices notices;

  private MostRecentKeys(
      Settings settings, MaterialVersions store, String materialName, Duration ttl) {
    this.store = store;
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

  /** Keys of the newest version. If the material has none, version 0 is made. */
  Step<EncryptionMaterials> encryptionMaterials(EncryptionContext context) {
    return Step.lazily(
        () -> {
          String name = materialNameFor(context);
          return newestVersion(name)
              .then(newest -> provider(new MaterialId(name, newest), KeyUse.ENCRYPT))
              .map(provider -> provider.encryptionMaterials(context));
        });
  }

  /** The keys that the item names, which must be of the material that it should be of. */
  Step<DecryptionMaterials> decryptionMaterials(EncryptionContext context) {
    return Step.lazily(
        () ->
            provider(idIn(context), KeyUse.DECRYPT)
                .map(provider -> provider.decryptionMaterials(context)));
  }

  private Step<Long> newestVersion(String name) {
    return Step.ask(
        store
            .kind()
            .cached(
                newestVersions,
                name,
                wanted -> notices.fetching(SOURCE, KeyUse.ENCRYPT, newestOrFirst(wanted))));
  }

  private Step<Long> newestOrFirst(String name) {
    return store
        .maxVersion(name)
        .then(
            newest ->
                newest.isPresent()
                    ? Step.done(newest.getAsLong())
                    : store.getOrCreate(name, 0).map(MetaStoreMaterialsProvider::version));
  }

  /** Called while a step runs: whether the keys are fetched is that run's alone. */
  private Step<MetaStoreMaterialsProvider> provider(MaterialId id, KeyUse use) {
    AtomicBoolean fetched = new AtomicBoolean();
    return Step.ask(
            store
                .kind()
                .cached(
                    providers,
                    id,
                    wanted -> {
                      fetched.set(true);
                      return notices.fetching(
                          SOURCE, use, store.provider(wanted.name(), wanted.version()));
                    }))
        .map(
            provider -> {
              if (!fetched.get()) {
                notices.reused(SOURCE, use);
              }
              return provider;
            });
  }

  /** The material for an item, as the settings say. */
  private String materialNameFor(EncryptionContext context) {
    return MaterialId.requireName(
        Objects.requireNonNull(materialNameOf.apply(context), "materialNameOf(...) gave null"));
  }

  /** The version that a stored item names, of the material that it should be of. */
  private MaterialId idIn(EncryptionContext context) {
    return MaterialId.of(
        materialNameFor(context),
        context.materialDescription(),
        FailureSubject.of(context).withFormat(Ddbec.NAME));
  }

  /** That of the material's name; asks the store if it is not cached. */
  Step<OptionalLong> currentVersion() {
    return Step.lazily(
        () ->
            newestVersions
                .peek(materialName)
                .map(cached -> Step.done(OptionalLong.of(cached)))
                .orElseGet(() -> store.maxVersion(materialName)));
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

  /** What the builder collects. Not thread-safe. */
  static final class Settings {
    @Nullable String materialName;
    @Nullable Function<? super EncryptionContext, String> materialNameOf;
    @Nullable Duration ttl;
    Duration gracePeriod = Duration.ofMillis(500);
    int cacheSize = 1000;
    AgeClock ages = AgeClock.system();
    InstantSource wallClock = InstantSource.system();
    @Nullable ItemsealListener listener;

    MostRecentKeys build(MaterialVersions store) {
      if (materialName == null || ttl == null) {
        throw new IllegalArgumentException(
            "A caching most-recent provider needs materialName(...) and ttl(...).");
      }
      return new MostRecentKeys(this, store, materialName, ttl);
    }
  }
}
