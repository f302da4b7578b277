package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealException;
import io.github.itemseal.internal.concurrent.Futures;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls of the asynchronous KMS keyrings, each cancelled with the future it serves. Stateless. */
final class KmsFutures {
  private KmsFutures() {}

  /**
   * One request, and what follows from its answer.
   *
   * @param request may throw
   * @param failed the exception for whatever went wrong
   */
  static <R, M> CompletableFuture<M> call(
      Supplier<CompletableFuture<R>> request,
      Function<R, M> answered,
      Function<Throwable, ItemsealException> failed) {
    CompletableFuture<R> pending = Futures.of(request);
    CompletableFuture<M> result =
        pending.handle(
            (response, failure) -> {
              if (failure != null) {
                throw failed.apply(failure);
              }
              try {
                return answered.apply(response);
              } catch (RuntimeException e) {
                throw failed.apply(e);
              }
            });
    cancelWith(result, pending);
    return result;
  }

  /**
   * The first attempt that succeeds, one after the other; else every failure, as {@link
   * FailedAttempts} weighs them.
   *
   * @param attempts may throw
   * @param open may throw
   */
  static <A> CompletableFuture<DecryptionMaterials> firstOf(
      DecryptionMaterials materials,
      Supplier<List<A>> attempts,
      Function<A, CompletableFuture<DecryptionMaterials>> open) {
    CompletableFuture<DecryptionMaterials> result = new CompletableFuture<>();
    try {
      new Series<>(materials, attempts.get().iterator(), open, result).next();
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  private record Series<A>(
      DecryptionMaterials materials,
      Iterator<A> attempts,
      Function<A, CompletableFuture<DecryptionMaterials>> open,
      CompletableFuture<DecryptionMaterials> result,
      FailedAttempts failures) {

    Series(
        DecryptionMaterials materials,
        Iterator<A> attempts,
        Function<A, CompletableFuture<DecryptionMaterials>> open,
        CompletableFuture<DecryptionMaterials> result) {
      this(materials, attempts, open, result, new FailedAttempts());
    }

    void next() {
      if (result.isDone()) {
        return; // cancelled
      }
      if (!attempts.hasNext()) {
        result.completeExceptionally(failures.toException(materials));
        return;
      }
      A attempt = attempts.next();
      CompletableFuture<DecryptionMaterials> pending = Futures.of(() -> open.apply(attempt));
      cancelWith(result, pending);
      CompletableFuture<DecryptionMaterials> unused =
          pending.whenComplete(
              (opened, failure) -> {
                if (failure == null) {
                  result.complete(opened);
                } else if (Futures.causeOf(failure) instanceof RuntimeException known) {
                  failures.add(known);
                  next();
                } else {
                  result.completeExceptionally(failure);
                }
              });
    }
  }

  private static void cancelWith(CompletableFuture<?> result, CompletableFuture<?> pending) {
    CompletableFuture<?> unused =
        result.whenComplete(
            (given, failure) -> {
              if (result.isCancelled()) {
                pending.cancel(true);
              }
            });
  }
}
