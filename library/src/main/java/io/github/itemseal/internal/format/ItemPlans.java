package io.github.itemseal.internal.format;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be known of an item by its attribute names alone, made once for each set of names: the
 * items of a table have few. Thread-safe, without locks.
 *
 * @param <P> a plan; immutable
 */
public final class ItemPlans<P> {
  /** So many plans are kept, each until another needs its place. */
  private static final int PLACES = 64;

  /** Larger sets are planned anew each time: items may be hostile, and fill memory with names. */
  private static final int MAX_NAMES = 256;

  private final Function<Set<String>, P> planner;
  private final AtomicReferenceArray<@Nullable Kept<P>> places = new AtomicReferenceArray<>(PLACES);

  /**
   * @param planner makes the plan of a set of names; what it throws is passed on
   */
  public ItemPlans(Function<Set<String>, P> planner) {
    this.planner = planner;
  }

  /** The plan for items with these attribute names. */
  public P of(Set<String> names) {
    int place = Math.floorMod(names.hashCode(), PLACES);
    Kept<P> kept = places.get(place);
    if (kept != null && kept.names.equals(names)) {
      return kept.plan;
    }
    P plan = planner.apply(names);
    if (names.size() <= MAX_NAMES) {
      places.set(place, new Kept<>(new LinkedHashSet<>(names), plan));
    }
    return plan;
  }

  private record Kept<P>(Set<String> names, P plan) {}
}
