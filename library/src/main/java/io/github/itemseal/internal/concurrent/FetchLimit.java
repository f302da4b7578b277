package io.github.itemseal.internal.concurrent;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Bounds how many fetches run at once, for blocking and for asynchronous callers; the others wait
 * their turn, in order of arrival. Thread-safe; its lock is held for moments, never while fetching.
 *
 * <p>A fetch that runs beyond its time does not count any more when the next one arrives or ends.
 * Asynchronous fetches that had to wait begin on the common pool, so that nobody's thread runs the
 * fetches of others.
 */
public final class FetchLimit {
  private final int maxFetches;
  private final long fetchMillis;
  private final AgeClock clock;

  private final Set<Turn> running = new HashSet<>();
  private final Queue<Turn> waiting = new ArrayDeque<>();

  /**
   * @param fetchMillis how long a fetch counts
   * @throws IllegalArgumentException if there could be no fetch at all
   */
  public FetchLimit(int maxFetches, long fetchMillis, AgeClock clock) {
    if (maxFetches < 1) {
      throw new IllegalArgumentException(
          "At least 1 key must be fetched at a time, not " + maxFetches + ".");
    }
    this.maxFetches = maxFetches;
    this.fetchMillis = fetchMillis;
    this.clock = clock;
  }

  /** One caller, waiting or fetching. Compared by identity. */
  private static final class Turn {
    private final CompletableFuture<Void> granted = new CompletableFuture<>();
    private long startedMillis;
  }

  /** What the source gives or throws, once it is the caller's turn. */
  public <V> V run(Supplier<? extends V> source) {
    Turn turn = arrive();
    try {
      await(turn);
      return source.get();
    } finally {
      leave(turn);
    }
  }

  private static void await(Turn turn) {
    try {
      turn.granted.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MaterialsUnavailableException(
          FailureReason.KEY_SOURCE_FAILED,
          FailureSubject.unknown(),
          "Interrupted while waiting for other keys to be fetched.",
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody fails a turn
    }
  }

  /** The same without blocking. */
  public <V> CompletableFuture<V> runAsync(Supplier<CompletableFuture<V>> source) {
    Turn turn = arrive();
    CompletableFuture<V> fetched =
        turn.granted.isDone()
            ? Futures.of(source)
            : turn.granted.thenComposeAsync(granted -> source.get());
    return fetched.whenComplete((value, failure) -> leave(turn));
  }

  private Turn arrive() {
    Turn turn = new Turn();
    List<Turn> granted;
    synchronized (running) {
      waiting.add(turn);
      granted = grant();
    }
    granted.forEach(next -> next.granted.complete(null));
    return turn;
  }

  private void leave(Turn turn) {
    List<Turn> granted;
    synchronized (running) {
      if (!running.remove(turn)) {
        waiting.remove(turn); // interrupted; or it ran beyond its time, and is in neither
      }
      granted = grant();
    }
    granted.forEach(next -> next.granted.complete(null));
  }

  /** Whose turn it is now. Called with the lock held. */
  private List<Turn> grant() {
    long now = clock.millis();
    running.removeIf(turn -> now - turn.startedMillis > fetchMillis);
    List<Turn> granted = new ArrayList<>();
    while (running.size() < maxFetches && !waiting.isEmpty()) {
      Turn next = waiting.remove();
      next.startedMillis = now;
      running.add(next);
      granted.add(next);
    }
    return granted;
  }
}
