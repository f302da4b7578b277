package io.github.itemseal;

import io.github.itemseal.internal.concurrent.AgeClock;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.format.dbe.DbeSigningKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One signing key for a bounded number of items and time. Thread-safe. Who finds none that serves
 * waits for the one who makes it, since making another takes as long; nobody else takes a lock.
 */
final class SigningKeyReuse {
  /** The longest that can be counted in milliseconds. */
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final int maxItems;
  private final Duration maxAge;
  private final AgeClock clock;

  /** Null where the next item needs a new one: nobody needs to hold a key that signed its last. */
  private final AtomicReference<@Nullable Use> current = new AtomicReference<>();

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  SigningKeyReuse(int maxItems, Duration maxAge, AgeClock clock) {
    if (maxItems < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException(
          "A signing key is reused for at least one item and a positive time.");
    }
    this.maxItems = maxItems;
    this.maxAge = maxAge.compareTo(LONGEST) < 0 ? maxAge : LONGEST;
    this.clock = clock;
  }

  /** The same limits without the key. */
  SigningKeyReuse forOneTable() {
    return new SigningKeyReuse(maxItems, maxAge, clock);
  }

  /** The key for one more item. */
  DbeSigningKey next(Jca jca) {
    Use use = current.get();
    if (use == null || !serves(use)) {
      use = another(jca);
    }
    if (use.isSpent()) {
      current.compareAndSet(use, null);
    }
    return use.key;
  }

  /** One that another thread has made meanwhile, or a new one; this item is counted already. */
  private synchronized Use another(Jca jca) {
    Use use = current.get();
    if (use == null || !serves(use)) {
      long now = clock.millis();
      use = new Use(DbeSigningKey.generate(jca), now, maxItems - 1);
      current.set(use);
    }
    return use;
  }

  private boolean serves(Use use) {
    return use.serves(clock.millis(), maxAge.toMillis());
  }

  /** A key at work. */
  private static final class Use {
    private final DbeSigningKey key;
    private final long madeMillis;
    private final AtomicInteger itemsLeft;

    Use(DbeSigningKey key, long madeMillis, int itemsLeft) {
      this.key = key;
      this.madeMillis = madeMillis;
      this.itemsLeft = new AtomicInteger(itemsLeft);
    }

    /** Whether it serves one more item; it is counted then. */
    boolean serves(long now, long maxAgeMillis) {
      return now - madeMillis < maxAgeMillis && itemsLeft.getAndDecrement() > 0;
    }

    boolean isSpent() {
      return itemsLeft.get() <= 0;
    }
  }
}
