package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The attributes of a table, each looked at once: actions and paths depend on the configuration
 * alone. Thread-safe.
 */
final class DbeAttributes {
  /** So many names are kept; items, which may be hostile, can hold any number of others. */
  private static final int MAX_KEPT = 1_024;

  private final String tableName;
  private final AttributeActions actions;
  private final DbeUnsigned unsigned;
  private final Map<String, DbeAttribute> kept = new ConcurrentHashMap<>();

  DbeAttributes(String tableName, AttributeActions actions, DbeUnsigned unsigned) {
    this.tableName = tableName;
    this.actions = actions;
    this.unsigned = unsigned;
  }

  /** The signed attributes of an item about to be written, in field order. */
  List<DbeAttribute> signedByActions(Iterable<String> names) {
    return sorted(names, attribute -> attribute.action().signs());
  }

  /** The signed attributes of a stored item, in field order. */
  List<DbeAttribute> signedWhenRead(Iterable<String> names) {
    return sorted(names, DbeAttribute::signedWhenRead);
  }

  private List<DbeAttribute> sorted(Iterable<String> names, Predicate<DbeAttribute> isSigned) {
    List<DbeAttribute> signed = new ArrayList<>();
    for (String name : names) {
      DbeAttribute attribute = named(name);
      if (isSigned.test(attribute)) {
        signed.add(attribute);
      }
    }
    Collections.sort(signed);
    return signed;
  }

  /**
   * An attribute.
   *
   * @throws WireFormatException naming the attribute, if its name must be signed and is not valid
   *     Unicode
   */
  DbeAttribute named(String name) {
    DbeAttribute known = kept.get(name);
    return known == null ? lookAt(name) : known;
  }

  private DbeAttribute lookAt(String name) {
    DbeAttribute attribute;
    try {
      attribute =
          new DbeAttribute(tableName, name, actions.actionFor(name), !unsigned.covers(name));
    } catch (WireFormatException e) {
      throw e.inAttribute(name);
    }
    if (kept.size() < MAX_KEPT) {
      kept.put(name, attribute);
    }
    return attribute;
  }
}
