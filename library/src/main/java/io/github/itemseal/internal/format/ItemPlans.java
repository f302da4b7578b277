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
 * <p>A plan is kept when its user says so, which is when the item has been verified: a refused item
 * leaves nothing behind. What is kept is bounded by the characters of all names.
 *
 * @param <P> a plan; immutable
 */
public final class ItemPlans<P> {
  /** So many plans are kept, each until another needs its place. */
  private static final int PLACES = 64;

  /** Larger sets are planned anew each time. */
  private static final int MAX_NAMES = 256;

  /** So are sets whose names are longer together: one kept plan takes about twice the bytes. */
  private static final int MAX_CHARACTERS = 8_192;

  private static final int NOT_KEPT = -1;

  private final Function<Set<String>, P> planner;
  private final AtomicReferenceArray<@Nullable Planned<P>> places =
      new AtomicReferenceArray<>(PLACES);

  /**
   * @param planner makes the plan of a set of names; what it throws is passed on
   */
  public ItemPlans(Function<Set<String>, P> planner) {
    this.planner = planner;
  }

  /** The plan for items with these attribute names. */
  public Planned<P> of(Set<String> names) {
    int place = Math.floorMod(names.hashCode(), PLACES);
    Planned<P> kept = places.get(place);
    if (kept != null && kept.names.equals(names)) {
      return kept;
    }
    Set<String> copy = new LinkedHashSet<>(names); // the caller's may change before it is kept
    boolean small = copy.size() <= MAX_NAMES && charactersOf(copy) <= MAX_CHARACTERS;
    return new Planned<>(copy, planner.apply(copy), small ? place : NOT_KEPT);
  }

  /**
   * Keeps a plan for the next items with the same names, unless they are many or long.
   *
   * @return whether it was new, as it always is for a plan that is not kept
   */
  public boolean keep(Planned<P> planned) {
    if (planned.place == NOT_KEPT) {
      return true;
    }
    if (places.get(planned.place) == planned) {
      return false;
    }
    places.set(planned.place, planned);
    return true;
  }

  /** Characters of all names that are kept. */
  int keptCharacters() {
    int characters = 0;
    for (int i = 0; i < PLACES; i++) {
      Planned<P> kept = places.get(i);
      characters += kept == null ? 0 : charactersOf(kept.names);
    }
    return characters;
  }

  private static int charactersOf(Set<String> names) {
    int characters = 0;
    for (String name : names) {
      characters += name.length();
    }
    return characters;
  }

  /**
   * A plan, and the names that it is for. Immutable.
   *
   * @param <P> the plan
   */
  public static final class Planned<P> {
    private final Set<String> names;
    private final P plan;
    private final int place;

    private Planned(Set<String> names, P plan, int place) {
      this.names = names;
      this.plan = plan;
      this.place = place;
    }

    public P plan() {
      return plan;
    }
  }
}
