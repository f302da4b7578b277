package io.github.itemseal.internal.flow;

import io.github.itemseal.internal.concurrent.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a step without waiting: all functions of the step, and the beginnings of its calls, run on
 * an executor, one after the other; while a call is under way no thread is held. Functions never
 * run on a thread that completes a call's future, such as the SDK's event loop, nor on the caller's
 * thread.
 *
 * <p>Once the result is done from outside, cancelled say, the call under way is cancelled and
 * nothing follows. Whatever goes wrong ends the result: a function or a call that throws, a call
 * without a future, and an executor that refuses a task, at the beginning or after a call.
 */
public final class AsyncFlow<T> {
  private final Course<T> course;
  private final Executor executor;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<?> underWay;

  private AsyncFlow(Step<T> step, Executor executor) {
    this.course = new Course<>(step);
    this.executor = executor;
  }

  /**
   * Begins a step and returns the future of its value. A step that is done needs no executor.
   *
   * @param executor if it runs tasks at once, functions run wherever a call's future is completed
   */
  public static <T> CompletableFuture<T> start(Step<T> step, Executor executor) {
    if (step instanceof Step.Done<T> done) {
      return CompletableFuture.completedFuture(done.value);
    }
    AsyncFlow<T> flow = new AsyncFlow<>(step, executor);
    CompletableFuture<T> unused =
        flow.result.whenComplete((value, failure) -> flow.cancelWhatIsUnderWay());
    flow.handOver();
    return flow.result;
  }

  private void handOver() {
    try {
      executor.execute(this::proceed);
    } catch (Throwable refused) { // nobody but the result's owner could hear of it
      result.completeExceptionally(refused);
    }
  }

  /** As far as possible without waiting. A loop, so that calls done at once do not nest. */
  private void proceed() {
    while (!result.isDone()) {
      CompletableFuture<?> answer = underWay;
      if (answer != null) {
        take(answer);
      }
      @Nullable Call<?> call = course.next();
      if (call == null) {
        finish();
        return;
      }
      CompletableFuture<?> begun = begin(call);
      underWay = begun;
      if (result.isDone()) { // meanwhile: either this sees it, or the other side sees the future
        begun.cancel(true);
      } else if (!begun.isDone()) {
        CompletableFuture<?> unused = begun.whenComplete((value, failure) -> answered());
        return;
      }
    }
  }

  private void answered() {
    if (!result.isDone()) {
      handOver();
    }
  }

  private void take(CompletableFuture<?> answer) {
    CompletableFuture<?> unused =
        answer.handle(
            (value, failure) -> {
              if (failure == null) {
                course.answered(value);
              } else {
                course.failed(Futures.causeOf(failure));
              }
              return value;
            });
  }

  private void finish() {
    @Nullable Throwable failure = course.failure();
    if (failure == null) {
      result.complete(course.value());
    } else {
      result.completeExceptionally(failure);
    }
  }

  private static CompletableFuture<?> begin(Call<?> call) {
    try {
      if (!(call instanceof Call.Async<?> async)) {
        throw new IllegalStateException("A blocking call in an asynchronous flow.");
      }
      @Nullable CompletableFuture<?> begun = async.call().get();
      if (begun == null) {
        throw new NullPointerException("A call returned null in place of a future.");
      }
      return begun;
    } catch (Throwable e) { // the logic says what follows, whatever it is
      return CompletableFuture.failedFuture(e);
    }
  }

  private void cancelWhatIsUnderWay() {
    CompletableFuture<?> call = underWay;
    if (call != null) {
      call.cancel(true); // no effect on one that is done
    }
  }
}
