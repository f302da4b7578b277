package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.expression.Condition.Comparator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions: {@code OR} binds less than {@code AND}, that less than {@code NOT}, that less
 * than comparisons. Operands may stand in parentheses as conditions may, so that what begins with
 * one is known when it is closed. Not thread-safe.
 */
final class ConditionParser {
  private static final Map<String, Comparator> COMPARATORS =
      Map.of(
          "=", Comparator.EQUAL,
          "<>", Comparator.NOT_EQUAL,
          "<", Comparator.LESS,
          "<=", Comparator.LESS_OR_EQUAL,
          ">", Comparator.GREATER,
          ">=", Comparator.GREATER_OR_EQUAL);

  private static final Set<String> OF_UPDATES = Set.of("if_not_exists", "list_append");

  private final TokenReader tokens;

  ConditionParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  Condition condition() {
    return asCondition(or());
  }

  private SyntaxNode or() {
    SyntaxNode left = and();
    while (tokens.peek().isWord("OR")) {
      Condition first = asCondition(left);
      tokens.expectWord("OR");
      tokens.countOperator();
      left = new Condition.Or(first, asCondition(and()));
    }
    return left;
  }

  private SyntaxNode and() {
    SyntaxNode left = not();
    while (tokens.peek().isWord("AND")) {
      Condition first = asCondition(left);
      tokens.expectWord("AND");
      tokens.countOperator();
      left = new Condition.And(first, asCondition(not()));
    }
    return left;
  }

  private SyntaxNode not() {
    if (tokens.takeWord("NOT")) {
      tokens.countOperator();
      return new Condition.Not(asCondition(not()));
    }
    SyntaxNode node = primary();
    return node instanceof Operand operand ? comparison(operand) : node;
  }

  /** What an operand is compared with; itself if nothing follows. */
  private SyntaxNode comparison(Operand left) {
    @Nullable Comparator comparator = COMPARATORS.get(tokens.peek().text());
    if (comparator != null) {
      tokens.expect(comparator.symbol());
      tokens.countOperator();
      Operand right = operand();
      OperandChecks.comparison(left, comparator, right);
      return new Condition.Comparison(left, comparator, right);
    }
    if (tokens.takeWord("BETWEEN")) {
      tokens.countOperator();
      Operand low = operand();
      tokens.expectWord("AND");
      Operand high = operand();
      OperandChecks.between(left, low, high);
      return new Condition.Between(left, low, high);
    }
    if (tokens.takeWord("IN")) {
      tokens.countOperator();
      tokens.expect("(");
      List<Operand> choices = operands();
      tokens.expect(")");
      OperandChecks.in(left, choices);
      return new Condition.In(left, choices);
    }
    return left;
  }

  private List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    do {
      operands.add(operand());
    } while (tokens.takeIf(","));
    return operands;
  }

  private Operand operand() {
    SyntaxNode node = primary();
    if (node instanceof Operand operand) {
      return operand;
    }
    throw tokens.syntaxError();
  }

  private SyntaxNode primary() {
    if (tokens.peek().is("(")) {
      int start = tokens.openGroup();
      SyntaxNode inner = or();
      tokens.closeGroup(start);
      return inner;
    }
    @Nullable String function = tokens.functionAhead();
    if (function != null) {
      return call(function);
    }
    return tokens.isValue() ? tokens.value() : tokens.path();
  }

  private SyntaxNode call(String function) {
    tokens.takeFunction();
    List<Operand> operands = operands();
    tokens.closeFunction();
    return switch (function) {
      case "attribute_exists" -> new Condition.Exists(OperandChecks.path(function, operands));
      case "attribute_not_exists" ->
          new Condition.NotExists(OperandChecks.path(function, operands));
      case "attribute_type" -> {
        OperandChecks.pair(function, operands);
        yield new Condition.HasType(operands.get(0), OperandChecks.typeName(operands.get(1)));
      }
      case "begins_with" -> {
        OperandChecks.beginsWith(operands);
        yield new Condition.BeginsWith(operands.get(0), operands.get(1));
      }
      case "contains" -> {
        OperandChecks.pair(function, operands);
        yield new Condition.Contains(operands.get(0), operands.get(1));
      }
      case "size" -> new Operand.Size(OperandChecks.sized(operands));
      default ->
          throw new ExpressionException(
              (OF_UPDATES.contains(function)
                      ? "The function is not allowed in a condition expression; function: "
                      : "Invalid function name; function: ")
                  + function);
    };
  }

  private Condition asCondition(SyntaxNode node) {
    if (node instanceof Condition condition) {
      return condition;
    }
    throw tokens.syntaxError();
  }
}
