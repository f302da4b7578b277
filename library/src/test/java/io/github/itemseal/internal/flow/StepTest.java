package io.github.itemseal.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What steps mean, whichever driver runs them. */
class StepTest {
  /** The two ways to run a step whose calls are done at once. */
  enum Driver {
    BLOCKING {
      @Override
      <A> Call<A> call(Supplier<A> answer) {
        return Call.blocking(answer);
      }

      @Override
      <T> T run(Step<T> step) {
        return BlockingFlow.run(step);
      }
    },

    ASYNCHRONOUS {
      @Override
      <A> Call<A> call(Supplier<A> answer) {
        return Call.async(() -> CompletableFuture.completedFuture(answer.get()));
      }

      @Override
      <T> T run(Step<T> step) {
        return outcome(AsyncFlow.start(step, Runnable::run));
      }
    },

    /** Calls that are done a while after they began. */
    ANSWERED_LATE {
      @SuppressWarnings("ImmutableEnumChecker") // emptied by each run
      private final List<Runnable> answers = new ArrayList<>();

      @Override
      <A> Call<A> call(Supplier<A> answer) {
        return Call.async(
            () -> {
              CompletableFuture<A> future = new CompletableFuture<>();
              answers.add(() -> completeBy(answer, future));
              return future;
            });
      }

      private <A> void completeBy(Supplier<A> answer, CompletableFuture<A> future) {
        try {
          future.complete(answer.get());
        } catch (RuntimeException | Error e) {
          future.completeExceptionally(new CompletionException(e)); // as dependent stages do
        }
      }

      @Override
      <T> T run(Step<T> step) {
        answers.clear();
        CompletableFuture<T> result = AsyncFlow.start(step, Runnable::run);
        while (!answers.isEmpty()) {
          answers.remove(0).run();
        }
        return outcome(result);
      }
    };

    abstract <A> Call<A> call(Supplier<A> answer);

    abstract <T> T run(Step<T> step);

    /** Of a future that is done, as the blocking driver gives it. */
    private static <T> T outcome(CompletableFuture<T> result) {
      assertThat(result).isDone();
      try {
        return result.join();
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
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void run_stepWithoutACall_isItsValue(Driver driver) {
    assertThat((Object) driver.run(Step.done(1))).isEqualTo(1);
    assertThat((Object) driver.run(Step.done(1).map(value -> value + 1))).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void run_callsOneAfterTheOther_eachKnowsTheAnswerBefore(Driver driver) {
    Step<String> step =
        Step.ask(driver.call(() -> "a"))
            .then(first -> Step.ask(driver.call(() -> first + "b")))
            .map(both -> both + "c");
    assertThat((Object) driver.run(step)).isEqualTo("abc");
    assertThat((Object) driver.run(step)).isEqualTo("abc"); // as often as it is asked to
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void run_callAnswersNull_passesItOn(Driver driver) {
    assertThat(
            (Object) driver.run(Step.ask(driver.call(() -> null)).map(nothing -> nothing == null)))
        .isEqualTo(true);
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void run_callThatThrows_isAFailureAsItIs(Driver driver) {
    for (Throwable failure : List.of(new IllegalStateException("x"), new AssertionError("y"))) {
      Step<Object> step = Step.ask(driver.call(() -> sneak(failure)));
      assertThatThrownBy(() -> driver.run(step)).isSameAs(failure);
      assertThatThrownBy(() -> driver.run(step.then(Step::done))).isSameAs(failure);
      Object handled = driver.run(step.handle(Step::done, Step::done));
      assertThat(handled).isSameAs(failure);
    }
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void run_functionThatThrows_isAFailureAsItIs(Driver driver) {
    for (Throwable failure : List.of(new IllegalStateException("x"), new AssertionError("y"))) {
      Step<Object> step = Step.ask(driver.call(() -> 1)).then(answer -> sneak(failure));
      assertThatThrownBy(() -> driver.run(step)).isSameAs(failure);
      assertThatThrownBy(() -> driver.run(Step.failed(failure))).isSameAs(failure);
      Object handled = driver.run(step.handle(Step::done, Step::done));
      assertThat(handled).isSameAs(failure);
    }
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void run_checkedFailure_isWrapped(Driver driver) {
    IOException failure = new IOException("z");
    assertThatThrownBy(() -> driver.run(Step.failed(failure).then(Step::done)))
        .isInstanceOf(CompletionException.class)
        .hasCause(failure);
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void mapFailure_failureOfTheStep_isChangedUnlessItIsAnError(Driver driver) {
    IllegalStateException changed = new IllegalStateException("changed");
    Step<Integer> failing = Step.failed(new IOException("x"));
    assertThatThrownBy(() -> driver.run(failing.mapFailure(e -> changed))).isSameAs(changed);
    AssertionError error = new AssertionError("y");
    Step<Integer> broken = Step.failed(error);
    assertThatThrownBy(() -> driver.run(broken.mapFailure(e -> changed))).isSameAs(error);
    assertThat((Object) driver.run(Step.done(1).mapFailure(e -> changed))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void lazily_stepRunTwice_isMadeTwiceAndNotBefore(Driver driver) {
    List<Integer> made = new ArrayList<>();
    Step<Integer> step =
        Step.lazily(
            () -> {
              made.add(made.size());
              return Step.ask(driver.call(made::size));
            });
    assertThat(made).isEmpty();
    assertThat((Object) driver.run(step)).isEqualTo(1);
    assertThat((Object) driver.run(step)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void lazily_functionThatThrows_isAFailureOfTheStep(Driver driver) {
    IllegalStateException failure = new IllegalStateException("x");
    Step<Object> step = Step.lazily(() -> sneak(failure));
    Object handled = driver.run(step.handle(Step::done, Step::done));
    assertThat(handled).isSameAs(failure);
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void handle_failureInWhatFollows_isNotItsToMend(Driver driver) {
    IllegalStateException failure = new IllegalStateException("later");
    Step<Integer> step =
        Step.ask(driver.call(() -> 1))
            .handle(answer -> Step.<Integer>failed(failure), e -> Step.done(0));
    assertThatThrownBy(() -> driver.run(step)).isSameAs(failure);
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void run_nullInPlaceOfAStep_isAFailure(Driver driver) {
    assertThatThrownBy(() -> driver.run(Step.ask(driver.call(() -> 1)).then(answer -> null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("followed by null");
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void run_deepChains_needNoStack(Driver driver) {
    Step<Integer> left = Step.ask(driver.call(() -> 0));
    for (int i = 0; i < 100_000; i++) {
      left = left.map(count -> count + 1);
    }
    assertThat((Object) driver.run(left)).isEqualTo(100_000);
    assertThat((Object) driver.run(countTo(100_000, 0, driver))).isEqualTo(100_000);
    Step<Integer> failing = Step.failed(new IllegalStateException("deep"));
    for (int i = 0; i < 100_000; i++) {
      failing = failing.map(count -> count + 1);
    }
    assertThat((Object) driver.run(failing.handle(Step::done, e -> Step.done(-1)))).isEqualTo(-1);
  }

  /** A loop whose rounds are calls. */
  private static Step<Integer> countTo(int end, int count, Driver driver) {
    return count == end
        ? Step.done(count)
        : Step.ask(driver.call(() -> count + 1)).then(next -> countTo(end, next, driver));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws whatever it is given
  private static <T, E extends Throwable> T sneak(Throwable failure) throws E {
    throw (E) failure;
  }
}
