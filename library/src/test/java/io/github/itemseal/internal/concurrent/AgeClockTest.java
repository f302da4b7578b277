package io.github.itemseal.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of ages when the time of day is set, and when the machine sleeps. */
class AgeClockTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // wraps soon
  private final AtomicLong wallMillis = new AtomicLong(1_767_225_600_000L);
  private final AgeClock clock = new SystemAgeClock(nanos::get, wallMillis::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    wallMillis.addAndGet(time.toMillis());
  }

  private void setWall(Duration change) {
    wallMillis.addAndGet(change.toMillis());
  }

  private Duration age() {
    return Duration.ofMillis(clock.millis());
  }

  @Test
  void millis_timePasses_isCounted() {
    pass(Duration.ofMillis(1));
    assertThat(age()).isEqualTo(Duration.ofMillis(1));
    pass(Duration.ofDays(400));
    assertThat(age()).isEqualTo(Duration.ofDays(400).plusMillis(1));
  }

  @Test
  void millis_wallClockSetBackTimeAndAgain_countsWhatPassed() {
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofMinutes(9));
      setWall(Duration.ofMinutes(-8));
      assertThat(age()).isEqualTo(Duration.ofMinutes(9L * (i + 1)));
    }
  }

  @Test
  void millis_setBackAndSleptAfterwards_sleepIsCounted() {
    setWall(Duration.ofHours(-1));
    assertThat(age()).isZero();
    setWall(Duration.ofMinutes(30)); // a suspended machine: only the time of day went on
    assertThat(age()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void millis_sleptOrRestored_timeOfDayThatPassedIsCounted() {
    pass(Duration.ofMinutes(1));
    setWall(Duration.ofHours(60));
    assertThat(age()).isEqualTo(Duration.ofHours(60).plusMinutes(1));
    pass(Duration.ofMinutes(1));
    assertThat(age()).isEqualTo(Duration.ofHours(60).plusMinutes(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {-999, -1, 1, 999})
  void millis_timeOfDayAdjustedALittle_changesNothing(long millis) {
    setWall(Duration.ofMillis(millis));
    assertThat(age()).isZero();
  }

  @Test
  void system_isReadTwice_neverRunsBackwards() {
    long before = AgeClock.system().millis();
    assertThat(AgeClock.system().millis()).isGreaterThanOrEqualTo(before);
  }

  /** The kept value is fetched again after its time, whatever was done to the time of day. */
  @Test
  void expiringCache_wallClockSetBackFiveTimes_endsTheValueInTime() {
    ExpiringCache<String, Duration> cache =
        new ExpiringCache<>(Lifetime.of(Duration.ofMinutes(10), Duration.ZERO), 1, clock);
    cache.get("key", key -> age());
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofMinutes(9));
      setWall(Duration.ofMinutes(-8));
      Duration fetched = cache.get("key", key -> age());
      assertThat(age().minus(fetched)).isLessThanOrEqualTo(Duration.ofMinutes(10));
    }
  }
}
