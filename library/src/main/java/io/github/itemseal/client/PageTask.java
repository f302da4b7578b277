package io.github.itemseal.client;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One item of a page, to be opened or sealed by whoever comes first: a thread of the page executor,
 * or the caller where that will not do it any more. Compared by identity. Thread-safe.
 */
final class PageTask<T> implements Runnable {
  private final Supplier<T> work;
  private final Set<PageTask<?>> waiting;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /**
   * A task that is taken out of {@code waiting} by the one who does it.
   *
   * @param waiting a concurrent set, to which the caller adds the task
   */
  PageTask(Supplier<T> work, Set<PageTask<?>> waiting) {
    this.work = work;
    this.waiting = waiting;
  }

  CompletableFuture<T> result() {
    return result;
  }

  @Override
  public void run() {
    if (!waiting.remove(this) || result.isDone()) { // done by another, or cancelled
      return;
    }
    try {
      result.complete(work.get());
    } catch (Throwable e) { // also errors: somebody waits for it
      result.completeExceptionally(e);
    }
  }
}
