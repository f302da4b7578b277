package io.github.itemseal;

import java.util.Set;

/**
 * Attribute names that belong to the stored formats, whatever a table is configured to write: an
 * application's item that used one could be mistaken for an encrypted item.
 */
final class ReservedNames {
  private static final Set<String> DDBEC =
      Set.of(Ddbec.DESCRIPTION_ATTRIBUTE, Ddbec.SIGNATURE_ATTRIBUTE);

  /** Every attribute of the AWS Database Encryption SDK begins so. */
  private static final String DBE_PREFIX = "aws_dbe_";

  private ReservedNames() {}

  static boolean isReserved(String name) {
    return isDdbec(name) || isDbe(name);
  }

  static boolean isDdbec(String name) {
    return DDBEC.contains(name);
  }

  static boolean isDbe(String name) {
    return name.startsWith(DBE_PREFIX);
  }
}
