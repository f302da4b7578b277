package io.github.itemseal.internal.expression;

import java.util.List;

/**
 * A condition, filter or key condition as a tree; parentheses are in its shape. Immutable. {@link
 * ConditionEvaluator} says whether it holds of an item.
 */
public sealed interface Condition extends SyntaxNode {
  /** Both hold. */
  record And(Condition left, Condition right) implements Condition {}

  /** One of them holds, or both. */
  record Or(Condition left, Condition right) implements Condition {}

  /** It does not hold. */
  record Not(Condition condition) implements Condition {}

  /** {@code left < right} and so on. */
  record Comparison(Operand left, Comparator comparator, Operand right) implements Condition {}

  /** {@code value BETWEEN low AND high}, bounds included. */
  record Between(Operand value, Operand low, Operand high) implements Condition {}

  /** {@code value IN (choices)}. */
  record In(Operand value, List<Operand> choices) implements Condition {
    public In {
      choices = List.copyOf(choices);
    }
  }

  /** {@code attribute_exists(path)}. */
  record Exists(DocumentPath path) implements Condition {}

  /** {@code attribute_not_exists(path)}. */
  record NotExists(DocumentPath path) implements Condition {}

  /** {@code attribute_type(operand, :type)}. */
  record HasType(Operand operand, Operand.Value type) implements Condition {}

  /** {@code begins_with(operand, prefix)}. */
  record BeginsWith(Operand operand, Operand prefix) implements Condition {}

  /**
   * {@code contains(container, member)}: a part of a string or binary, a member of a set or list.
   */
  record Contains(Operand container, Operand member) implements Condition {}

  /** How two operands are compared. */
  enum Comparator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    Comparator(String symbol) {
      this.symbol = symbol;
    }

    /** As an expression writes it. */
    public String symbol() {
      return symbol;
    }
  }
}
