package io.github.itemseal.testing;

import io.github.itemseal.internal.concurrent.AgeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that passes on command, for ages and for the time of day. */
public final class FakeClock implements InstantSource, AgeClock {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public long millis() {
    return instant().toEpochMilli();
  }

  public void advance(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }
}
