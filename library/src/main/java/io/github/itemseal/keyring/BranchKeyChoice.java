package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.concurrent.Lifetime;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the two hierarchical keyrings share: which branch key an item has, and where and for how
 * long it is kept. Does no I/O; thread-safe.
 */
final class BranchKeyChoice {
  private final BranchKeyIdSupplier supplier;
  private final BranchKeyCache cache;
  private final String partition;
  private final String logicalName;
  private final Lifetime lifetime;

  private BranchKeyChoice(
      Settings settings, BranchKeyIdSupplier supplier, Duration ttl, String logicalName) {
    this.supplier = supplier;
    this.cache = settings.cache == null ? BranchKeyCache.create() : settings.cache;
    this.partition = settings.partition;
    this.logicalName = logicalName;
    this.lifetime = cache.lifetime(ttl);
  }

  BranchKeyCache cache() {
    return cache;
  }

  Lifetime lifetime() {
    return lifetime;
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

  BranchKeyCache.Id active(String branchKeyId) {
    return new BranchKeyCache.Id(partition, logicalName, branchKeyId, null);
  }

  BranchKeyCache.Id version(String branchKeyId, UUID version) {
    return new BranchKeyCache.Id(partition, logicalName, branchKeyId, version);
  }

  /** What the two builders collect. Not thread-safe. */
  static final class Settings {
    @Nullable String branchKeyId;
    @Nullable BranchKeyIdSupplier supplier;
    @Nullable Duration ttl;
    @Nullable BranchKeyCache cache;
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
