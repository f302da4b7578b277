package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.internal.format.ItemPlans;
import io.github.itemseal.internal.format.ItemPlans.Planned;
import io.github.itemseal.internal.format.NameCache;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The attributes of a table, each looked at once: actions and hashes of names depend on the
 * configuration alone. Thread-safe.
 */
final class DdbecAttributes {
  private final Function<String, CryptoAction> actions;
  private final NameCache<DdbecAttribute> kept = new NameCache<>();
  private final ItemPlans<DdbecItemPlan> plans = new ItemPlans<>(this::plan);

  /**
   * @param actions the action of each attribute name; DO_NOTHING for the reserved ones
   */
  DdbecAttributes(Function<String, CryptoAction> actions) {
    this.actions = actions;
  }

  /**
   * What is done with the attributes of an item.
   *
   * @throws WireFormatException naming the attribute whose name must be hashed and is not valid
   *     Unicode
   */
  Planned<DdbecItemPlan> planFor(Set<String> names) {
    return plans.of(names);
  }

  /** Keeps a plan: of an item of the caller's own, or of one that has been verified. */
  void keep(Planned<DdbecItemPlan> planned) {
    if (plans.keep(planned)) {
      planned.plan().signed().forEach(attribute -> kept.keep(attribute.name(), attribute));
      planned.plan().unsigned().forEach(attribute -> kept.keep(attribute.name(), attribute));
    }
  }

  private DdbecItemPlan plan(Set<String> names) {
    List<DdbecAttribute> attributes = new ArrayList<>(names.size());
    for (String name : names) {
      attributes.add(named(name));
    }
    return DdbecItemPlan.of(attributes);
  }

  private DdbecAttribute named(String name) {
    DdbecAttribute known = kept.get(name);
    return known == null ? lookAt(name) : known;
  }

  private DdbecAttribute lookAt(String name) {
    try {
      return new DdbecAttribute(name, actions.apply(name));
    } catch (WireFormatException e) {
      throw e.inAttribute(name);
    }
  }
}
