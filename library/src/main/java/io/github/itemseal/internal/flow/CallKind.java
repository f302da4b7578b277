package io.github.itemseal.internal.flow;

import io.github.itemseal.internal.concurrent.ExpiringCache;
import io.github.itemseal.internal.concurrent.FetchLimit;
import io.github.itemseal.internal.concurrent.Lifetime;
import java.util.function.Function;

/**
 * The two kinds of {@link Call}. Logic needs to know its kind only where several callers share the
 * outcome of one step, or wait for their turn: blocking callers wait in their threads, asynchronous
 * ones by futures.
 */
public enum CallKind {
  /** For {@link BlockingFlow}. */
  BLOCKING {
    @Override
    public <K, V> Call<V> cached(
        ExpiringCache<K, V> cache, K key, Lifetime lifetime, Function<? super K, Step<V>> source) {
      return Call.blocking(
          () -> cache.get(key, lifetime, wanted -> BlockingFlow.run(source.apply(wanted))));
    }

    @Override
    public <V> Call<V> limited(FetchLimit limit, Step<V> fetch) {
      return Call.blocking(() -> limit.run(() -> BlockingFlow.run(fetch)));
    }
  },

  /** For {@link AsyncFlow}. */
  ASYNC {
    @Override
    public <K, V> Call<V> cached(
        ExpiringCache<K, V> cache, K key, Lifetime lifetime, Function<? super K, Step<V>> source) {
      return Call.async(
          () ->
              cache.getAsync(
                  key, lifetime, wanted -> AsyncFlow.start(source.apply(wanted), Runnable::run)));
    }

    @Override
    public <V> Call<V> limited(FetchLimit limit, Step<V> fetch) {
      return Call.async(() -> limit.runAsync(() -> AsyncFlow.start(fetch, Runnable::run)));
    }
  };

  /**
   * The value of a key in a cache. If it has to be fetched, and this caller is the one to do it,
   * the step of {@code source} is run. That step belongs to all callers who wait for it: cancelling
   * one of them does not cancel it. Its functions run wherever its calls are answered.
   */
  public <K, V> Call<V> cached(
      ExpiringCache<K, V> cache, K key, Function<? super K, Step<V>> source) {
    return cached(cache, key, cache.lifetime(), source);
  }

  /** The same, by a lifetime of the caller's own. */
  public abstract <K, V> Call<V> cached(
      ExpiringCache<K, V> cache, K key, Lifetime lifetime, Function<? super K, Step<V>> source);

  /**
   * What a step gives that is run once its turn has come; cancelling the caller does not end it.
   */
  public abstract <V> Call<V> limited(FetchLimit limit, Step<V> fetch);
}
