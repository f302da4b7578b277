package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.internal.format.ItemSize;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Materials by the KMS request that they came from, within the limits of a {@link DataKeyReuse};
 * without one nothing is kept. Expired entries go with the next call of any kind. Thread-safe.
 *
 * @param <M> the materials
 */
final class DataKeyCache<M> {
  private final @Nullable DataKeyReuse limits;

  /** In order of last use. */
  private final Map<Object, Entry<M>> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * From this to before {@link #earliestExpiry} no entry is over, and none needs to be looked at.
   */
  private Instant latestGiven = Instant.MIN;

  private Instant earliestExpiry = Instant.MAX;

  DataKeyCache(@Nullable DataKeyReuse limits) {
    this.limits = limits;
  }

  private record Entry<M>(
      M materials, Instant given, Instant expiry, long usesLeft, long bytesLeft) {
    Entry<M> used(long bytes) {
      return new Entry<>(materials, given, expiry, usesLeft - 1, bytesLeft - bytes);
    }

    /** Also if the clock was set back to before it was given. */
    boolean isOver(Instant now) {
      return now.isBefore(given) || !now.isBefore(expiry);
    }

    boolean allows(long bytes) {
      return usesLeft > 0 && bytesLeft >= bytes;
    }
  }

  /** The size of an item to be written; 0 without limits, where nobody asks. */
  int bytesOf(EncryptionContext context) {
    return limits == null ? 0 : ItemSize.of(context.attributes());
  }

  /**
   * Materials that may serve once more.
   *
   * @param bytes of the item to be written; 0 while reading
   */
  synchronized Optional<M> use(Object request, long bytes) {
    if (limits == null) {
      return Optional.empty();
    }
    dropExpired(limits.clock().instant());
    Entry<M> entry = entries.get(request);
    if (entry == null) {
      return Optional.empty();
    }
    if (!entry.allows(bytes)) {
      entries.remove(request);
      return Optional.empty();
    }
    entries.put(request, entry.used(bytes));
    return Optional.of(entry.materials());
  }

  /** Keeps materials that KMS has just given, and that serve an item of so many bytes already. */
  synchronized M keep(Object request, M materials, long bytes) {
    if (limits != null) {
      Instant now = limits.clock().instant();
      dropExpired(now);
      if (limits.maxUses() == 1) {
        return materials;
      }
      Entry<M> fresh =
          new Entry<>(
              materials, now, now.plus(limits.maxAge()), limits.maxUses(), limits.maxBytes());
      entries.put(request, fresh.used(bytes));
      note(fresh);
      if (entries.size() > limits.capacity()) {
        Iterator<Object> oldest = entries.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    return materials;
  }

  /** Forgets everything. */
  synchronized void clear() {
    entries.clear();
  }

  synchronized int size() {
    return entries.size();
  }

  private void dropExpired(Instant now) {
    if (!now.isBefore(latestGiven) && now.isBefore(earliestExpiry)) {
      return;
    }
    entries.values().removeIf(entry -> entry.isOver(now));
    latestGiven = Instant.MIN;
    earliestExpiry = Instant.MAX;
    entries.values().forEach(this::note);
  }

  private void note(Entry<M> entry) {
    if (entry.given().isAfter(latestGiven)) {
      latestGiven = entry.given();
    }
    if (entry.expiry().isBefore(earliestExpiry)) {
      earliestExpiry = entry.expiry();
    }
  }
}
