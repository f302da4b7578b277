package io.github.itemseal.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FetchLimitTest {
  private static final Duration FETCH = Duration.ofSeconds(10);

  private final FakeClock clock = new FakeClock();
  private final FetchLimit limit = new FetchLimit(2, FETCH.toMillis(), clock);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void run_manyThreads_neverMoreThanTheLimitAtOnce() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int number = i;
      results.add(
          threads.submit(
              () ->
                  limit.run(
                      () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(50_000); // so that they meet
                        running.decrementAndGet();
                        return number;
                      })));
    }
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).get()).isEqualTo(i);
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void runAsync_beyondTheLimit_waitsItsTurnInOrder() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<String> third = new CompletableFuture<>();
    CompletableFuture<Void> thirdBegan = new CompletableFuture<>();
    CompletableFuture<Void> fourthBegan = new CompletableFuture<>();
    CompletableFuture<String> one = limit.runAsync(() -> first);
    CompletableFuture<String> two = limit.runAsync(() -> second);
    CompletableFuture<String> three =
        limit.runAsync(
            () -> {
              thirdBegan.complete(null);
              return third;
            });
    CompletableFuture<String> four =
        limit.runAsync(
            () -> {
              fourthBegan.complete(null);
              return CompletableFuture.completedFuture("4");
            });
    assertThat(thirdBegan).isNotDone();
    second.complete("2");
    thirdBegan.join();
    assertThat(two.join()).isEqualTo("2");
    assertThat(fourthBegan).isNotDone();
    first.complete("1");
    assertThat(one.join()).isEqualTo("1");
    assertThat(four.join()).isEqualTo("4");
    third.complete("3");
    assertThat(three.join()).isEqualTo("3");
  }

  @Test
  void run_sourceThrows_givesItsTurnBack() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  limit.run(
                      () -> {
                        throw new IllegalStateException("denied");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("denied");
      assertThat(
              limit.runAsync(
                  () -> {
                    throw new IllegalStateException("denied");
                  }))
          .isCompletedExceptionally();
    }
    assertThat(limit.<String>run(() -> "free")).isEqualTo("free");
  }

  @Test
  void run_fetchesBeyondTheirTime_doNotCountAnyMore() {
    CompletableFuture<String> hung = new CompletableFuture<>();
    CompletableFuture<String> one = limit.runAsync(() -> hung);
    CompletableFuture<String> two = limit.runAsync(() -> hung);
    clock.advance(FETCH);
    CompletableFuture<Void> began = new CompletableFuture<>();
    CompletableFuture<String> three =
        limit.runAsync(
            () -> {
              began.complete(null);
              return hung;
            });
    assertThat(began).isNotDone();
    clock.advance(Duration.ofMillis(1));
    assertThat(limit.<String>run(() -> "through")).isEqualTo("through");
    began.join();
    hung.complete("late");
    assertThat(List.of(one.join(), two.join(), three.join())).containsOnly("late");
  }

  @Test
  void run_interruptedWhileWaiting_throwsAndTakesNobodysTurn() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> one = limit.runAsync(() -> first);
    CompletableFuture<String> two = limit.runAsync(() -> first);
    CountDownLatch began = new CountDownLatch(1);
    CompletableFuture<Thread> waiter = new CompletableFuture<>();
    Future<Boolean> interrupted =
        threads.submit(
            () -> {
              waiter.complete(Thread.currentThread());
              try {
                limit.run(
                    () -> {
                      began.countDown();
                      return "never";
                    });
                return false;
              } finally {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
              }
            });
    waiter.join().interrupt();
    assertThatThrownBy(interrupted::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("Interrupted while waiting");
    first.complete("done");
    assertThat(one.join() + two.join()).isEqualTo("donedone");
    assertThat(began.getCount()).isEqualTo(1);
    assertThat(limit.<String>run(() -> "a") + limit.<String>run(() -> "b")).isEqualTo("ab");
  }

  @Test
  void constructor_noFetchAtAll_throws() {
    assertThatThrownBy(() -> new FetchLimit(0, 1, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("At least 1 key");
  }
}
