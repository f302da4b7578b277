package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import io.github.itemseal.internal.flow.Step;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * Keyrings that wrap with branch keys, which are kept for a time: with warm keys an item costs no
 * call to AWS KMS or DynamoDB. New items are written with the active version of a branch key,
 * stored items are read with the version they name. Thread-safe.
 *
 * <p>The time to live is what you give up for speed: a key that you were denied since is used, and
 * a rotation is not noticed, for up to that time, for writing and for reading alike. After it the
 * key store gives the key again, with all permissions that takes, or the caller gets the failure.
 * To forget keys at once, give the keyring a {@link BranchKeyCache} and refresh that. More there,
 * and in docs/keystore.md.
 *
 * <p>Callers who need the same cold key share one fetch. Of an asynchronous keyring each has a
 * future of its own: cancelling it concerns nobody else.
 */
public final class HierarchicalKeyring {
  private HierarchicalKeyring() {}

  /**
   * Builds a keyring that blocks while its keys are fetched.
   *
   * @param keyStore where the branch keys are; one of both kinds has to be cast to one of them
   */
  public static Builder<Keyring> builder(BranchKeySource keyStore) {
    return new Builder<>(new BlockingBranchKeyCalls(keyStore), KeyringForms::blocking);
  }

  /** Builds a keyring that never blocks. */
  public static Builder<AsyncKeyring> builder(AsyncBranchKeySource keyStore) {
    return new Builder<>(new AsyncBranchKeyCalls(keyStore), KeyringForms::async);
  }

  /** Builds a keyring that needs no I/O. */
  public static Builder<LocalKeyring> builder(StaticBranchKeys keyStore) {
    return new Builder<>(new BlockingBranchKeyCalls(keyStore), KeyringForms::local);
  }

  private record Logic(BranchKeyChoice choice) implements SteppedKeyring {
    @Override
    public Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials) {
      String id = choice.branchKeyId(materials.contextAttributes(), materials.subject());
      return choice.active(id).map(branchKey -> BranchKeyWrapping.wrap(materials, branchKey));
    }

    @Override
    public Step<DecryptionMaterials> onDecrypt(DecryptionMaterials materials) {
      String id = choice.branchKeyId(materials.contextAttributes(), materials.subject());
      return Attempts.firstOf(
          materials, BranchKeyWrapping.keysOf(id, materials), key -> open(id, key, materials));
    }

    private Step<DecryptionMaterials> open(
        String id, EncryptedDataKey key, DecryptionMaterials materials) {
      UUID version = BranchKeyWrapping.versionOf(key, materials);
      return choice
          .version(id, version)
          .map(branchKey -> BranchKeyWrapping.unwrap(key, materials, branchKey));
    }

    @Override
    public String toString() {
      return "HierarchicalKeyring[%s]".formatted(choice.logicalName());
    }
  }

  /**
   * Builds a hierarchical keyring. Not thread-safe.
   *
   * @param <K> its kind
   */
  public static final class Builder<K> {
    private final BranchKeyCalls keyStore;
    private final Function<SteppedKeyring, K> form;
    private final BranchKeyChoice.Settings settings = new BranchKeyChoice.Settings();

    private Builder(BranchKeyCalls keyStore, Function<SteppedKeyring, K> form) {
      this.keyStore = keyStore;
      this.form = form;
    }

    /** The branch key of all items. This or {@link #branchKeyIdSupplier} is required. */
    public Builder<K> branchKeyId(String branchKeyId) {
      settings.branchKeyId = branchKeyId;
      return this;
    }

    /** Chooses the branch key of each item. */
    public Builder<K> branchKeyIdSupplier(BranchKeyIdSupplier supplier) {
      settings.supplier = supplier;
      return this;
    }

    /**
     * How long a branch key may be used after it was fetched, at least 1 millisecond: how long a
     * revoked permission may go unnoticed. Required.
     */
    public Builder<K> ttl(Duration ttl) {
      settings.ttl = ttl;
      return this;
    }

    /** Where keys are kept. Default a {@link BranchKeyCache#create()} of its own. */
    public Builder<K> cache(BranchKeyCache cache) {
      settings.cache = Objects.requireNonNull(cache, "cache");
      return this;
    }

    /**
     * Keyrings with one cache share keys if this is the same too: any name, but only for keyrings
     * whose users may have each other's keys. Default a random one.
     */
    public Builder<K> partitionId(String partitionId) {
      settings.partition = Objects.requireNonNull(partitionId, "partitionId");
      return this;
    }

    /** Is told when the key store is asked for keys, and when it need not be. Default nobody. */
    public Builder<K> listener(ItemsealListener listener) {
      settings.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Builds it, without asking the key store.
     *
     * @throws IllegalArgumentException if a required part is missing, or a number is out of range
     */
    public K build() {
      return form.apply(new Logic(settings.build(keyStore)));
    }
  }
}
