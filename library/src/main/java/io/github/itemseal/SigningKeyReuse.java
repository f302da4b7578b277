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

  private @Nullable DbeSigningKey key;
  private int itemsLeft;
  private Instant expiry = Instant.MIN;

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
    DbeSigningKey current = key;
    if (current == null || itemsLeft == 0 || !clock.instant().isBefore(expiry)) {
      current = DbeSigningKey.generate(jca);
      key = current;
      itemsLeft = maxItems;
      expiry = clock.instant().plus(maxAge);
    }
    itemsLeft--;
    return current;
  }
}
