package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.Dbe;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes no item of a table ever signs: what readers know of its actions. Immutable.
 *
 * @param names the attributes named
 * @param prefix how others begin; null for none
 */
public record DbeUnsigned(Set<String> names, @Nullable String prefix) {
  /** No attribute but the format's own. */
  public static final DbeUnsigned NOTHING = new DbeUnsigned(Set.of(), null);

  public DbeUnsigned {
    names = Set.copyOf(names);
  }

  /** Whether an attribute is one of them. The format's own always are. */
  public boolean covers(String name) {
    return name.startsWith(Dbe.RESERVED_PREFIX)
        || names.contains(name)
        || (prefix != null && name.startsWith(prefix));
  }

  /** Whether whatever is one of these is one of the others too. */
  public boolean isPartOf(DbeUnsigned others) {
    return names.stream().allMatch(others::covers)
        && (prefix == null || (others.prefix != null && prefix.startsWith(others.prefix)));
  }
}
