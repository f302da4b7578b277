package io.github.itemseal.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What only the asynchronous driver knows: threads, cancellation, executors that refuse. The
 * executor runs its tasks when the test says so.
 */
@Timeout(60)
class AsyncFlowTest {
  private static final int CALLS = 3;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<CompletableFuture<Integer>> calls = new ArrayList<>();
  private int functions;

  /** Three calls one after the other, none of which answers by itself. */
  private Step<Integer> threeCalls() {
    return next(0);
  }

  private Step<Integer> next(int number) {
    return number == CALLS
        ? Step.done(number)
        : Step.ask(Call.async(this::pending))
            .then(
                answer -> {
                  functions++;
                  return next(number + 1);
                });
  }

  private CompletableFuture<Integer> pending() {
    calls.add(new CompletableFuture<>());
    return calls.get(calls.size() - 1);
  }

  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private void answerLast() {
    calls.get(calls.size() - 1).complete(1);
  }

  @Test
  void start_step_beginsOnTheExecutorAndGoesOnThere() {
    CompletableFuture<Integer> result = AsyncFlow.start(threeCalls(), tasks::add);
    assertThat(calls).isEmpty();
    for (int call = 1; call <= CALLS; call++) {
      work();
      assertThat(calls).hasSize(call);
      answerLast();
      assertThat(functions).isEqualTo(call - 1);
    }
    assertThat(result).isNotDone();
    work();
    assertThat(result).isCompletedWithValue(CALLS);
  }

  @Test
  void start_stepThatIsDone_needsNoExecutor() {
    assertThat(AsyncFlow.start(Step.done(1), tasks::add)).isCompletedWithValue(1);
    assertThat(tasks).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void cancel_duringACall_cancelsItAndNothingFollows(int call) {
    CompletableFuture<Integer> result = AsyncFlow.start(threeCalls(), tasks::add);
    for (int answered = 1; answered < call; answered++) {
      work();
      answerLast();
    }
    work();
    result.cancel(true);
    assertThat(calls.get(call - 1)).isCancelled();
    work();
    assertThat(calls).hasSize(call);
    assertThat(functions).isEqualTo(call - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void cancel_whileATaskWaits_nothingFollows(int answered) {
    CompletableFuture<Integer> result = AsyncFlow.start(threeCalls(), tasks::add);
    for (int call = 1; call <= answered; call++) {
      work();
      answerLast();
    }
    result.cancel(true);
    work();
    assertThat(calls).hasSize(answered);
    assertThat(functions).isEqualTo(Math.max(0, answered - 1));
  }

  @Test
  void cancel_whileACallBegins_cancelsWhatItBegan() {
    CompletableFuture<Integer> begun = new CompletableFuture<>();
    List<CompletableFuture<Integer>> result = new ArrayList<>();
    Step<Integer> step =
        Step.ask(
            Call.async(
                () -> {
                  result.get(0).cancel(true);
                  return begun;
                }));
    result.add(AsyncFlow.start(step, tasks::add));
    work();
    assertThat(begun).isCancelled();
  }

  @Test
  void timeout_duringACall_cancelsIt() {
    CompletableFuture<Integer> result = AsyncFlow.start(threeCalls(), tasks::add);
    work();
    result.completeExceptionally(new TimeoutException());
    assertThat(calls.get(0)).isCancelled();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void start_executorThatRefusesFromATaskOn_endsTheResult(int accepted) {
    RejectedExecutionException refusal = new RejectedExecutionException("shut down");
    CompletableFuture<Integer> result =
        AsyncFlow.start(
            threeCalls(),
            new Executor() {
              private int taken;

              @Override
              public void execute(Runnable task) {
                if (taken++ == accepted) {
                  throw refusal;
                }
                task.run();
              }
            });
    for (int call = 1; call <= accepted; call++) {
      answerLast();
    }
    assertThat(result).isCompletedExceptionally();
    assertThatThrownBy(result::join).hasCause(refusal);
    assertThat(calls).hasSize(accepted);
  }

  @Test
  void start_callWithoutAFuture_isAFailure() {
    CompletableFuture<Object> result =
        AsyncFlow.start(Step.ask(Call.async(() -> null)), Runnable::run);
    assertThatThrownBy(result::join)
        .hasCauseInstanceOf(NullPointerException.class)
        .hasMessageContaining("in place of a future");
  }

  @Test
  void start_callOfTheOtherKind_isRefused() {
    assertThatThrownBy(AsyncFlow.start(Step.ask(Call.blocking(() -> 1)), Runnable::run)::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                BlockingFlow.run(Step.ask(Call.async(() -> CompletableFuture.completedFuture(1)))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void start_manyCallsOnOtherThreads_runsItsFunctionsOneAfterTheOther() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(3);
    ExecutorService answers = Executors.newFixedThreadPool(3);
    try {
      int[] count = {0}; // unguarded: the driver hands it over from thread to thread
      CompletableFuture<Integer> result = AsyncFlow.start(round(count, 20_000, answers), executor);
      CountDownLatch done = new CountDownLatch(1);
      CompletableFuture<Integer> unused = result.whenComplete((value, failure) -> done.countDown());
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(result).isCompletedWithValue(20_000);
    } finally {
      executor.shutdown();
      answers.shutdown();
    }
  }

  private static Step<Integer> round(int[] count, int rounds, ExecutorService answers) {
    return count[0] == rounds
        ? Step.done(count[0])
        : Step.ask(Call.async(() -> CompletableFuture.supplyAsync(() -> 1, answers)))
            .then(
                one -> {
                  count[0] += one;
                  return round(count, rounds, answers);
                });
  }
}
