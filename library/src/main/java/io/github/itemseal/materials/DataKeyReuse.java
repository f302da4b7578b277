package io.github.itemseal.materials;

import io.github.itemseal.internal.concurrent.AgeClock;
import java.time.Duration;

/**
 * Limits within which a data key of AWS KMS may be used again, instead of asking KMS for every
 * item. Immutable.
 *
 * <p>A key is used again only for the very same request to KMS: the same key id, encryption context
 * and, while reading, the same wrapped key. The standard encryption context holds the item's key,
 * so by default this helps those who write or read the same items again and again; with an
 * encryption context of your own that leaves the item's key out it helps everybody. Callers who
 * want the same key at the same moment, such as the items of a page, share one request.
 *
 * <p>What it gives up: items written under one data key share their content key and MAC key; an
 * access to KMS that is revoked, and a KMS key that is disabled, stay without effect here for up to
 * {@code maxAge}; CloudTrail shows fewer requests than items; and keys stay in memory so long.
 */
public final class DataKeyReuse {
  /** As good as no end, and countable in milliseconds. */
  private static final Duration LONGEST = Duration.ofDays(365_000);

  private final Duration maxAge;
  private final long maxUses;
  private final long maxBytes;
  private final int capacity;
  private final AgeClock clock;

  private DataKeyReuse(Duration maxAge, long maxUses, long maxBytes, int capacity, AgeClock clock) {
    this.maxAge = maxAge;
    this.maxUses = maxUses;
    this.maxBytes = maxBytes;
    this.capacity = capacity;
    this.clock = clock;
  }

  /**
   * Limits of one data key. At most 1,000 keys are kept; {@link #capacity} changes that.
   *
   * @param maxAge time since KMS was asked for it, at least a millisecond
   * @param maxUses items, counting the first
   * @param maxBytes of items written under it, as DynamoDB counts them; reading is not limited
   * @throws IllegalArgumentException if one is too small
   */
  public static DataKeyReuse within(Duration maxAge, long maxUses, long maxBytes) {
    if (maxAge.compareTo(Duration.ofMillis(1)) < 0 || maxUses < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "The limits of a data key's reuse must be positive, and its age a millisecond at least.");
    }
    return new DataKeyReuse(
        maxAge.compareTo(LONGEST) < 0 ? maxAge : LONGEST,
        maxUses,
        maxBytes,
        1_000,
        AgeClock.system());
  }

  /**
   * The same limits, keeping so many keys; the least recently used go first, which are looked for
   * among all of them: thousands are well, millions are not.
   */
  public DataKeyReuse capacity(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("The capacity must be positive.");
    }
    return new DataKeyReuse(maxAge, maxUses, maxBytes, capacity, clock);
  }

  /** For tests: the same limits, by this clock. */
  DataKeyReuse clock(AgeClock clock) {
    return new DataKeyReuse(maxAge, maxUses, maxBytes, capacity, clock);
  }

  Duration maxAge() {
    return maxAge;
  }

  long maxUses() {
    return maxUses;
  }

  long maxBytes() {
    return maxBytes;
  }

  int capacity() {
    return capacity;
  }

  AgeClock clock() {
    return clock;
  }
}
