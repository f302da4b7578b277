package io.github.itemseal.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How often and when a safe update is tried again after other writers came between. Immutable and
 * thread-safe.
 *
 * <p>Between two attempts passes a random part of a time that doubles with every attempt up to a
 * limit, so that writers who met once do not meet again.
 */
public final class UpdateRetry {
  private static final UpdateRetry DEFAULT =
      new UpdateRetry(
          40,
          Duration.ofMillis(10),
          Duration.ofSeconds(1),
          () -> ThreadLocalRandom.current().nextDouble());

  private final int attempts;
  private final Duration firstDelay;
  private final Duration longestDelay;
  private final DoubleSupplier random;

  private UpdateRetry(
      int attempts, Duration firstDelay, Duration longestDelay, DoubleSupplier random) {
    this.attempts = attempts;
    this.firstDelay = firstDelay;
    this.longestDelay = longestDelay;
    this.random = random;
  }

  /** At most 40 attempts, 10 ms apart at first and 1 s in the end. */
  public static UpdateRetry standard() {
    return DEFAULT;
  }

  /**
   * The same with another number of attempts, the first included.
   *
   * @throws IllegalArgumentException if there is not even one
   */
  public UpdateRetry attempts(int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("An update needs at least one attempt.");
    }
    return new UpdateRetry(attempts, firstDelay, longestDelay, random);
  }

  /**
   * The same with other times between attempts, as upper bounds.
   *
   * @throws IllegalArgumentException if the first is negative or longer than the longest
   */
  public UpdateRetry delays(Duration first, Duration longest) {
    if (first.isNegative() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "The delays of an update must not be negative, and the first not the longer one.");
    }
    return new UpdateRetry(attempts, first, longest, random);
  }

  /** The same with another source of numbers from 0 to below 1. */
  UpdateRetry random(DoubleSupplier random) {
    return new UpdateRetry(attempts, firstDelay, longestDelay, Objects.requireNonNull(random));
  }

  int attempts() {
    return attempts;
  }

  /** How long to wait after so many attempts. */
  Duration delayAfter(int attempt) {
    double doubled = firstDelay.toNanos() * Math.pow(2, attempt - 1);
    double limit = Math.min((double) longestDelay.toNanos(), doubled);
    return Duration.ofNanos((long) (limit * random.getAsDouble()));
  }
}
