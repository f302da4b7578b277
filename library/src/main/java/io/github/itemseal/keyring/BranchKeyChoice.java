package io.github.itemseal.keyring;

import io.github.itemseal.Dbe;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.concurrent.Lifetime;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.listener.Notices;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which branch key an item has, where it is fetched, and where and for how long it is kept.
 * Thread-safe.
 */
final class BranchKeyChoice {
  /** What listeners are told to have been asked. */
  private static final String SOURCE = "BranchKeyStore";

  private final BranchKeyCalls keyStore;
  private final BranchKeyIdSupplier supplier;
  private final BranchKeyCache cache;
  private final String partition;
  private final String logicalName;
  private final Lifetime lifetime;
  private final Notices notices;

  private BranchKeyChoice(
      BranchKeyCalls keyStore, Settings settings, BranchKeyIdSupplier supplier, Duration ttl) {
    this.keyStore = keyStore;
    this.supplier = supplier;
    this.cache = settings.cache == null ? BranchKeyCache.create() : settings.cache;
    this.partition = settings.partition;
    this.logicalName = Objects.requireNonNull(keyStore.logicalName(), "logicalName");
    this.lifetime = cache.lifetime(ttl);
    this.notices = new Notices(settings.listener);
  }

  /** The name of the store that the keys are of. */
  String logicalName() {
    return logicalName;
  }

  /** The active version of a branch key, from the cache or the key store. */
  Step<BranchKey> active(String branchKeyId) {
    return get(id(branchKeyId, null), KeyUse.ENCRYPT, keyStore.activeKey(branchKeyId));
  }

  /** A version of a branch key, from the cache or the key store. */
  Step<BranchKey> version(String branchKeyId, UUID version) {
    return get(id(branchKeyId, version), KeyUse.DECRYPT, keyStore.keyVersion(branchKeyId, version));
  }

  private Step<BranchKey> get(BranchKeyCache.Id id, KeyUse use, Call<BranchKey> keyStoreCall) {
    return cache.get(
        keyStore.kind(),
        id,
        lifetime,
        notices
            .fetching(SOURCE, use, Step.ask(keyStoreCall))
            .map(answer -> requireAsked(id, answer)),
        () -> notices.reused(SOURCE, use));
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

  /** What the builder collects. Not thread-safe. */
  static final class Settings {
    @Nullable String branchKeyId;
    @Nullable BranchKeyIdSupplier supplier;
    @Nullable Duration ttl;
    @Nullable BranchKeyCache cache;
    @Nullable ItemsealListener listener;
    String partition = UUID.randomUUID().toString();

    BranchKeyChoice build(BranchKeyCalls keyStore) {
      if (ttl == null) {
        throw new IllegalArgumentException("A hierarchical keyring needs ttl(...).");
      }
      if ((branchKeyId == null) == (supplier == null)) {
        throw new IllegalArgumentException(
            "A hierarchical keyring needs either branchKeyId(...) or branchKeyIdSupplier(...).");
      }
      if (branchKeyId == null) {
        return new BranchKeyChoice(keyStore, this, Objects.requireNonNull(supplier), ttl);
      }
      String id = BranchKey.requireId(branchKeyId);
      return new BranchKeyChoice(keyStore, this, attributes -> id, ttl);
    }
  }
}
