package io.github.itemseal.internal.request;

import java.nio.charset.StandardCharsets;

/** Fuzz target: the table of a PartiQL statement. A table that is found is named in the text. */
public final class StatementFuzz {
  private StatementFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String statement = new String(data, StandardCharsets.UTF_8);
    StatementTable.find(statement)
        .ifPresent(
            table -> {
              if (!statement.contains(table)) {
                throw new AssertionError("A table was found that the statement does not name.");
              }
            });
  }
}
