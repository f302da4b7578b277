package io.github.itemseal.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.internal.concurrent.ExpiringCache;
import io.github.itemseal.internal.concurrent.FetchLimit;
import io.github.itemseal.internal.concurrent.Lifetime;
import io.github.itemseal.testing.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What callers share by a cache, each kind in its way. */
class CallKindTest {
  private final FakeClock clock = new FakeClock();
  private final ExpiringCache<String, Integer> cache =
      new ExpiringCache<>(Lifetime.of(Duration.ofMinutes(1), Duration.ZERO), 10, clock);
  private int fetches;
  private final List<CompletableFuture<Integer>> calls = new ArrayList<>();

  private CompletableFuture<Integer> asked() {
    return AsyncFlow.start(
        Step.ask(CallKind.ASYNC.cached(cache, "key", key -> Step.ask(Call.async(this::pending)))),
        Runnable::run);
  }

  private CompletableFuture<Integer> pending() {
    calls.add(new CompletableFuture<>());
    return calls.get(calls.size() - 1);
  }

  @Test
  void cached_blockingKind_fetchesOnceAndFailsAsTheStepDoes() {
    IllegalStateException failure = new IllegalStateException("x");
    assertThatThrownBy(
            () ->
                BlockingFlow.run(
                    Step.ask(CallKind.BLOCKING.cached(cache, "key", key -> Step.failed(failure)))))
        .isSameAs(failure);
    for (int i = 0; i < 2; i++) {
      int round = i;
      Step<Integer> step =
          Step.ask(
              CallKind.BLOCKING.cached(cache, "key", key -> Step.ask(Call.blocking(() -> round))));
      assertThat(BlockingFlow.run(step)).isZero();
    }
  }

  @Test
  void cached_oneOfTwoAsyncCallersCancelled_theFetchGoesOnForTheOther() {
    CompletableFuture<Integer> first = asked();
    CompletableFuture<Integer> second = asked();
    first.cancel(true);
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0)).isNotDone();
    calls.get(0).complete(7);
    assertThat(second).isCompletedWithValue(7);
    assertThat(asked()).isCompletedWithValue(7);
  }

  @Test
  void cached_lifetimeOfTheCaller_decidesWhatIsStillUsed() {
    Lifetime brief = Lifetime.of(Duration.ofMillis(1), Duration.ZERO);
    for (int expected : List.of(0, 1)) {
      Step<Integer> step =
          Step.ask(CallKind.BLOCKING.cached(cache, "key", brief, key -> Step.done(fetches++)));
      assertThat(BlockingFlow.run(step)).isEqualTo(expected);
      clock.advance(Duration.ofMillis(2));
    }
  }

  @Test
  void limited_eitherKind_runsTheStepInItsTurn() {
    FetchLimit limit = new FetchLimit(1, 1000, clock);
    assertThat(BlockingFlow.run(Step.ask(CallKind.BLOCKING.limited(limit, Step.done(1)))))
        .isEqualTo(1);
    Step<Integer> asked =
        Step.ask(CallKind.ASYNC.limited(limit, Step.ask(Call.async(this::pending))));
    CompletableFuture<Integer> first = AsyncFlow.start(asked, Runnable::run);
    CompletableFuture<Integer> second = AsyncFlow.start(asked, Runnable::run);
    assertThat(calls).hasSize(1);
    calls.get(0).complete(7);
    assertThat(first).isCompletedWithValue(7);
    assertThat(second).isNotDone();
  }
}
