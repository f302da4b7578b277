package io.github.itemseal.internal.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A step on its way, from one call to the next. What is still to follow is kept on a stack of its
 * own, so that no chain is too deep for the thread's. Both drivers run one. Not thread-safe.
 */
final class Course<T> {
  private Step<?> current;
  private final Deque<Step.Then<?, ?>> following = new ArrayDeque<>();

  Course(Step<T> step) {
    this.current = step;
  }

  /** Goes on up to the next call; null once the outcome is there. */
  @Nullable Call<?> next() {
    while (true) {
      if (current instanceof Step.Then<?, ?> then) {
        following.push(then);
        current = then.first;
      } else if (current instanceof Step.Ask<?> ask) {
        return ask.call;
      } else if (following.isEmpty()) {
        return null;
      } else {
        current = following.pop().after(current);
      }
    }
  }

  /** The answer of the last call, which may be null: some calls have none. */
  @SuppressWarnings("NullAway") // a type variable may stand for a type with null
  void answered(@Nullable Object answer) {
    current = new Step.Done<>(answer);
  }

  /** The failure of the last call. */
  void failed(Throwable failure) {
    current = new Step.Failed<>(failure);
  }

  /** The failure in the end; null if there is a value. */
  @Nullable Throwable failure() {
    return current instanceof Step.Failed<?> failed ? failed.failure : null;
  }

  /** The value in the end. */
  @SuppressWarnings("unchecked") // that of the step in the beginning, whose type is T
  T value() {
    return ((Step.Done<T>) current).value;
  }
}
