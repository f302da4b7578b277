package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.internal.concurrent.AgeClock;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.format.dbe.DbeSigningKey;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads that need a signing key at once; {@link DbeTest} has its limits. */
class SigningKeyReuseTest {
  private final AtomicLong now = new AtomicLong();
  private final SigningKeyReuse reuse =
      new SigningKeyReuse(100, Duration.ofHours(1), new SlowClock());
  private final FutureTask<DbeSigningKey> other = new FutureTask<>(() -> reuse.next(Jca.INSTALLED));
  private final Thread otherThread = new Thread(other);

  /** Whoever looks first is overtaken by the other, unless that one waits for a lock. */
  private final class SlowClock implements AgeClock {
    @Override
    public long millis() {
      long seen = now.incrementAndGet();
      if (seen == 1) {
        otherThread.start();
        while (otherThread.isAlive() && otherThread.getState() != Thread.State.BLOCKED) {
          LockSupport.parkNanos(100_000);
        }
      }
      return seen;
    }
  }

  @Test
  @Timeout(60)
  void next_secondThreadWhileTheFirstMakesAKey_waitsForIt() throws Exception {
    DbeSigningKey made = reuse.next(Jca.INSTALLED);
    assertThat(other.get()).isSameAs(made);
  }
}
