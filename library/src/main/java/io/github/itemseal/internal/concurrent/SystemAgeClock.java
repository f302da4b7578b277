package io.github.itemseal.internal.concurrent;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The monotonic clock, and what it misses: on most systems it stands still while the machine sleeps
 * or the process lies in an image (CRaC, a frozen function). Then the time of day runs ahead of it,
 * and that lead is counted too. Thread-safe.
 */
final class SystemAgeClock implements AgeClock {
  static final AgeClock INSTANCE = new SystemAgeClock(System::nanoTime, System::currentTimeMillis);

  /** Less is the time of day being adjusted, or the time between the readings of two clocks. */
  private static final long TOLERANCE_MILLIS = 1000;

  private final LongSupplier monotonicNanos;
  private final LongSupplier wallMillis;
  private final long startNanos;
  private final AtomicReference<Lead> lead;

  /**
   * @param monotonicNanos never runs backwards, but may stand still
   * @param wallMillis the time of day, which may be set to anything
   */
  SystemAgeClock(LongSupplier monotonicNanos, LongSupplier wallMillis) {
    this.monotonicNanos = monotonicNanos;
    this.wallMillis = wallMillis;
    this.startNanos = monotonicNanos.getAsLong();
    this.lead = new AtomicReference<>(new Lead(wallMillis.getAsLong(), 0));
  }

  /**
   * How the two clocks stood to each other when that last changed.
   *
   * @param millis the time of day less the monotonic clock
   * @param missedMillis what the monotonic clock has missed so far
   */
  private record Lead(long millis, long missedMillis) {}

  @Override
  public long millis() {
    while (true) {
      Lead known = Objects.requireNonNull(lead.get());
      long measured = (monotonicNanos.getAsLong() - startNanos) / 1_000_000;
      long leadMillis = wallMillis.getAsLong() - measured;
      long change = leadMillis - known.millis();
      if (Math.abs(change) < TOLERANCE_MILLIS) {
        return measured + known.missedMillis();
      }
      Lead changed = new Lead(leadMillis, known.missedMillis() + Math.max(change, 0));
      if (lead.compareAndSet(known, changed)) {
        return measured + changed.missedMillis();
      }
    }
  }
}
