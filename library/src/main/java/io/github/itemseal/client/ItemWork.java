package io.github.itemseal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What is done to one item of a call: it is sealed or opened, for which a key may have to be
 * fetched. Thread-safe.
 *
 * @param <A> what there is
 * @param <B> what becomes of it
 */
interface ItemWork<A, B> {
  /** On the caller's thread, waiting for the key. */
  B now(A input);

  /** Without waiting; arithmetic is the executor's. */
  CompletableFuture<B> later(A input, Executor executor);
}
