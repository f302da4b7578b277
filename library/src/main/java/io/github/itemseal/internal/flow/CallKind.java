package io.github.itemseal.internal.flow;

import io.github.itemseal.internal.concurrent.ExpiringCache;
import java.util.function.Function;

/**
 * The two kinds of {@link Call}. Logic needs to know its kind only where several callers share the
 * outcome of one step: blocking callers wait for it in their threads, asynchronous ones by futures.
 */
public enum CallKind {
  /** For {@link BlockingFlow}. */
  BLOCKING {
    @Override
    public <K, V> Call<V> cached(
        ExpiringCache<K, V> cache, K key, Function<? super K, Step<V>> source) {
      return Call.blocking(() -> cache.get(key, wanted -> BlockingFlow.run(source.apply(wanted))));
    }
  },

  /** For {@link AsyncFlow}. */
  ASYNC {
    @Override
    public <K, V> Call<V> cached(
        ExpiringCache<K, V> cache, K key, Function<? super K, Step<V>> source) {
      return Call.async(
          () ->
              cache.getAsync(key, wanted -> AsyncFlow.start(source.apply(wanted), Runnable::run)));
    }
  };

  /**
   * The value of a key in a cache. If it has to be fetched, and this caller is the one to do it,
   * the step of {@code source} is run. That step belongs to all callers who wait for it: cancelling
   * one of them does not cancel it. Its functions run wherever its calls are answered.
   */
  public abstract <K, V> Call<V> cached(
      ExpiringCache<K, V> cache, K key, Function<? super K, Step<V>> source);
}
