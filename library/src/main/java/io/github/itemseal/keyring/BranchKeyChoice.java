package io.github.itemseal.keyring;

import io.github.itemseal.Dbe;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Lifetime;
import io.github.itemseal.internal.listener.Notices;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the two hierarchical keyrings share: which branch key an item has, and where and for how
 * long it is kept. Does no I/O; thread-safe.
 */
final class BranchKeyChoice {
  /** What listeners are told to have been asked. */
  private static final String SOURCE = "BranchKeyStore";

  private final BranchKeyIdSupplier supplier;
  private final BranchKeyCache cache;
  private final String partition;
  private final String logicalName;
  private final Lifetime lifetime;
  private final Notices notices;

  private BranchKeyChoice(
      Settings settings, BranchKeyIdSupplier supplier, Duration ttl, String logicalName) {
    this.supplier = supplier;
    this.cache = settings.cache == null ? BranchKeyCache.create() : settings.cache;
    this.partition = settings.partition;
    this.logicalName = logicalName;
    this.lifetime = cache.lifetime(ttl);
    this.notices = new Notices(settings.listener);
  }

  /** Forgets all keys of the cache. */
  void refresh() {
    cache.refresh();
  }

  /** The active version of a branch key, from the cache or the key store. */
  BranchKey active(String branchKeyId, Supplier<BranchKey> keyStore) {
    return get(id(branchKeyId, null), KeyUse.ENCRYPT, keyStore);
  }

  /** The same without blocking. */
  CompletableFuture<BranchKey> activeAsync(
      String branchKeyId, Supplier<CompletableFuture<BranchKey>> keyStore) {
    return getAsync(id(branchKeyId, null), KeyUse.ENCRYPT, keyStore);
  }

  /** A version of a branch key, from the cache or the key store. */
  BranchKey version(String branchKeyId, UUID version, Supplier<BranchKey> keyStore) {
    return get(id(branchKeyId, version), KeyUse.DECRYPT, keyStore);
  }

  /** The same without blocking. */
  CompletableFuture<BranchKey> versionAsync(
      String branchKeyId, UUID version, Supplier<CompletableFuture<BranchKey>> keyStore) {
    return getAsync(id(branchKeyId, version), KeyUse.DECRYPT, keyStore);
  }

  private BranchKey get(BranchKeyCache.Id id, KeyUse use, Supplier<BranchKey> keyStore) {
    return cache.get(
        id,
        lifetime,
        () -> requireAsked(id, notices.fetching(SOURCE, use, keyStore)),
        () -> notices.reused(SOURCE, use));
  }

  private CompletableFuture<BranchKey> getAsync(
      BranchKeyCache.Id id, KeyUse use, Supplier<CompletableFuture<BranchKey>> keyStore) {
    return cache.getAsync(
        id,
        lifetime,
        () ->
            CancellableStages.apply(
                notices.fetchingAsync(SOURCE, use, () -> requireFuture(id, keyStore.get())),
                answer -> requireAsked(id, answer),
                Runnable::run),
        () -> notices.reused(SOURCE, use));
  }

  private CompletableFuture<BranchKey> requireFuture(
      BranchKeyCache.Id id, @Nullable CompletableFuture<BranchKey> future) {
    return future == null ? CompletableFuture.failedFuture(notAsked(id)) : future;
  }

  /** A source may be anybody's, and an item that is written with another key cannot be read. */
  private BranchKey requireAsked(BranchKeyCache.Id id, @Nullable BranchKey answer) {
    if (answer == null
        || !answer.branchKeyId().equals(id.branchKeyId())
        || (id.version() != null && !id.version().equals(answer.version()))) {
      throw notAsked(id);
    }
    return answer;
  }

  private MaterialsUnavailableException notAsked(BranchKeyCache.Id id) {
    return new MaterialsUnavailableException(
        FailureReason.MATERIALS_MISMATCH,
        FailureSubject.unknown().withFormat(Dbe.NAME),
        "The source of branch keys '%s' answered with another key than was asked for, of branch key '%s'."
            .formatted(logicalName, id.branchKeyId()),
        null);
  }

  /**
   * The branch key of an item.
   *
   * @throws MaterialsUnavailableException if the supplier throws or gives none
   */
  String branchKeyId(Map<String, AttributeValue> attributes, FailureSubject subject) {
    RuntimeException cause = null;
    try {
      String id = supplier.branchKeyId(attributes);
      if (id != null && !id.isEmpty()) {
        return id;
      }
    } catch (RuntimeException e) {
      cause = e;
    }
    throw new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        subject,
        "The branch key id supplier has no branch key for the %s.".formatted(subject.describe()),
        cause);
  }

  private BranchKeyCache.Id id(String branchKeyId, @Nullable UUID version) {
    return new BranchKeyCache.Id(partition, logicalName, branchKeyId, version);
  }

  /** What the two builders collect. Not thread-safe. */
  static final class Settings {
    @Nullable String branchKeyId;
    @Nullable BranchKeyIdSupplier supplier;
    @Nullable Duration ttl;
    @Nullable BranchKeyCache cache;
    @Nullable ItemsealListener listener;
    String partition = UUID.randomUUID().toString();

    /**
     * @param logicalName of the key store; null if there is none
     */
    BranchKeyChoice build(@Nullable String logicalName) {
      if (logicalName == null || ttl == null) {
        throw new IllegalArgumentException(
            "A hierarchical keyring needs keyStore(...) and ttl(...).");
      }
      if ((branchKeyId == null) == (supplier == null)) {
        throw new IllegalArgumentException(
            "A hierarchical keyring needs either branchKeyId(...) or branchKeyIdSupplier(...).");
      }
      if (branchKeyId == null) {
        return new BranchKeyChoice(this, Objects.requireNonNull(supplier), ttl, logicalName);
      }
      String id = BranchKey.requireId(branchKeyId);
      return new BranchKeyChoice(this, attributes -> id, ttl, logicalName);
    }
  }
}
