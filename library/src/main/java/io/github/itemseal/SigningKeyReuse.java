package io.github.itemseal;

import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.format.dbe.DbeSigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** One signing key for a bounded number of items and time. Thread-safe. */
final class SigningKeyReuse {
  private final int maxItems;
  private final Duration maxAge;
  private final InstantSource clock;

  private @Nullable DbeSigningKey key; // null where the next item needs a new one
  private Instant made = Instant.MIN;
  private int itemsLeft;

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  SigningKeyReuse(int maxItems, Duration maxAge, InstantSource clock) {
    if (maxItems < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException(
          "A signing key is reused for at least one item and a positive time.");
    }
    this.maxItems = maxItems;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** The same limits without the key. */
  SigningKeyReuse forOneTable() {
    return new SigningKeyReuse(maxItems, maxAge, clock);
  }

  /** The key for one more item. */
  synchronized DbeSigningKey next(Jca jca) {
    Instant now = clock.instant();
    DbeSigningKey current = key;
    if (current == null || isTooOld(now)) {
      current = DbeSigningKey.generate(jca);
      made = now;
      itemsLeft = maxItems;
    }
    itemsLeft--;
    key = itemsLeft == 0 ? null : current; // nobody needs to hold it any longer
    return current;
  }

  /** A clock that was set back must not make the key live longer. */
  private boolean isTooOld(Instant now) {
    Duration age = Duration.between(made, now);
    return age.isNegative() || age.compareTo(maxAge) >= 0;
  }
}
