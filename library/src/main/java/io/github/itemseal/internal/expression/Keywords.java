package io.github.itemseal.internal.expression;

import java.util.Locale;
import java.util.Set;

/** The words of the grammar itself, in any case; all of them are reserved too. Stateless. */
final class Keywords {
  private static final Set<String> OPERATORS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");
  private static final Set<String> CLAUSES = Set.of("SET", "REMOVE", "ADD", "DELETE");

  private Keywords() {}

  static boolean contains(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    return OPERATORS.contains(upper) || CLAUSES.contains(upper);
  }

  /** Whether a word is an operator of conditions, and so no attribute's name. */
  static boolean isOperator(String word) {
    return OPERATORS.contains(word.toUpperCase(Locale.ROOT));
  }

  /** Whether a word begins a clause of an update expression. */
  static boolean isClause(String word) {
    return CLAUSES.contains(word.toUpperCase(Locale.ROOT));
  }
}
