package io.github.itemseal;

import java.util.Set;

/**
 * A stored format bound to its source of keys. Immutable and thread-safe; the same object may serve
 * many tables.
 */
public abstract sealed class ItemFormat permits Dbe, Ddbec, Plaintext {
  ItemFormat() {}

  /** The short name of the format, as failures and inspections show it. */
  public abstract String name();

  /** Whether its keys can be had by blocking calls. */
  public abstract boolean supportsBlocking();

  /** Whether its keys can be had by asynchronous calls. */
  public abstract boolean supportsAsync();

  /**
   * The actions at work where this format is written: with the keys of the table, as far as they
   * are known, and of the indexes that the program listed protected.
   *
   * @throws IllegalArgumentException if a key has an action that it cannot have
   */
  AttributeActions protect(TableInfo table, AttributeActions actions) {
    Set<String> primary =
        table.primaryIndex().isPresent() ? table.primaryIndex().get().attributes() : Set.of();
    return actions
        .withIndexKeys(primary.toArray(new String[0]))
        .withSecondaryIndexKeys(table.declaredIndexKeys().toArray(new String[0]));
  }

  /**
   * Checks that this format can write a table with these actions.
   *
   * @throws IllegalArgumentException if it cannot
   */
  abstract void requireWritable(AttributeActions actions);

  /**
   * Checks that what this format writes the one of the same name among those read can read.
   *
   * @throws IllegalArgumentException if it cannot
   */
  void requireReadableBy(ItemFormat reader) {}

  /**
   * Whether this format verifies what it reads even in a table whose actions leave every attribute
   * alone, so that items must not pass through there.
   */
  abstract boolean verifiesWithoutActions();

  /** The format at work on one table. */
  abstract FormatEngine engineFor(ResolvedTable table);
}
