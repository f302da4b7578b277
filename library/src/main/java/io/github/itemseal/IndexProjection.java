package io.github.itemseal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which attributes of its items a secondary index holds, besides the keys of the table and of the
 * index, which it always holds. Immutable.
 *
 * @param allAttributes whether it holds whole items
 * @param nonKeyAttributes names of the other attributes it holds; empty if it holds all of them
 */
public record IndexProjection(boolean allAttributes, Set<String> nonKeyAttributes) {
  public IndexProjection {
    nonKeyAttributes = Set.copyOf(nonKeyAttributes);
    if (allAttributes && !nonKeyAttributes.isEmpty()) {
      throw new IllegalArgumentException("An index of all attributes names none of them.");
    }
  }

  /** Whole items: DynamoDB's {@code ALL}. */
  public static IndexProjection all() {
    return new IndexProjection(true, Set.of());
  }

  /** Nothing but keys: DynamoDB's {@code KEYS_ONLY}. */
  public static IndexProjection keysOnly() {
    return new IndexProjection(false, Set.of());
  }

  /** Keys and these attributes: DynamoDB's {@code INCLUDE}. */
  public static IndexProjection include(String... nonKeyAttributes) {
    return new IndexProjection(false, new LinkedHashSet<>(List.of(nonKeyAttributes)));
  }
}
