package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.concurrent.ExpiringCache;
import io.github.itemseal.internal.concurrent.Lifetime;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.format.ItemSize;
import io.github.itemseal.internal.listener.Notices;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Materials by the KMS request that they came from, within the limits of a {@link DataKeyReuse};
 * without one nothing is kept. Who needs what another caller is asking KMS for waits for that
 * answer, so the items of a page under one data key cost one request; what is wrong with it is told
 * of the item that it was made for. Thread-safe.
 *
 * @param <M> the materials
 */
final class DataKeyCache<M> {
  /** What listeners are told to have been asked. */
  private static final String SOURCE = "AWS KMS";

  private final CallKind kind;
  private final @Nullable DataKeyReuse limits;
  private final @Nullable ExpiringCache<Object, Kept<M>> kept;
  private final Notices notices;
  private final KeyUse use;

  DataKeyCache(KmsSettings settings, KeyUse use, CallKind kind) {
    this.kind = kind;
    this.limits = settings.dataKeyReuse();
    this.kept = limits == null || limits.maxUses() == 1 ? null : cache(limits);
    this.notices = settings.notices();
    this.use = use;
  }

  private static <M> ExpiringCache<Object, Kept<M>> cache(DataKeyReuse limits) {
    Lifetime lifetime = Lifetime.of(limits.maxAge(), Duration.ZERO);
    return new ExpiringCache<>(lifetime, limits.capacity(), limits.clock());
  }

  /** Whether several items may get the same key. */
  boolean reusesKeys() {
    return kept != null;
  }

  /** The size of an item to be written; 0 where nobody counts. */
  int bytesOf(EncryptionContext context) {
    return kept == null ? 0 : ItemSize.of(context.attributes());
  }

  /**
   * Materials for one item. Cancelling cancels the request to KMS, unless its answer is to be kept:
   * others may be waiting for it.
   *
   * @param bytes of the item to be written; 0 while reading
   * @param call asks KMS
   * @param materials what its answer makes
   */
  <R> Step<M> get(Object request, int bytes, Call<R> call, Function<R, M> materials) {
    Step<M> fetch = notices.fetching(SOURCE, use, Step.ask(call)).map(materials);
    return kept == null || isForOneItem(bytes) ? fetch : kept(kept, request, bytes, fetch);
  }

  /** Kept materials that serve the item; those that do not give way to new ones. */
  private Step<M> kept(
      ExpiringCache<Object, Kept<M>> cache, Object request, int bytes, Step<M> fetch) {
    return Step.lazily(
        () -> {
          AtomicBoolean fetched = new AtomicBoolean();
          return Step.ask(
                  kind.cached(
                      cache,
                      request,
                      wanted -> {
                        fetched.set(true);
                        return fetch.map(materials -> keep(materials, bytes));
                      }))
              .then(
                  found -> {
                    if (fetched.get()) {
                      return Step.done(found.materials);
                    }
                    if (found.serves(bytes)) {
                      notices.reused(SOURCE, use);
                      return Step.done(found.materials);
                    }
                    cache.remove(request, found);
                    return kept(cache, request, bytes, fetch);
                  });
        });
  }

  /** Whether a key for an item of so many bytes can serve no other: nobody waits for it. */
  private boolean isForOneItem(int bytes) {
    return limits != null && bytes >= limits.maxBytes();
  }

  /** Forgets everything. */
  void clear() {
    if (kept != null) {
      kept.clear();
    }
  }

  /** Materials that KMS has just given, and that serve an item of so many bytes already. */
  private Kept<M> keep(M materials, int bytes) {
    DataKeyReuse limits = Objects.requireNonNull(this.limits);
    return new Kept<>(materials, limits.maxUses() - 1, limits.maxBytes() - bytes);
  }

  /** Materials, and what they may still do. */
  private static final class Kept<M> {
    private final M materials;
    private long usesLeft;
    private long bytesLeft;

    Kept(M materials, long usesLeft, long bytesLeft) {
      this.materials = materials;
      this.usesLeft = usesLeft;
      this.bytesLeft = bytesLeft;
    }

    /** Whether they serve one more item; it is counted then. */
    synchronized boolean serves(int bytes) {
      if (usesLeft < 1 || bytesLeft < bytes) {
        return false;
      }
      usesLeft--;
      bytesLeft -= bytes;
      return true;
    }
  }
}
