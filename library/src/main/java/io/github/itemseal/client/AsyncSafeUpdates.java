package io.github.itemseal.client;

import io.github.itemseal.FailureSubject;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.concurrent.InFlight;
import io.github.itemseal.internal.request.GuardedUpdate;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import io.github.itemseal.internal.request.TableUse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Safe updates with an asynchronous client. Twin of {@link SafeUpdates}: the same attempts, but
 * nobody waits. Changes run on the executor, as all arithmetic does; cancelling an update cancels
 * the call, the request for a key or the pause that it is at, and no attempt follows. Thread-safe.
 */
final class AsyncSafeUpdates {
  /** Waits between two attempts. */
  @FunctionalInterface
  interface Pause {
    CompletableFuture<?> of(Duration delay);

    /** The JDK's own timer thread, which does nothing but hand over to the executor. */
    static Pause on(Executor executor) {
      return delay ->
          CompletableFuture.runAsync(
              () -> {},
              CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, executor));
    }
  }

  private final AsyncItemIo io;
  private final Function<Collection<TableUse>, CompletableFuture<TableLookup>> tables;
  private final UpdateRetry retry;
  private final Pause pause;

  AsyncSafeUpdates(
      AsyncItemIo io,
      Function<Collection<TableUse>, CompletableFuture<TableLookup>> tables,
      UpdateRetry retry,
      Pause pause) {
    this.io = io;
    this.tables = tables;
    this.retry = retry;
    this.pause = pause;
  }

  CompletableFuture<UpdatedItem> update(ItemUpdate update) {
    return compose(
        tablesOf(List.of(update)),
        found ->
            untilPresent(
                1,
                UpdateAttempt.subjectOf(found.get(0)),
                number -> tryOnce(update, found.get(0), number)));
  }

  /** The tables of updates, in the same order, their conditions checked. */
  private CompletableFuture<List<ProtectedTable>> tablesOf(List<ItemUpdate> updates) {
    List<TableUse> uses =
        updates.stream().map(update -> new TableUse(update.tableName(), null)).toList();
    return CancellableStages.apply(
        CancellableStages.start(() -> tables.apply(uses), io.executor()),
        known -> updates.stream().map(update -> SafeUpdates.tableOf(update, known)).toList(),
        io.executor());
  }

  /** Empty if another writer came between. */
  private CompletableFuture<Optional<UpdatedItem>> tryOnce(
      ItemUpdate update, ProtectedTable table, int number) {
    return compose(
        io.client()
            .getItem(
                get -> get.tableName(update.tableName()).key(update.key()).consistentRead(true)),
        read ->
            compose(
                attempt(update, table, read.item()),
                attempt ->
                    attempt.isNothing() ? done(attempt.outcome(number)) : write(attempt, number)));
  }

  private CompletableFuture<Optional<UpdatedItem>> write(UpdateAttempt attempt, int number) {
    return compose(
        seal(attempt),
        written -> {
          GuardedUpdate write = attempt.write(written);
          return handle(
              Futures.of(() -> io.client().updateItem(write.request())),
              (response, failure) ->
                  failure == null
                      ? done(attempt.outcome(number))
                      : refused(failure, attempt, write, written, number));
        });
  }

  private CompletableFuture<Optional<UpdatedItem>> refused(
      Throwable failure,
      UpdateAttempt attempt,
      GuardedUpdate write,
      Map<String, AttributeValue> sealed,
      int number) {
    if (failure instanceof ConditionalCheckFailedException e) {
      if (write.guardHolds(e.item())) {
        return CompletableFuture.failedFuture(UpdateFailures.refused(e, attempt));
      }
      return UpdateFailures.mayBeOwn(e, write)
          ? compose(
              seal(attempt),
              again -> again.equals(sealed) ? conflict() : done(attempt.outcome(number)))
          : conflict();
    }
    return failure instanceof TransactionConflictException
        ? conflict()
        : CompletableFuture.failedFuture(failure);
  }

  /** All of them or none, in one transaction. */
  CompletableFuture<List<UpdatedItem>> updateAll(List<ItemUpdate> updates) {
    if (updates.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return compose(
        tablesOf(updates),
        found ->
            untilPresent(
                1,
                UpdateAttempt.subjectOf(found.get(0)),
                number -> tryAllOnce(updates, found, number)));
  }

  /** Empty if another writer came between. */
  private CompletableFuture<Optional<List<UpdatedItem>>> tryAllOnce(
      List<ItemUpdate> updates, List<ProtectedTable> found, int number) {
    return handle(
        Futures.of(() -> io.client().transactGetItems(UpdateTransaction.reads(updates))),
        (read, failure) -> {
          if (failure != null) {
            return conflictIf(failure, UpdateFailures::requireConflict);
          }
          List<ItemResponse> stored = read.responses();
          return compose(
              mapAll(
                  IntStream.range(0, updates.size()).boxed().toList(),
                  i -> attempt(updates.get(i), found.get(i), stored.get(i).item())),
              attempts -> writeAll(attempts, number));
        });
  }

  private CompletableFuture<Optional<List<UpdatedItem>>> writeAll(
      List<UpdateAttempt> attempts, int number) {
    UpdateTransaction transaction = new UpdateTransaction(attempts);
    if (transaction.isNothing()) {
      return done(transaction.outcomes(number));
    }
    return compose(
        mapAll(attempts, this::seal),
        written -> {
          List<GuardedUpdate> writes = transaction.writes(written);
          return handle(
              Futures.of(() -> io.client().transactWriteItems(transaction.request(writes))),
              (response, failure) ->
                  failure == null
                      ? done(transaction.outcomes(number))
                      : conflictIf(failure, e -> transaction.requireConflict(e, writes)));
        });
  }

  private CompletableFuture<UpdateAttempt> attempt(
      ItemUpdate update, ProtectedTable table, Map<String, AttributeValue> stored) {
    CompletableFuture<Map<String, AttributeValue>> opened =
        stored.isEmpty()
            ? CompletableFuture.completedFuture(Map.of())
            : io.open(table.encryptor(), stored, true);
    return CancellableStages.apply(
        opened, item -> new UpdateAttempt(update, table, stored, item), io.executor());
  }

  private CompletableFuture<Map<String, AttributeValue>> seal(UpdateAttempt attempt) {
    return attempt.isChanged()
        ? io.seal(attempt.table().encryptor(), attempt.item(), true)
        : CompletableFuture.completedFuture(attempt.stored());
  }

  /** Attempts with growing pauses, from this number on, up to the first with a result. */
  private <T> CompletableFuture<T> untilPresent(
      int number, FailureSubject subject, IntFunction<CompletableFuture<Optional<T>>> attempt) {
    return compose(
        attempt.apply(number),
        result ->
            result.isPresent()
                ? CompletableFuture.completedFuture(result.get())
                : compose(
                    pauseAfter(number, subject), go -> untilPresent(number + 1, subject, attempt)));
  }

  private CompletableFuture<?> pauseAfter(int attempt, FailureSubject subject) {
    return attempt >= retry.attempts()
        ? CompletableFuture.failedFuture(UpdateAttempt.contended(subject, attempt))
        : pause.of(retry.delayAfter(attempt));
  }

  private static <T> CompletableFuture<Optional<T>> done(T outcome) {
    return CompletableFuture.completedFuture(Optional.of(outcome));
  }

  private static <T> CompletableFuture<Optional<T>> conflict() {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  /** A conflict, if it is a cancelled transaction and the check lets it pass. */
  private static <T> CompletableFuture<Optional<T>> conflictIf(
      Throwable failure, Consumer<TransactionCanceledException> check) {
    if (failure instanceof TransactionCanceledException cancelled) {
      check.accept(cancelled);
      return conflict();
    }
    return CompletableFuture.failedFuture(failure);
  }

  private <A, B> CompletableFuture<List<B>> mapAll(
      List<A> inputs, Function<? super A, CompletableFuture<B>> work) {
    return InFlight.mapAll(inputs, io.itemsAtOnce(), work);
  }

  private <T, U> CompletableFuture<U> compose(
      CompletableFuture<T> first, Function<? super T, CompletableFuture<U>> next) {
    return CancellableStages.compose(first, next, io.executor());
  }

  private <T, U> CompletableFuture<U> handle(
      CompletableFuture<T> first,
      BiFunction<? super T, @Nullable Throwable, CompletableFuture<U>> next) {
    return CancellableStages.handle(first, next, io.executor());
  }
}
