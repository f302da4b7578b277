package io.github.itemseal;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute names that belong to the stored formats: an application's item that used one could be
 * mistaken for an encrypted item. The usual names are reserved in every table, whatever it is
 * configured to write; a table whose formats use names of their own has those reserved as well.
 * Immutable.
 */
final class ReservedNames {
  private static final Set<String> DDBEC =
      Set.of(Ddbec.DESCRIPTION_ATTRIBUTE, Ddbec.SIGNATURE_ATTRIBUTE);

  private static final ReservedNames USUAL = new ReservedNames(DDBEC);

  private final Set<String> ddbec;

  private ReservedNames(Set<String> ddbec) {
    this.ddbec = ddbec;
  }

  /** Those of a table of which nothing is known. */
  static ReservedNames usual() {
    return USUAL;
  }

  /** Those of a table that knows these formats. */
  static ReservedNames of(Collection<ItemFormat> formats) {
    Set<String> ddbec = new HashSet<>(DDBEC);
    for (ItemFormat format : formats) {
      if (format instanceof Ddbec configured) {
        ddbec.add(configured.names().descriptionAttribute());
        ddbec.add(configured.names().signatureAttribute());
      }
    }
    return ddbec.size() == DDBEC.size() ? USUAL : new ReservedNames(Set.copyOf(ddbec));
  }

  /** Whether a name is reserved in every table. */
  static boolean isUsual(String name) {
    return USUAL.contains(name);
  }

  boolean contains(String name) {
    return ddbec.contains(name) || isDbe(name);
  }

  /** The name of the format whose attributes an item has. */
  String formatOf(Map<String, AttributeValue> item) {
    if (item.keySet().stream().anyMatch(ddbec::contains)) {
      return Ddbec.NAME;
    }
    return item.keySet().stream().anyMatch(ReservedNames::isDbe) ? Dbe.NAME : Plaintext.NAME;
  }

  private static boolean isDbe(String name) {
    return name.startsWith(Dbe.RESERVED_PREFIX);
  }
}
