package io.github.itemseal.internal.concurrent;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that must be fetched again after a time, for blocking and for asynchronous callers.
 * Thread-safe; takes no lock but the map's own, for moments, and never while fetching.
 *
 * <p>The life of a value, by its {@link Lifetime}, counted from the moment its fetch began:
 *
 * <ol>
 *   <li>fresh: everybody gets it;
 *   <li>up to the limit: one caller fetches anew, the others get it; so does that one, if its fetch
 *       fails within this time;
 *   <li>then nobody gets it. One caller fetches, the others wait for that fetch and share its
 *       outcome.
 * </ol>
 *
 * <p>Callers may bring lifetimes of their own: a value's age is judged by each caller's, and by
 * that of its fetcher when it is swept out. Failures are not kept: the next caller fetches again,
 * but where there is an old value to use, not before the lifetime says so.
 *
 * <p>Values past their time are dropped when they are met, and by a sweep over all of them at most
 * once a second, on the occasion of any access. Beyond {@code maxSize} the least recently used
 * value goes; a key that is being fetched stays.
 *
 * <p>Sections: getting; settling; time and space; inspection.
 */
public final class ExpiringCache<K, V> {
  private static final long SWEEP_INTERVAL_MILLIS = 1000;

  private final Lifetime lifetime;
  private final int maxSize;
  private final AgeClock clock;

  private final ConcurrentHashMap<K, Slot<V>> slots = new ConcurrentHashMap<>();
  private final AtomicLong uses = new AtomicLong();
  private final AtomicLong lastSweepMillis = new AtomicLong();

  /**
   * @param lifetime of values whose callers bring none
   * @throws IllegalArgumentException if {@code maxSize} is less than 1
   */
  public ExpiringCache(Lifetime lifetime, int maxSize, AgeClock clock) {
    this.lifetime = lifetime;
    this.maxSize = maxSize;
    this.clock = clock;
    if (maxSize < 1) {
      throw new IllegalArgumentException("A cache keeps at least 1 entry, not " + maxSize + ".");
    }
  }

  /** Of values whose callers bring none. */
  public Lifetime lifetime() {
    return lifetime;
  }

  // ---- Getting

  /**
   * The value of a key. Throws what {@code source} throws, in the thread that fetches and in those
   * that wait for it; except that a waiting thread takes over if the fetching one was interrupted.
   */
  public V get(K key, Function<? super K, ? extends V> source) {
    return get(key, lifetime, source);
  }

  /** The same, by a lifetime of the caller's own. */
  public V get(K key, Lifetime lifetime, Function<? super K, ? extends V> source) {
    while (true) {
      Lookup<V> found = lookup(key, lifetime);
      Fetch<V> fetch = found.fetch();
      if (fetch == null) {
        return found.requireValue();
      }
      if (found.mine()) {
        return fetch(key, lifetime, fetch, source);
      }
      Optional<V> shared = await(fetch);
      if (shared.isPresent()) {
        return shared.get();
      }
    }
  }

  private V fetch(
      K key, Lifetime lifetime, Fetch<V> fetch, Function<? super K, ? extends V> source) {
    V value;
    try {
      value = source.apply(key);
    } catch (Throwable e) { // also what is thrown undeclared: nobody may be left waiting
      boolean interrupted = Thread.currentThread().isInterrupted() || Futures.isInterruption(e);
      V old = failed(key, lifetime, fetch, interrupted ? new FetchInterrupted(e) : e);
      if (old == null) {
        throw e;
      }
      return old;
    }
    succeeded(key, lifetime, fetch, value);
    return value;
  }

  /** What another thread fetches; empty if that thread was interrupted. */
  private static <V> Optional<V> await(Fetch<V> fetch) {
    try {
      return Optional.of(fetch.result().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MaterialsUnavailableException(
          FailureReason.KEY_SOURCE_FAILED,
          FailureSubject.unknown(),
          "Interrupted while another thread was fetching the keys.",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FetchInterrupted) {
        return Optional.empty();
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause()); // the sources throw nothing else
    }
  }

  /**
   * The value of a key, without blocking. Every caller has a future of its own: cancelling it
   * concerns nobody else, and not the fetch.
   */
  public CompletableFuture<V> getAsync(K key, Function<? super K, CompletableFuture<V>> source) {
    return getAsync(key, lifetime, source);
  }

  /** The same, by a lifetime of the caller's own. */
  public CompletableFuture<V> getAsync(
      K key, Lifetime lifetime, Function<? super K, CompletableFuture<V>> source) {
    Lookup<V> found = lookup(key, lifetime);
    Fetch<V> fetch = found.fetch();
    if (fetch == null) {
      return CompletableFuture.completedFuture(found.requireValue());
    }
    if (!found.mine()) {
      return fetch.result().copy();
    }
    CompletableFuture<V> answer = new CompletableFuture<>();
    CompletableFuture<V> unused =
        startFetch(key, source)
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    succeeded(key, lifetime, fetch, value);
                    answer.complete(value);
                    return;
                  }
                  Throwable cause = Futures.causeOf(failure);
                  V old = failed(key, lifetime, fetch, cause);
                  if (old == null) {
                    answer.completeExceptionally(cause);
                  } else {
                    answer.complete(old);
                  }
                });
    return answer;
  }

  private static <K, V> CompletableFuture<V> startFetch(
      K key, Function<? super K, CompletableFuture<V>> source) {
    try {
      return source.apply(key);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What a caller has to do: use the value, or else fetch if it is his turn, or else wait. */
  private Lookup<V> lookup(K key, Lifetime lifetime) {
    while (true) {
      Slot<V> slot = slots.get(key);
      long now = clock.millis(); // after the slot, so that no value is younger than now
      sweepIfDue(now);
      if (slot == null) {
        Slot<V> mine = new Slot<>(null, 0, lifetime, new Fetch<>(now));
        if (slots.putIfAbsent(key, mine) == null) {
          return Lookup.mine(mine);
        }
        continue;
      }
      Fetch<V> fetch = slot.fetch();
      if (fetch != null && !lifetime.isJoinable(fetch.startedMillis(), now)) {
        fetch = null;
      }
      V value = slot.value();
      if (value != null && lifetime.isOver(slot.fetchedMillis(), now)) {
        value = null;
      }
      if (value != null
          && (fetch != null
              || lifetime.isFresh(slot.fetchedMillis(), now)
              || lifetime.isResting(slot.failedMillis, now))) {
        touch(slot);
        return Lookup.hit(value);
      }
      if (fetch != null) {
        if (slot.value() != null) {
          slots.replace(key, slot, slot.withoutValue());
        }
        return Lookup.wait(fetch);
      }
      Slot<V> mine = new Slot<>(value, slot.fetchedMillis(), lifetime, new Fetch<>(now));
      if (slots.replace(key, slot, mine)) {
        return Lookup.mine(mine);
      }
    }
  }

  // ---- Settling: first the map, then the waiters, so that nobody joins a fetch that is over

  private void succeeded(K key, Lifetime lifetime, Fetch<V> fetch, V value) {
    Slot<V> held = holding(value, fetch.startedMillis(), lifetime);
    Slot<V> slot = slots.get(key);
    while (slot != null && slot.fetch() == fetch && !slots.replace(key, slot, held)) {
      slot = slots.get(key);
    }
    evictExcess();
    fetch.result().complete(value);
  }

  /** The old value, if its time is not over yet. */
  private @Nullable V failed(K key, Lifetime lifetime, Fetch<V> fetch, Throwable failure) {
    V old = null;
    Slot<V> slot = slots.get(key);
    while (slot != null && slot.fetch() == fetch) {
      V value = slot.value();
      old = value == null || lifetime.isOver(slot.fetchedMillis(), clock.millis()) ? null : value;
      boolean settled;
      if (old == null) {
        settled = slots.remove(key, slot);
      } else {
        Slot<V> held = holding(old, slot.fetchedMillis(), slot.lifetime());
        held.failedMillis = fetch.startedMillis();
        settled = slots.replace(key, slot, held);
      }
      if (settled) {
        break;
      }
      old = null;
      slot = slots.get(key);
    }
    fetch.result().completeExceptionally(failure);
    return old;
  }

  private Slot<V> holding(V value, long fetchedMillis, Lifetime lifetime) {
    Slot<V> slot = new Slot<>(value, fetchedMillis, lifetime, null);
    slot.lastUse = uses.incrementAndGet();
    return slot;
  }

  // ---- Time and space

  /** Writes nothing if the slot was the last one used already: no contention on one hot key. */
  private void touch(Slot<V> slot) {
    if (slot.lastUse != uses.get()) {
      slot.lastUse = uses.incrementAndGet();
    }
  }

  private void sweepIfDue(long now) {
    long last = lastSweepMillis.get();
    if (now - last < SWEEP_INTERVAL_MILLIS || !lastSweepMillis.compareAndSet(last, now)) {
      return;
    }
    for (Map.Entry<K, Slot<V>> entry : slots.entrySet()) {
      Slot<V> slot = entry.getValue();
      if (slot.value() != null && slot.lifetime().isOver(slot.fetchedMillis(), now)) {
        dropValue(entry.getKey(), slot);
      }
    }
  }

  private void dropValue(K key, Slot<V> slot) {
    if (slot.fetch() == null) {
      slots.remove(key, slot);
    } else {
      slots.replace(key, slot, slot.withoutValue());
    }
  }

  private void evictExcess() {
    while (slots.size() > maxSize) {
      int held = 0;
      Map.Entry<K, Slot<V>> oldest = null;
      for (Map.Entry<K, Slot<V>> entry : slots.entrySet()) {
        Slot<V> slot = entry.getValue();
        held += slot.value() == null ? 0 : 1;
        if (slot.fetch() == null && (oldest == null || slot.lastUse < oldest.getValue().lastUse)) {
          oldest = entry;
        }
      }
      if (held <= maxSize || oldest == null) {
        return;
      }
      slots.remove(oldest.getKey(), oldest.getValue());
    }
  }

  /** Forgets a value, unless its key has another one by now. */
  public void remove(K key, V value) {
    Slot<V> slot = slots.get(key);
    if (slot != null && slot.value() == value) {
      dropValue(key, slot);
    }
  }

  /** Forgets everything; what is being fetched now still goes to those who wait for it. */
  public void clear() {
    slots.clear();
  }

  // ---- Inspection

  /** The value of a key, if it is there and fresh. */
  public Optional<V> peek(K key) {
    Slot<V> slot = slots.get(key);
    return slot != null
            && slot.value() != null
            && lifetime.isFresh(slot.fetchedMillis(), clock.millis())
        ? Optional.of(slot.value())
        : Optional.empty();
  }

  /** Milliseconds since the fetch of the value began, if it is there and fresh. */
  public OptionalLong ageMillis(K key) {
    Slot<V> slot = slots.get(key);
    long now = clock.millis();
    return slot != null && slot.value() != null && lifetime.isFresh(slot.fetchedMillis(), now)
        ? OptionalLong.of(now - slot.fetchedMillis())
        : OptionalLong.empty();
  }

  /** Values held, whatever their age. */
  public int size() {
    return (int) slots.values().stream().filter(slot -> slot.value() != null).count();
  }

  /** A fetch under way. Compared by identity. */
  private static final class Fetch<V> {
    private final long startedMillis;
    private final CompletableFuture<V> result = new CompletableFuture<>();

    Fetch(long startedMillis) {
      this.startedMillis = startedMillis;
    }

    long startedMillis() {
      return startedMillis;
    }

    CompletableFuture<V> result() {
      return result;
    }
  }

  /** Use {@code value}; or, if {@code fetch} is there, fetch ({@code mine}) or wait. */
  private record Lookup<V>(@Nullable V value, @Nullable Fetch<V> fetch, boolean mine) {
    static <V> Lookup<V> hit(V value) {
      return new Lookup<>(value, null, false);
    }

    static <V> Lookup<V> wait(Fetch<V> fetch) {
      return new Lookup<>(null, fetch, false);
    }

    static <V> Lookup<V> mine(Slot<V> slot) {
      return new Lookup<>(null, slot.fetch(), true);
    }

    V requireValue() {
      return Objects.requireNonNull(value);
    }
  }

  /** What is known of a key: a value, a fetch, or both. Compared by identity. */
  private static final class Slot<V> {
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final @Nullable V value;
    private final long fetchedMillis;
    private final Lifetime lifetime;
    private final @Nullable Fetch<V> fetch;
    private volatile long lastUse;
    private long failedMillis = NEVER; // set before the slot is published

    private Slot(
        @Nullable V value, long fetchedMillis, Lifetime lifetime, @Nullable Fetch<V> fetch) {
      this.value = value;
      this.fetchedMillis = fetchedMillis;
      this.lifetime = lifetime;
      this.fetch = fetch;
    }

    Slot<V> withoutValue() {
      return new Slot<>(null, 0, lifetime, fetch);
    }

    @Nullable V value() {
      return value;
    }

    long fetchedMillis() {
      return fetchedMillis;
    }

    /** Of the caller who fetched the value. */
    Lifetime lifetime() {
      return lifetime;
    }

    @Nullable Fetch<V> fetch() {
      return fetch;
    }
  }

  /** Tells the waiting threads that the fetch says nothing about the keys. */
  private static final class FetchInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FetchInterrupted(Throwable cause) {
      super(cause);
    }
  }
}
