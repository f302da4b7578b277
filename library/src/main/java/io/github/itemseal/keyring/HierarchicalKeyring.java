package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Wraps with branch keys, which are kept for a time: with warm keys an item costs no call to AWS
 * KMS or DynamoDB. New items are written with the active version of a branch key, stored items are
 * read with the version they name. Thread-safe; the twin that does not block is {@link
 * AsyncHierarchicalKeyring}.
 *
 * <p>The time to live is what you give up for speed: a key that you were denied since is used, and
 * a rotation is not noticed, for up to that time, for writing and for reading alike. After it the
 * key store gives the key again, with all permissions that takes, or the caller gets the failure.
 * More on {@link BranchKeyCache}, and in docs/keystore.md.
 */
public final class HierarchicalKeyring implements Keyring {
  private final BranchKeySource keyStore;
  private final BranchKeyChoice choice;

  private HierarchicalKeyring(BranchKeySource keyStore, BranchKeyChoice choice) {
    this.keyStore = keyStore;
    this.choice = choice;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    String id = choice.branchKeyId(materials.contextAttributes(), materials.subject());
    BranchKey branchKey = choice.active(id, () -> keyStore.activeKey(id));
    return BranchKeyWrapping.wrap(materials, branchKey);
  }

  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    String id = choice.branchKeyId(materials.contextAttributes(), materials.subject());
    FailedAttempts failures = new FailedAttempts();
    for (EncryptedDataKey key : BranchKeyWrapping.keysOf(id, materials)) {
      try {
        UUID version = BranchKeyWrapping.versionOf(key, materials);
        BranchKey branchKey = choice.version(id, version, () -> keyStore.keyVersion(id, version));
        return BranchKeyWrapping.unwrap(key, materials, branchKey);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    throw failures.toException(materials);
  }

  /** Forgets all keys of its cache, so that the next items ask the key store again. */
  public void refresh() {
    choice.refresh();
  }

  /** Builds a {@link HierarchicalKeyring}. Not thread-safe. */
  public static final class Builder {
    private final BranchKeyChoice.Settings settings = new BranchKeyChoice.Settings();
    private @Nullable BranchKeySource keyStore;

    private Builder() {}

    /** Where the branch keys are. Required. */
    public Builder keyStore(BranchKeySource keyStore) {
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
    public HierarchicalKeyring build() {
      BranchKeyChoice choice = settings.build(keyStore == null ? null : keyStore.logicalName());
      return new HierarchicalKeyring(Objects.requireNonNull(keyStore), choice);
    }
  }
}
