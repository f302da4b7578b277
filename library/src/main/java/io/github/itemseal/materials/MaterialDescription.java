package io.github.itemseal.materials;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names and texts stored with an item in readable form, which tell how to get its keys back.
 * Immutable and thread-safe; in ascending order of names.
 *
 * <p>The description is not covered by the item's signature: whoever can write to the table can
 * change it. Names that begin with {@code amzn-ddb-} or {@code aws-kms-} belong to the library.
 */
public final class MaterialDescription {
  private static final MaterialDescription EMPTY = new MaterialDescription(new TreeMap<>());

  private final SortedMap<String, String> entries;

  /**
   * @param entries nobody else's
   */
  private MaterialDescription(SortedMap<String, String> entries) {
    this.entries = Collections.unmodifiableSortedMap(entries);
  }

  /** No entries. */
  public static MaterialDescription empty() {
    return EMPTY;
  }

  /** These entries, copied. */
  public static MaterialDescription of(Map<String, String> entries) {
    return entries.isEmpty() ? EMPTY : new MaterialDescription(new TreeMap<>(entries));
  }

  /** The same description with one more entry, or with another text for it. */
  public MaterialDescription with(String name, String text) {
    SortedMap<String, String> changed = new TreeMap<>(entries);
    changed.put(name, text);
    return new MaterialDescription(changed);
  }

  /** The text under a name. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** Whether every entry of {@code other} is here too, with the same text. */
  public boolean containsAll(MaterialDescription other) {
    return entries.entrySet().containsAll(other.entries.entrySet());
  }

  /** All entries, unmodifiable, in ascending order of names. */
  public Map<String, String> entries() {
    return entries;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof MaterialDescription other && entries.equals(other.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** Names only: a wrapped key is among the texts. */
  @Override
  public String toString() {
    return "MaterialDescription" + entries.keySet();
  }
}
