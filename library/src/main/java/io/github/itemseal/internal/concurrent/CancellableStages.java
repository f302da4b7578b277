package io.github.itemseal.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Stages that pass cancellation on to what they wait for, which those of {@link CompletableFuture}
 * do not. Failures are passed on as they pass theirs.
 */
public final class CancellableStages {
  private CancellableStages() {}

  /** The value of {@code first} changed by {@code next}, on the executor. */
  public static <T, U> CompletableFuture<U> apply(
      CompletableFuture<T> first, Function<? super T, ? extends U> next, Executor executor) {
    CompletableFuture<U> result = first.thenApplyAsync(next, executor);
    passCancellation(result, first);
    return result;
  }

  /**
   * What {@code next}, called on the executor, makes of the value of {@code first} or its failure,
   * of which one is null. The failure is the one that really happened, not its wrapping.
   */
  public static <T, U> CompletableFuture<U> handle(
      CompletableFuture<T> first,
      BiFunction<? super T, @Nullable Throwable, CompletableFuture<U>> next,
      Executor executor) {
    Awaited awaited = new Awaited(first);
    @SuppressWarnings("FutureReturnValueIgnored") // the nested future is what thenCompose returns
    CompletableFuture<U> result =
        first
            .handleAsync(
                (value, failure) ->
                    awaited.next(
                        next.apply(value, failure == null ? null : Futures.causeOf(failure))),
                executor)
            .thenCompose(future -> future);
    return awaited.cancelledBy(result);
  }

  /** Cancels {@code source} as soon as {@code result} is cancelled. */
  public static void passCancellation(CompletableFuture<?> result, CompletableFuture<?> source) {
    CompletableFuture<?> unused = new Awaited(source).cancelledBy(result);
  }

  /**
   * The value of a future, waiting for it; a failure is thrown as what it really is.
   *
   * @throws CompletionException for failures that are not unchecked
   */
  public static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * The same, for a future that another thread completes.
   *
   * @param what is waited for, the end of a sentence
   * @throws AbortedException if the waiting thread is interrupted, as in the SDK
   */
  public static <T> T await(CompletableFuture<T> future, String what) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while waiting for " + what + ".", e);
    } catch (ExecutionException e) {
      return join(future); // which throws it as what it is
    }
  }

  /** The future that a stage waits for at the moment, to be cancelled with it. */
  private static final class Awaited {
    private volatile CompletableFuture<?> current;
    private volatile boolean cancelled;

    Awaited(CompletableFuture<?> first) {
      this.current = first;
    }

    <U> CompletableFuture<U> next(CompletableFuture<U> next) {
      current = next;
      if (cancelled) { // meanwhile: either this sees it, or the other side sees the new future
        next.cancel(true);
      }
      return next;
    }

    <U> CompletableFuture<U> cancelledBy(CompletableFuture<U> result) {
      CompletableFuture<U> unused =
          result.whenComplete(
              (value, failure) -> {
                if (result.isCancelled()) {
                  cancelled = true;
                  current.cancel(true);
                }
              });
      return result;
    }
  }
}
