package io.github.itemseal.enhanced;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The future of a call that is cancelled with any future derived from it. The enhanced client
 * derives those it hands out by {@code thenApply}, which does not pass cancellation on; and it
 * throws what it cannot make a request of. Both ends of it are mended here: {@link #of} is what it
 * gets of the client below it, {@link #detached} what callers get of it. Thread-safe.
 */
final class CallFuture<T> extends CompletableFuture<T> {
  private final CompletableFuture<?> source;

  private CallFuture(CompletableFuture<?> source) {
    this.source = source;
  }

  /** A call's future; what the call throws is its failure. */
  static <T> CompletableFuture<T> of(Supplier<CompletableFuture<T>> call) {
    CompletableFuture<T> source = started(call);
    return follow(source, new CallFuture<>(source));
  }

  /**
   * The same for callers: cancelling it cancels the call, but a future they derive from it is
   * theirs alone, as in every API of the SDK.
   */
  static <T> CompletableFuture<T> detached(Supplier<CompletableFuture<T>> call) {
    CompletableFuture<T> source = started(call);
    CompletableFuture<T> result = new CompletableFuture<>();
    CompletableFuture<T> unused =
        result.whenComplete(
            (value, failure) -> {
              if (result.isCancelled()) {
                source.cancel(true);
              }
            });
    return follow(source, result);
  }

  /** A call's future with the failures of a type changed. */
  static <T, F extends RuntimeException> CompletableFuture<T> mapFailure(
      CompletableFuture<T> call, Class<F> type, UnaryOperator<F> change) {
    return call.exceptionally(
        failure -> {
          boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
          Throwable cause = wrapped ? failure.getCause() : failure;
          throw new CompletionException(
              type.isInstance(cause) ? change.apply(type.cast(cause)) : cause);
        });
  }

  private static <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T> CompletableFuture<T> follow(
      CompletableFuture<T> source, CompletableFuture<T> result) {
    CompletableFuture<T> unused =
        source.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(failure);
              }
            });
    return result;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CallFuture<>(this);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      source.cancel(mayInterruptIfRunning);
    }
    return cancelled;
  }
}
