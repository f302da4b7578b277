package io.github.itemseal.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;

/** What {@link CompletableFuture} leaves to its users. */
public final class Futures {
  private Futures() {}

  /**
   * The future, or a failed one if there is none: callers handle one kind of failure. Errors too,
   * as in the stages of {@link CompletableFuture}: others may wait for what comes of it.
   */
  public static <T> CompletableFuture<T> of(Supplier<CompletableFuture<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What really failed, without the wrapping that dependent stages add. */
  public static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Whether a failure says that its thread was interrupted, and nothing else. */
  public static boolean isInterruption(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof AbortedException || t instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }

  /** A failure to pass on to dependent stages. */
  public static CompletionException completion(Throwable failure) {
    return failure instanceof CompletionException already
        ? already
        : new CompletionException(failure);
  }
}
