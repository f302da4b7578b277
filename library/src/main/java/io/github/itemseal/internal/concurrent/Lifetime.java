package io.github.itemseal.internal.concurrent;

import java.time.Duration;

/**
 * How long a value of an {@link ExpiringCache} serves, in milliseconds of an {@link AgeClock}
 * counted from the moment its fetch began. Immutable.
 *
 * @param freshMillis up to this age everybody gets the value
 * @param limitMillis up to this age everybody gets it but one caller, who fetches anew; beyond it
 *     nobody
 * @param retryMillis how long after a refresh began that failed the next one may begin
 * @param joinMillis how long a fetch is joined by those who need what it fetches
 */
public record Lifetime(long freshMillis, long limitMillis, long retryMillis, long joinMillis) {
  /**
   * @throws IllegalArgumentException if a value would not be fresh for a millisecond, or a number
   *     is negative
   */
  public Lifetime {
    if (freshMillis < 1 || limitMillis < freshMillis || retryMillis < 0 || joinMillis < 1) {
      throw new IllegalArgumentException(
          ("A value is kept for at least 1 millisecond (not %s), and in use for as long at least"
                  + " (not %s); refreshes begin again after 0 or more (not %s) and are joined for at"
                  + " least 1 (not %s).")
              .formatted(freshMillis, limitMillis, retryMillis, joinMillis));
    }
  }

  /**
   * Fresh for {@code ttl}, in use for {@code grace} more; a refresh that failed is repeated at
   * once.
   */
  public static Lifetime of(Duration ttl, Duration grace) {
    long limit = Math.addExact(ttl.toMillis(), grace.toMillis());
    return new Lifetime(ttl.toMillis(), limit, 0, Math.max(limit, 1));
  }

  boolean isFresh(long sinceMillis, long now) {
    return now - sinceMillis <= freshMillis;
  }

  /** Whether the hard limit is passed. */
  boolean isOver(long sinceMillis, long now) {
    return now - sinceMillis > limitMillis;
  }

  /** Whether a refresh failed so shortly ago that none may begin. */
  boolean isResting(long failedMillis, long now) {
    return now - failedMillis < retryMillis;
  }

  boolean isJoinable(long startedMillis, long now) {
    return now - startedMillis <= joinMillis;
  }
}
