package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.internal.format.ItemPlans;
import io.github.itemseal.internal.format.ItemPlans.Planned;
import io.github.itemseal.internal.format.NameCache;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The attributes of a table, each looked at once: actions and paths depend on the configuration
 * alone. Thread-safe.
 */
final class DbeAttributes {
  private final String tableName;
  private final AttributeActions actions;
  private final DbeUnsigned unsigned;
  private final NameCache<DbeAttribute> kept = new NameCache<>();
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
  Planned<DbeWritePlan> planFor(Set<String> names) {
    return writePlans.of(names);
  }

  /** Keeps the plan of an item of the caller's own. */
  void keepWritten(Planned<DbeWritePlan> planned) {
    if (writePlans.keep(planned)) {
      planned.plan().signed().forEach(attribute -> kept.keep(attribute.name(), attribute));
      planned.plan().unsigned().forEach(attribute -> kept.keep(attribute.name(), attribute));
    }
  }

  /**
   * The signed attributes of a stored item, in field order.
   *
   * @throws WireFormatException naming the attribute, if its name must be signed and is not valid
   *     Unicode
   */
  Planned<List<DbeAttribute>> signedWhenRead(Set<String> names) {
    return signedWhenRead.of(names);
  }

  /** Keeps the plan of a stored item that has been verified. */
  void keepRead(Planned<List<DbeAttribute>> planned) {
    if (signedWhenRead.keep(planned)) {
      planned.plan().forEach(attribute -> kept.keep(attribute.name(), attribute));
    }
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
    try {
      return new DbeAttribute(tableName, name, actions.actionFor(name), !unsigned.covers(name));
    } catch (WireFormatException e) {
      throw e.inAttribute(name);
    }
  }
}
