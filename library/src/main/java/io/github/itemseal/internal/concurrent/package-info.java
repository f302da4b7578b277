/**
 * Waiting for keys without blocking anybody in vain: the cache of keys that expire, and what {@link
 * java.util.concurrent.CompletableFuture} leaves to its users: cancellation that reaches what a
 * stage waits for, and many pieces of work with a bounded number of them in flight. Knows nothing
 * of keys, items or clients.
 *
 * <p>Start reading at {@link io.github.itemseal.internal.concurrent.ExpiringCache}.
 */
@NullMarked
package io.github.itemseal.internal.concurrent;

import org.jspecify.annotations.NullMarked;
