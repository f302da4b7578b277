package io.github.itemseal;

/**
 * A stored format bound to its source of keys. Immutable and thread-safe; the same object may serve
 * many tables.
 */
public abstract sealed class ItemFormat permits Ddbec, Plaintext {
  ItemFormat() {}

  /** The short name of the format, as failures and inspections show it. */
  public abstract String name();

  /**
   * What would keep this format from writing a table, with these actions, as the end of a sentence.
   *
   * @throws IllegalArgumentException if the format cannot write it
   */
  abstract void requireWritable(AttributeActions actions);

  /** The format at work on one table. */
  abstract FormatEngine engineFor(ResolvedTable table);
}
