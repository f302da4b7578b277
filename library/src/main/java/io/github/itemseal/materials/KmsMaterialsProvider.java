package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.BlockingFlow;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A data key of AWS KMS for every item, bound to the table and the item's key. With an asynchronous
 * client it is an {@link Async}, which does not block. Thread-safe.
 *
 * <p>Every item written or read costs one request to KMS, unless {@link
 * KmsSettings.Builder#dataKeyReuse} says otherwise. A restored table under another name needs the
 * old one as its logical name; the keys of an item cannot change without encrypting it anew.
 */
public final class KmsMaterialsProvider implements CryptographicMaterialsProvider, PerItemKeys {
  private final DataKeys keys;

  private KmsMaterialsProvider(DataKeys keys) {
    this.keys = keys;
  }

  /** Uses one client, so keys of its Region. */
  public static KmsMaterialsProvider of(KmsClient client, KmsSettings settings) {
    Objects.requireNonNull(client, "client");
    return ofRegions(region -> client, settings);
  }

  /** The same without blocking. */
  public static Async of(KmsAsyncClient client, KmsSettings settings) {
    Objects.requireNonNull(client, "client");
    return ofRegionsAsync(region -> client, settings);
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; empty for a key id or
   * alias. The function should keep its clients.
   */
  public static KmsMaterialsProvider ofRegions(
      Function<Optional<String>, KmsClient> clients, KmsSettings settings) {
    return new KmsMaterialsProvider(new DataKeys(new BlockingDataKeyCalls(clients), settings));
  }

  /** The same without blocking; nor must the function block. */
  public static Async ofRegionsAsync(
      Function<Optional<String>, KmsAsyncClient> clients, KmsSettings settings) {
    return new Async(new DataKeys(new AsyncDataKeyCalls(clients), settings));
  }

  @Override
  public boolean givesKeysPerItem() {
    return !keys.areReused();
  }

  @Override
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    return BlockingFlow.run(keys.encryptionMaterials(context));
  }

  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    return BlockingFlow.run(keys.decryptionMaterials(context));
  }

  /** Forgets the data keys kept for reuse, if there are any: say after access was revoked. */
  public void refresh() {
    keys.forget();
  }

  /**
   * A {@link KmsMaterialsProvider} that never blocks its caller. Thread-safe. Cancelling a future
   * cancels its request, unless {@link KmsSettings.Builder#dataKeyReuse} lets other items have its
   * data key as well.
   */
  public static final class Async implements AsyncCryptographicMaterialsProvider, PerItemKeys {
    private final DataKeys keys;

    private Async(DataKeys keys) {
      this.keys = keys;
    }

    @Override
    public boolean givesKeysPerItem() {
      return !keys.areReused();
    }

    @Override
    public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
        EncryptionContext context) {
      return AsyncFlow.start(keys.encryptionMaterials(context), Runnable::run);
    }

    @Override
    public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
        EncryptionContext context) {
      return AsyncFlow.start(keys.decryptionMaterials(context), Runnable::run);
    }

    /** Forgets the data keys kept for reuse, if there are any: say after access was revoked. */
    public void refresh() {
      keys.forget();
    }
  }
}
