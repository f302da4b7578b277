package io.github.itemseal.internal.format.ddbec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What is done with the attributes of an item, which their names tell. Immutable.
 *
 * @param signed in the order of {@link DdbecDialect#JAVA}
 * @param unsigned the others
 * @param encrypted those of the signed attributes that are encrypted too
 */
record DdbecItemPlan(
    List<DdbecAttribute> signed, List<DdbecAttribute> unsigned, List<DdbecAttribute> encrypted) {
  static DdbecItemPlan of(Iterable<DdbecAttribute> attributes) {
    List<DdbecAttribute> signed = new ArrayList<>();
    List<DdbecAttribute> unsigned = new ArrayList<>();
    List<DdbecAttribute> encrypted = new ArrayList<>();
    for (DdbecAttribute attribute : attributes) {
      (attribute.signs() ? signed : unsigned).add(attribute);
      if (attribute.encrypts()) {
        encrypted.add(attribute);
      }
    }
    return new DdbecItemPlan(
        ordered(signed, DdbecDialect.JAVA), List.copyOf(unsigned), List.copyOf(encrypted));
  }

  /** The signed attributes in a dialect's order. */
  List<DdbecAttribute> signed(DdbecDialect dialect) {
    return dialect == DdbecDialect.JAVA ? signed : ordered(signed, dialect);
  }

  private static List<DdbecAttribute> ordered(
      List<DdbecAttribute> attributes, DdbecDialect dialect) {
    Comparator<String> order = dialect.textOrder();
    List<DdbecAttribute> ordered = new ArrayList<>(attributes);
    ordered.sort((a, b) -> order.compare(a.name(), b.name()));
    return Collections.unmodifiableList(ordered);
  }
}
