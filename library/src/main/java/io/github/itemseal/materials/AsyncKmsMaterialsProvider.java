package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;

/**
 * A data key of AWS KMS for every item, without blocking. Thread-safe. Twin of {@link
 * KmsMaterialsProvider}; cancelling a future cancels its request, unless {@link
 * KmsSettings.Builder#dataKeyReuse} lets other items have its data key as well.
 */
public final class AsyncKmsMaterialsProvider
    implements AsyncCryptographicMaterialsProvider, PerItemKeys {
  private final Function<Optional<String>, KmsAsyncClient> clients;
  private final KmsEnvelope envelope;
  private final DataKeyCache<EncryptionMaterials> encryptionKeys;
  private final DataKeyCache<DecryptionMaterials> decryptionKeys;

  private AsyncKmsMaterialsProvider(
      Function<Optional<String>, KmsAsyncClient> clients, KmsSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsEnvelope(settings);
    this.encryptionKeys = new DataKeyCache<>(settings, KeyUse.ENCRYPT);
    this.decryptionKeys = new DataKeyCache<>(settings, KeyUse.DECRYPT);
  }

  /** Uses one client, so keys of its Region. */
  public static AsyncKmsMaterialsProvider of(KmsAsyncClient client, KmsSettings settings) {
    Objects.requireNonNull(client, "client");
    return new AsyncKmsMaterialsProvider(region -> client, settings);
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; empty for a key id or
   * alias. The function should keep its clients, and must not block.
   */
  public static AsyncKmsMaterialsProvider ofRegions(
      Function<Optional<String>, KmsAsyncClient> clients, KmsSettings settings) {
    return new AsyncKmsMaterialsProvider(clients, settings);
  }

  @Override
  public boolean givesKeysPerItem() {
    return !encryptionKeys.reusesKeys();
  }

  @Override
  public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
      EncryptionContext context) {
    return typed(
        context,
        () -> {
          GenerateDataKeyRequest request = envelope.generateRequest(context);
          return encryptionKeys.getAsync(
              request,
              encryptionKeys.bytesOf(context),
              () -> client(context).generateDataKey(request),
              response -> envelope.encryptionMaterials(context, response));
        });
  }

  @Override
  public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
      EncryptionContext context) {
    return typed(
        context,
        () -> {
          DecryptRequest request = envelope.decryptRequest(context);
          return decryptionKeys.getAsync(
              request,
              0,
              () -> client(context).decrypt(request),
              response -> envelope.decryptionMaterials(context, response));
        });
  }

  private static <M> CompletableFuture<M> typed(
      EncryptionContext context, Supplier<CompletableFuture<M>> call) {
    return CancellableStages.handle(
        Futures.of(call),
        (materials, failure) ->
            failure == null
                ? CompletableFuture.completedFuture(materials)
                : CompletableFuture.failedFuture(KmsEnvelope.failure(context, failure)),
        Runnable::run);
  }

  /** Forgets the data keys kept for reuse, if there are any: say after access was revoked. */
  public void refresh() {
    encryptionKeys.clear();
    decryptionKeys.clear();
  }

  private KmsAsyncClient client(EncryptionContext context) {
    return clients.apply(envelope.regionFor(context));
  }
}
