package io.github.itemseal.internal.flow;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Runs steps on the caller's thread, waiting for each call. Stateless. */
public final class BlockingFlow {
  private BlockingFlow() {}

  /**
   * The value of a step; a failure is thrown as what it is.
   *
   * @throws CompletionException for failures that are not unchecked
   * @throws IllegalStateException if a call is asynchronous
   */
  public static <T> T run(Step<T> step) {
    Course<T> course = new Course<>(step);
    for (Call<?> call = course.next(); call != null; call = course.next()) {
      make(call, course);
    }
    @Nullable Throwable failure = course.failure();
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw new CompletionException(failure);
    }
    return course.value();
  }

  private static void make(Call<?> call, Course<?> course) {
    try {
      if (!(call instanceof Call.Blocking<?> blocking)) {
        throw new IllegalStateException("An asynchronous call in a blocking flow.");
      }
      course.answered(blocking.call().get());
    } catch (Throwable e) { // the logic says what follows, whatever it is
      course.failed(e);
    }
  }
}
