package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.listener.Notices;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/**
 * A data key of AWS KMS for every item, without blocking. Thread-safe. Twin of {@link
 * KmsMaterialsProvider}; cancelling a future cancels its request.
 */
public final class AsyncKmsMaterialsProvider implements AsyncCryptographicMaterialsProvider {
  private final Function<Optional<String>, KmsAsyncClient> clients;
  private final KmsEnvelope envelope;
  private final Notices notices;
  private final DataKeyCache<EncryptionMaterials> encryptionKeys;
  private final DataKeyCache<DecryptionMaterials> decryptionKeys;

  private AsyncKmsMaterialsProvider(
      Function<Optional<String>, KmsAsyncClient> clients, KmsSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsEnvelope(settings);
    this.notices = settings.notices();
    this.encryptionKeys = new DataKeyCache<>(settings.dataKeyReuse());
    this.decryptionKeys = new DataKeyCache<>(settings.dataKeyReuse());
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
  public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
      EncryptionContext context) {
    int bytes = encryptionKeys.bytesOf(context);
    return call(
        context,
        KeyUse.ENCRYPT,
        encryptionKeys,
        bytes,
        () -> envelope.generateRequest(context),
        request -> client(context).generateDataKey(request),
        response -> envelope.encryptionMaterials(context, response));
  }

  @Override
  public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
      EncryptionContext context) {
    return call(
        context,
        KeyUse.DECRYPT,
        decryptionKeys,
        0,
        () -> envelope.decryptRequest(context),
        request -> client(context).decrypt(request),
        response -> envelope.decryptionMaterials(context, response));
  }

  private <Q, R, M> CompletableFuture<M> call(
      EncryptionContext context,
      KeyUse use,
      DataKeyCache<M> cache,
      int bytes,
      Supplier<Q> request,
      Function<Q, CompletableFuture<R>> operation,
      Function<R, M> materials) {
    Q asked;
    CompletableFuture<R> pending;
    try {
      asked = request.get();
      Optional<M> cached = cache.use(asked, bytes);
      if (cached.isPresent()) {
        notices.reused(KmsEnvelope.SOURCE, use);
        return CompletableFuture.completedFuture(cached.get());
      }
      pending = notices.fetchingAsync(KmsEnvelope.SOURCE, use, () -> operation.apply(asked));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(KmsEnvelope.failure(context, e));
    }
    CompletableFuture<M> result =
        pending.handle(
            (response, failure) -> {
              if (failure != null) {
                throw KmsEnvelope.failure(context, failure);
              }
              try {
                return cache.keep(asked, materials.apply(response), bytes);
              } catch (RuntimeException e) {
                throw KmsEnvelope.failure(context, e);
              }
            });
    CompletableFuture<M> unused =
        result.whenComplete(
            (given, failure) -> {
              if (result.isCancelled()) {
                pending.cancel(true);
              }
            });
    return result;
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
