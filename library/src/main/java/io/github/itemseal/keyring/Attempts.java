package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Step;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Attempts to open an item, one after the other, up to the first that does. Stateless. */
final class Attempts {
  private Attempts() {}

  /**
   * What the first attempt gives that succeeds; where none does, every failure is kept, as {@link
   * FailedAttempts} weighs them.
   *
   * <p>An {@code Error}, a checked exception or a {@link CancellationException} is no failed
   * attempt but the end: whoever cancels does not want the next one.
   *
   * @param open may throw
   */
  static <A> Step<DecryptionMaterials> firstOf(
      DecryptionMaterials materials,
      List<A> attempts,
      Function<? super A, Step<DecryptionMaterials>> open) {
    return Step.lazily(
        () -> new Series<A>(materials, attempts.iterator(), open, new FailedAttempts()).next());
  }

  private record Series<A>(
      DecryptionMaterials materials,
      Iterator<A> attempts,
      Function<? super A, Step<DecryptionMaterials>> open,
      FailedAttempts failures) {

    Step<DecryptionMaterials> next() {
      if (!attempts.hasNext()) {
        return Step.failed(failures.toException(materials));
      }
      A attempt = attempts.next();
      return Step.lazily(() -> open.apply(attempt)).handle(Step::done, this::after);
    }

    private Step<DecryptionMaterials> after(Throwable failure) {
      if (failure instanceof RuntimeException counted
          && !(failure instanceof CancellationException)) {
        failures.add(counted);
        return next();
      }
      return Step.failed(failure);
    }
  }
}
