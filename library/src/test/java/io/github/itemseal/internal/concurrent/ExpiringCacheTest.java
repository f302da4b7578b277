package io.github.itemseal.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.AbortedException;

@Timeout(30)
class ExpiringCacheTest {
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration WITHIN_GRACE = TTL.plusMillis(500);
  private static final Duration BEYOND = TTL.plusMillis(501);

  private final FakeClock clock = new FakeClock();
  private final ExpiringCache<String, String> cache = cache(3);
  private final AtomicInteger fetches = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private ExpiringCache<String, String> cache(int maxSize) {
    return new ExpiringCache<>(Lifetime.of(TTL, GRACE), maxSize, clock);
  }

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** The key and the number of this fetch in this test. */
  private String numbered(String key) {
    return key + fetches.incrementAndGet();
  }

  private String get(String key) {
    return cache.get(key, this::numbered);
  }

  private static Function<String, String> failing(String message) {
    return key -> {
      throw new IllegalStateException(message);
    };
  }

  private static void awaitWaiting(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(100_000);
      if (Thread.interrupted()) {
        throw new InterruptedException("The thread never waited: it is " + thread.getState());
      }
    }
  }

  /** A thread that gets the key, already waiting for somebody else's fetch. */
  private Future<String> waiter(Callable<String> work) throws InterruptedException {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Future<String> result =
        threads.submit(
            () -> {
              thread.complete(Thread.currentThread());
              return work.call();
            });
    awaitWaiting(thread.join());
    return result;
  }

  @Test
  void get_upToTtl_fetchesOnce() {
    assertThat(get("a")).isEqualTo("a1");
    clock.advance(TTL);
    assertThat(get("a")).isEqualTo("a1");
  }

  @Test
  void get_withinGrace_callerGetsTheFreshValue() {
    assertThat(get("a")).isEqualTo("a1");
    clock.advance(TTL.plusMillis(1));
    assertThat(get("a")).isEqualTo("a2");
    assertThat(get("a")).isEqualTo("a2");
  }

  @Test
  void get_withinGraceDuringRefresh_othersGetTheOldValueWithoutWaiting() {
    get("a");
    clock.advance(WITHIN_GRACE);
    String refreshed =
        cache.get(
            "a",
            key -> {
              assertThat(get(key)).isEqualTo("a1");
              assertThat(cache.getAsync(key, k -> new CompletableFuture<>()).join())
                  .isEqualTo("a1");
              return "new";
            });
    assertThat(refreshed).isEqualTo("new");
    assertThat(get("a")).isEqualTo("new");
    assertThat(fetches).hasValue(1);
  }

  @Test
  void get_withinGraceRefreshFails_oldValueServesUntilTheLimit() {
    get("a");
    clock.advance(WITHIN_GRACE);
    assertThat(cache.get("a", failing("denied"))).isEqualTo("a1");
    clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> cache.get("a", failing("denied")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("denied");
    assertThat(cache.size()).isZero();
  }

  @Test
  void get_refreshOutlastsGraceAndFails_throws() {
    get("a");
    clock.advance(WITHIN_GRACE);
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    key -> {
                      clock.advance(Duration.ofMillis(1));
                      throw new IllegalStateException("denied");
                    }))
        .hasMessage("denied");
    assertThat(cache.size()).isZero();
  }

  @Test
  void get_beyondGraceWhileRefreshRuns_waitsForItAndNeverGetsTheOldValue() throws Exception {
    get("a");
    clock.advance(TTL.plusMillis(1));
    CountDownLatch refreshing = new CountDownLatch(1);
    CompletableFuture<String> answer = new CompletableFuture<>();
    Future<String> refresher =
        threads.submit(
            () ->
                cache.get(
                    "a",
                    key -> {
                      refreshing.countDown();
                      return answer.join();
                    }));
    refreshing.await();
    clock.advance(GRACE);
    Future<String> late = waiter(() -> get("a"));
    assertThat(cache.size()).as("the old value is gone").isZero();
    answer.complete("new");
    assertThat(refresher.get()).isEqualTo("new");
    assertThat(late.get()).isEqualTo("new");
    assertThat(fetches).hasValue(1);
  }

  @Test
  void get_ageCountsFromTheBeginningOfTheFetch() {
    cache.get(
        "a",
        key -> {
          clock.advance(TTL.minusMillis(1));
          return numbered(key);
        });
    clock.advance(Duration.ofMillis(1));
    assertThat(get("a")).isEqualTo("a1");
    clock.advance(Duration.ofMillis(1));
    assertThat(get("a")).isEqualTo("a2");
  }

  @Test
  void get_sixtyFourThreadsOnOneColdKey_oneFetch() throws Exception {
    CountDownLatch all = new CountDownLatch(64);
    List<Future<String>> results = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      results.add(
          threads.submit(
              () -> {
                all.countDown();
                all.await();
                return get("a");
              }));
    }
    for (Future<String> result : results) {
      assertThat(result.get()).isEqualTo("a1");
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void get_otherKeyWhileOneIsFetched_doesNotWait() {
    String value =
        cache.get(
            "a",
            key -> {
              try {
                return threads.submit(() -> get("b")).get(30, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(value).isEqualTo("b1");
  }

  @Test
  void get_fetchFails_waitersFailAndLaterCallersFetchAgain() throws Exception {
    CountDownLatch fetching = new CountDownLatch(1);
    CompletableFuture<String> answer = new CompletableFuture<>();
    Future<String> owner =
        threads.submit(
            () ->
                cache.get(
                    "a",
                    key -> {
                      fetching.countDown();
                      answer.join();
                      throw new IllegalStateException("denied");
                    }));
    fetching.await();
    Future<String> waiting = waiter(() -> get("a"));
    answer.complete("");
    assertThatThrownBy(owner::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("denied");
    assertThatThrownBy(waiting::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("denied");
    assertThat(get("a")).isEqualTo("a1");
  }

  @Test
  void get_fetchingThreadInterrupted_aWaiterTakesOver() throws Exception {
    CountDownLatch fetching = new CountDownLatch(1);
    CompletableFuture<String> interrupted = new CompletableFuture<>();
    Future<String> owner =
        threads.submit(
            () ->
                cache.get(
                    "a",
                    key -> {
                      fetching.countDown();
                      interrupted.join();
                      throw AbortedException.create("interrupted");
                    }));
    fetching.await();
    Future<String> waiting = waiter(() -> get("a"));
    interrupted.complete("");
    assertThatThrownBy(owner::get).cause().isInstanceOf(AbortedException.class);
    assertThat(waiting.get()).isEqualTo("a1");
  }

  @Test
  void get_waiterInterrupted_leavesTheFetchToTheOthers() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> owner = cache.getAsync("a", key -> answer);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                get("a");
              } catch (MaterialsUnavailableException e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    waiting.start();
    awaitWaiting(waiting);
    waiting.interrupt();
    assertThat(thrown.get())
        .hasMessageContaining("Interrupted")
        .hasCauseInstanceOf(InterruptedException.class);
    answer.complete("value");
    assertThat(owner.join()).isEqualTo("value");
  }

  @Test
  void getAsync_thousandCallersOnOneColdKey_oneFetchAndNobodyBlocks() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    List<CompletableFuture<String>> results = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      results.add(
          cache.getAsync(
              "a",
              key -> {
                fetches.incrementAndGet();
                return answer;
              }));
    }
    assertThat(results).noneMatch(CompletableFuture::isDone);
    answer.complete("value");
    assertThat(results).allMatch(result -> result.join().equals("value"));
    assertThat(fetches).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void getAsync_oneFutureCancelled_theOthersAndTheFetchGoOn(int cancelled) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    List<CompletableFuture<String>> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      results.add(cache.getAsync("a", key -> answer));
    }
    results.get(cancelled).cancel(true);
    assertThat(answer).isNotCancelled();
    answer.complete("value");
    results.remove(cancelled);
    assertThat(results).hasSize(2).allMatch(result -> result.join().equals("value"));
    assertThat(get("a")).isEqualTo("value");
  }

  @Test
  void getAsync_fetchFails_waitersGetTheCauseAndLaterCallersFetchAgain() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> owner = cache.getAsync("a", key -> answer.thenApply(v -> v));
    CompletableFuture<String> waiting = cache.getAsync("a", key -> answer);
    answer.completeExceptionally(new IllegalStateException("denied"));
    assertThatThrownBy(owner::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .hasMessage("denied");
    assertThatThrownBy(waiting::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .hasMessage("denied");
    assertThat(get("a")).isEqualTo("a1");
  }

  @Test
  void getAsync_sourceThrows_failsTheFuture() {
    CompletableFuture<String> result =
        cache.getAsync(
            "a",
            key -> {
              throw new IllegalStateException("denied");
            });
    assertThatThrownBy(result::join).cause().hasMessage("denied");
    assertThat(get("a")).isEqualTo("a1");
  }

  @Test
  void getAsync_withinGraceRefreshFails_oldValueServesUntilTheLimit() {
    get("a");
    clock.advance(WITHIN_GRACE);
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> refresher = cache.getAsync("a", key -> answer);
    answer.completeExceptionally(new IllegalStateException("denied"));
    assertThat(refresher.join()).isEqualTo("a1");
  }

  @Test
  void getAsync_fetchNeverEnds_isNotJoinedBeyondTheLimit() {
    CompletableFuture<String> hung = cache.getAsync("a", key -> new CompletableFuture<>());
    clock.advance(WITHIN_GRACE);
    assertThat(cache.getAsync("a", key -> CompletableFuture.completedFuture("no"))).isNotDone();
    clock.advance(Duration.ofMillis(1));
    assertThat(get("a")).isEqualTo("a1");
    assertThat(hung).isNotDone();
  }

  @Test
  void clear_duringFetch_itsValueGoesToTheWaitersOnly() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> before = cache.getAsync("a", key -> answer);
    cache.clear();
    assertThat(get("a")).isEqualTo("a1");
    answer.complete("stale");
    assertThat(before.join()).isEqualTo("stale");
    assertThat(get("a")).isEqualTo("a1");
  }

  @Test
  void remove_value_isForgottenUnlessItsKeyHasAnotherByNow() {
    String first = get("a");
    cache.remove("a", first);
    String second = get("a");
    assertThat(second).isEqualTo("a2");
    cache.remove("a", first);
    assertThat(get("a")).isSameAs(second);
  }

  @Test
  void get_cacheFull_leastRecentlyUsedGoes() {
    get("a");
    get("b");
    get("c");
    get("a");
    get("d");
    assertThat(cache.size()).isEqualTo(3);
    assertThat(get("a")).isEqualTo("a1");
    assertThat(get("c")).isEqualTo("c3");
    assertThat(get("b")).isEqualTo("b5");
  }

  @Test
  void get_cacheFullWhileKeysAreFetched_fetchesAreKept() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> slow = cache.getAsync("slow", key -> answer);
    for (String key : List.of("a", "b", "c", "d", "e")) {
      get(key);
    }
    assertThat(cache.size()).isEqualTo(3);
    answer.complete("value");
    assertThat(slow.join()).isEqualTo("value");
    assertThat(get("slow")).isEqualTo("value");
    assertThat(cache.size()).isEqualTo(3);
  }

  @Test
  void get_otherKeysExpired_theyAreSweptOut() {
    get("a");
    get("b");
    clock.advance(BEYOND);
    assertThat(cache.size()).isEqualTo(2);
    get("c");
    assertThat(cache.size()).as("c alone").isEqualTo(1);
  }

  @Test
  void peek_agedValue_isNotShown() {
    assertThat(cache.peek("a")).isEmpty();
    get("a");
    assertThat(cache.peek("a")).contains("a1");
    clock.advance(Duration.ofMillis(7));
    assertThat(cache.ageMillis("a")).hasValue(7);
    clock.advance(WITHIN_GRACE);
    assertThat(cache.peek("a")).isEmpty();
    assertThat(cache.ageMillis("a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT0.0009S,PT0S", "PT0S,PT0S", "PT1S,PT-1S"})
  void lifetime_outOfRange_throws(Duration ttl, Duration grace) {
    assertThatThrownBy(() -> Lifetime.of(ttl, grace))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 millisecond");
  }

  @Test
  void constructor_noEntries_throws() {
    assertThatThrownBy(() -> cache(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 entry");
  }

  @Test
  void get_refreshFailedShortlyAgo_oldValueServesAndNobodyFetches() {
    Lifetime resting = new Lifetime(10_000, 20_000, 1000, 20_000);
    cache.get("a", resting, this::numbered);
    clock.advance(Duration.ofMillis(10_001));
    assertThat(cache.get("a", resting, failing("denied"))).isEqualTo("a1");
    clock.advance(Duration.ofMillis(999));
    assertThat(cache.get("a", resting, failing("nobody should ask"))).isEqualTo("a1");
    clock.advance(Duration.ofMillis(1));
    assertThat(cache.get("a", resting, this::numbered)).isEqualTo("a2");
  }

  @Test
  void get_refreshFailedShortlyBeforeTheLimit_valueEndsAtTheLimit() {
    Lifetime resting = new Lifetime(10_000, 10_500, 1000, 20_000);
    cache.get("a", resting, this::numbered);
    clock.advance(Duration.ofMillis(10_500));
    assertThat(cache.get("a", resting, failing("denied"))).isEqualTo("a1");
    clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> cache.get("a", resting, failing("still denied")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("still denied");
  }

  @Test
  void get_lifetimesOfTwoCallers_eachJudgesTheAgeByItsOwn() {
    Lifetime shorter = Lifetime.of(Duration.ofSeconds(2), Duration.ZERO);
    get("a");
    clock.advance(Duration.ofSeconds(5));
    assertThat(get("a")).isEqualTo("a1");
    assertThat(cache.get("a", shorter, this::numbered)).isEqualTo("a2");
    assertThat(get("a")).isEqualTo("a2");
  }

  @Test
  void get_fetchBeyondItsTime_isNotJoined() {
    Lifetime brief = new Lifetime(10_000, 20_000, 0, 5_000);
    CompletableFuture<String> hung = new CompletableFuture<>();
    CompletableFuture<String> waiting = cache.getAsync("a", brief, key -> hung);
    clock.advance(Duration.ofSeconds(5));
    CompletableFuture<String> joined = cache.getAsync("a", brief, key -> null);
    clock.advance(Duration.ofMillis(1));
    assertThat(cache.get("a", brief, this::numbered)).isEqualTo("a1");
    hung.complete("late");
    assertThat(waiting.join()).isEqualTo("late");
    assertThat(joined.join()).isEqualTo("late");
    assertThat(get("a")).as("the younger fetch's").isEqualTo("a1");
  }

  @Test
  void get_manyThreadsKeysAndRefreshes_neverAValueBeyondItsTime() throws Exception {
    // Each value is the time its fetch began; whoever gets one checks its age.
    ExpiringCache<Integer, Long> timed = new ExpiringCache<>(Lifetime.of(TTL, GRACE), 4, clock);
    List<Future<Void>> workers = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int seed = t;
      workers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  int key = (i * 31 + seed) % 6;
                  long before = clock.millis();
                  long began = timed.get(key, k -> clock.millis());
                  assertThat(before - began).isLessThanOrEqualTo(WITHIN_GRACE.toMillis());
                  if (i % 10 == 0) {
                    clock.advance(Duration.ofMillis(137));
                  }
                  if (i % 1000 == 0) {
                    timed.clear();
                  }
                }
                return null;
              }));
    }
    for (Future<Void> worker : workers) {
      worker.get();
    }
    assertThat(timed.size()).isLessThanOrEqualTo(4);
  }
}
