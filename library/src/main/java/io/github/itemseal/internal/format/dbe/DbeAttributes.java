package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.internal.format.ItemPlans;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
  private final ItemPlans<DbeWritePlan> writePlans = new ItemPlans<>(this::planWriting);
  private final ItemPlans<List<DbeAttribute>> signedWhenRead = new ItemPlans<>(this::planReading);

  DbeAttributes(String tableName, AttributeActions actions, DbeUnsigned unsigned) {
    this.tableName = tableName;
    this.actions = actions;
    this.unsigned = unsigned;
  }

  /**
   * What is done with the attributes of an item about to be written.
   *
   * @throws WireFormatException naming the attribute, if its name must be signed and is not valid
   *     Unicode
   */
  DbeWritePlan planFor(Set<String> names) {
    return writePlans.of(names);
  }

  /**
   * The signed attributes of a stored item, in field order.
   *
   * @throws WireFormatException naming the attribute, if its name must be signed and is not valid
   *     Unicode
   */
  List<DbeAttribute> signedWhenRead(Set<String> names) {
    return signedWhenRead.of(names);
  }

  private DbeWritePlan planWriting(Set<String> names) {
    List<DbeAttribute> signed = new ArrayList<>();
    List<DbeAttribute> unsigned = new ArrayList<>();
    for (String name : names) {
      DbeAttribute attribute = named(name);
      (attribute.action().signs() ? signed : unsigned).add(attribute);
    }
    Collections.sort(signed);
    return new DbeWritePlan(signed, unsigned);
  }

  private List<DbeAttribute> planReading(Set<String> names) {
    List<DbeAttribute> signed = new ArrayList<>();
    for (String name : names) {
      DbeAttribute attribute = named(name);
      if (attribute.signedWhenRead()) {
        signed.add(attribute);
      }
    }
    Collections.sort(signed);
    return List.copyOf(signed);
  }

  private DbeAttribute named(String name) {
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
