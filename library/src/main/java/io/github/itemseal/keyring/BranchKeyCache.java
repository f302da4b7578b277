package io.github.itemseal.keyring;

import io.github.itemseal.internal.concurrent.AgeClock;
import io.github.itemseal.internal.concurrent.ExpiringCache;
import io.github.itemseal.internal.concurrent.FetchLimit;
import io.github.itemseal.internal.concurrent.Lifetime;
import io.github.itemseal.internal.flow.CallKind;
import io.github.itemseal.internal.flow.Step;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps branch keys for hierarchical keyrings, and lets neither AWS KMS nor DynamoDB feel a storm:
 * callers who need the same cold key cost one fetch, only so many keys are fetched at once, and
 * before a key's time to live ends one caller fetches it anew while the others go on with the old
 * one. Thread-safe; serves blocking and asynchronous keyrings alike.
 *
 * <p>How long keys may be used is each keyring's own setting, counted from the moment their fetch
 * began. When it is over, nobody gets the key until the source gives it again. Failures are not
 * kept.
 *
 * <p>A keyring has a cache of its own unless it is given one. One cache may serve many keyrings;
 * they share keys where they also have the same partition and their sources the same logical name.
 */
public final class BranchKeyCache {
  private static final int DEFAULT_SIZE = 1000;

  private final @Nullable ExpiringCache<Id, BranchKey> keys;
  private final FetchLimit limit;
  private final Duration gracePeriod;
  private final Duration graceInterval;
  private final Duration fetchTime;

  private BranchKeyCache(Builder builder, boolean keeps) {
    this.gracePeriod = builder.gracePeriod;
    this.graceInterval = builder.graceInterval;
    this.fetchTime = builder.fetchTime;
    this.limit = new FetchLimit(builder.fanOut, fetchTime.toMillis(), builder.clock);
    Lifetime shortest = lifetime(Duration.ofMillis(1)); // keyrings bring theirs
    this.keys = keeps ? new ExpiringCache<>(shortest, builder.maxSize, builder.clock) : null;
  }

  /** The default: see the settings of {@link #builder}. */
  public static BranchKeyCache create() {
    return builder().build();
  }

  /**
   * Keeps nothing, not even for callers who ask at the same time: every item costs a read of the
   * table and a call of KMS.
   */
  public static BranchKeyCache none() {
    return new BranchKeyCache(builder(), false);
  }

  /** A cache with settings of your own. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What a key is known by. The format leaves this to each program, since nothing of it is stored;
   * it has what counts in the cache ids of the AWS Database Encryption SDK.
   *
   * @param version null for the active one, whichever that is
   */
  record Id(String partition, String logicalName, String branchKeyId, @Nullable UUID version) {}

  /** How long a key is used, given what this cache does before it ends. */
  Lifetime lifetime(Duration ttl) {
    long ttlMillis = ttl.toMillis();
    long graceMillis = Math.min(gracePeriod.toMillis(), ttlMillis / 2);
    return new Lifetime(
        ttlMillis - graceMillis, ttlMillis, graceInterval.toMillis(), fetchTime.toMillis());
  }

  /**
   * The key, kept or fetched.
   *
   * @param source belongs to all callers who need the key: cancelling one does not cancel it
   * @param reused is called before the key is given, if this caller had not to fetch it
   */
  Step<BranchKey> get(
      CallKind kind, Id id, Lifetime lifetime, Step<BranchKey> source, Runnable reused) {
    if (keys == null) {
      return source;
    }
    return Step.lazily(
        () -> {
          AtomicBoolean fetched = new AtomicBoolean();
          return Step.ask(kind.cached(keys, id, lifetime, wanted -> fetch(kind, source, fetched)))
              .map(
                  key -> {
                    if (!fetched.get()) {
                      reused.run();
                    }
                    return key;
                  });
        });
  }

  private Step<BranchKey> fetch(CallKind kind, Step<BranchKey> source, AtomicBoolean fetched) {
    fetched.set(true); // the limit may let the source wait
    return Step.ask(kind.limited(limit, source));
  }

  /** Forgets all keys, of all keyrings, so that the next items ask their sources again. */
  public void refresh() {
    if (keys != null) {
      keys.clear();
    }
  }

  /** How many keys it holds, whatever their age. */
  public int size() {
    return keys == null ? 0 : keys.size();
  }

  /** Builds a {@link BranchKeyCache}. Not thread-safe. */
  public static final class Builder {
    private int maxSize = DEFAULT_SIZE;
    private Duration gracePeriod = Duration.ofSeconds(10);
    private Duration graceInterval = Duration.ofSeconds(1);
    private int fanOut = 20;
    private Duration fetchTime = Duration.ofSeconds(10);
    private AgeClock clock = AgeClock.system();

    private Builder() {}

    /**
     * How many keys to keep, at least 1: an active one and each old version count for themselves.
     * Beyond it the one that was not used for longest goes. Default 1000.
     */
    public Builder maxSize(int maxSize) {
      this.maxSize = maxSize;
      return this;
    }

    /**
     * How long before the end of a key's time to live one caller fetches it anew while the others
     * still use the old one, but at most half of that time. If that fails the old one serves to its
     * end. Default 10 seconds; zero for none.
     */
    public Builder gracePeriod(Duration gracePeriod) {
      this.gracePeriod = Objects.requireNonNull(gracePeriod, "gracePeriod");
      return this;
    }

    /** How long to rest after such a fetch began that failed. Default 1 second; zero for none. */
    public Builder graceInterval(Duration graceInterval) {
      this.graceInterval = Objects.requireNonNull(graceInterval, "graceInterval");
      return this;
    }

    /** How many keys may be fetched at once, at least 1; the others wait. Default 20. */
    public Builder fanOut(int fanOut) {
      this.fanOut = fanOut;
      return this;
    }

    /**
     * How long a fetch counts as under way, at least 1 millisecond: after that the next caller
     * fetches for himself instead of waiting for it. Default 10 seconds.
     */
    public Builder inFlightTtl(Duration inFlightTtl) {
      this.fetchTime = Objects.requireNonNull(inFlightTtl, "inFlightTtl");
      return this;
    }

    /** For tests: what ages are measured by. */
    Builder clock(AgeClock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Builds it, empty.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public BranchKeyCache build() {
      if (gracePeriod.isNegative()) {
        throw new IllegalArgumentException(
            "The grace period is 0 or more, not %s.".formatted(gracePeriod));
      }
      return new BranchKeyCache(this, true);
    }
  }
}
