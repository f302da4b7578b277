package io.github.itemseal.internal.flow;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a piece of logic does next: it is done, with a value or a failure, or it asks for one {@link
 * Call} and says how to go on with the answer or the failure of that call. A step does nothing by
 * itself; a driver runs it, as often as it is asked to. Immutable.
 *
 * <pre>{@code
 * Step<UpdatedItem> update =
 *     Step.ask(calls.getItem(read))
 *         .then(response -> Step.ask(calls.updateItem(writeAfter(response))))
 *         .map(response -> outcome);
 * }</pre>
 *
 * <p>What a function of a step throws is the failure of its step, and null in place of a step is a
 * {@code NullPointerException}. Chains may be of any depth, to the left and to the right: loops are
 * written as functions that return the step of the next round.
 *
 * @param <T> the value in the end
 */
public abstract sealed class Step<T> {
  private Step() {}

  /** A step that is done. */
  public static <T> Step<T> done(T value) {
    return new Done<>(value);
  }

  /** A step that failed. */
  public static <T> Step<T> failed(Throwable failure) {
    return new Failed<>(failure);
  }

  /**
   * The step that a function makes once it is run, each time anew: what the function throws is a
   * failure of the step, and what it makes is that run's alone.
   */
  public static <T> Step<T> lazily(Supplier<Step<T>> first) {
    return done(true).then(go -> first.get());
  }

  /** A step that asks for a call and is done with its answer. */
  public static <A> Step<A> ask(Call<A> call) {
    return new Ask<>(call);
  }

  /** Goes on with the value of this step; a failure stays what it is. */
  public <U> Step<U> then(Function<? super T, Step<U>> next) {
    return handle(next, Step::failed);
  }

  /** The value of this step, changed. */
  public <U> Step<U> map(Function<? super T, ? extends U> change) {
    return then(value -> done(change.apply(value)));
  }

  /** The failure of this step, changed; an {@code Error} stays what it is. */
  public Step<T> mapFailure(Function<Throwable, ? extends Throwable> change) {
    return handle(
        Step::done, failure -> failed(failure instanceof Error ? failure : change.apply(failure)));
  }

  /**
   * Goes on with the value of this step, or with its failure. What {@code next} leads to is not
   * {@code recover}'s to mend.
   */
  public <U> Step<U> handle(
      Function<? super T, Step<U>> next, Function<Throwable, Step<U>> recover) {
    return new Then<>(this, next, recover);
  }

  /** See {@link #done}. */
  static final class Done<T> extends Step<T> {
    final T value;

    Done(T value) {
      this.value = value;
    }
  }

  /** See {@link #failed}. */
  static final class Failed<T> extends Step<T> {
    final Throwable failure;

    Failed(Throwable failure) {
      this.failure = Objects.requireNonNull(failure, "failure");
    }
  }

  /** See {@link #ask}. */
  static final class Ask<T> extends Step<T> {
    final Call<T> call;

    Ask(Call<T> call) {
      this.call = Objects.requireNonNull(call, "call");
    }
  }

  /** See {@link #handle}. */
  static final class Then<S, T> extends Step<T> {
    final Step<S> first;
    private final Function<? super S, Step<T>> next;
    private final Function<Throwable, Step<T>> recover;

    Then(Step<S> first, Function<? super S, Step<T>> next, Function<Throwable, Step<T>> recover) {
      this.first = first;
      this.next = Objects.requireNonNull(next, "next");
      this.recover = Objects.requireNonNull(recover, "recover");
    }

    /** The step that follows a step that is done, which is that of {@link #first}. */
    @SuppressWarnings("unchecked") // the value is an S
    Step<T> after(Step<?> ended) {
      try {
        Step<T> following =
            ended instanceof Failed<?> failed
                ? recover.apply(failed.failure)
                : next.apply(((Done<S>) ended).value);
        return Objects.requireNonNull(following, "A step was followed by null.");
      } catch (Throwable e) { // whoever asked for the logic must hear of it, whatever it is
        return failed(e);
      }
    }
  }
}
