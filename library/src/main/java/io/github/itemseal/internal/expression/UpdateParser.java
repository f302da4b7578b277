package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.expression.UpdateExpression.Action;
import io.github.itemseal.internal.expression.UpdateExpression.Add;
import io.github.itemseal.internal.expression.UpdateExpression.Assign;
import io.github.itemseal.internal.expression.UpdateExpression.Copy;
import io.github.itemseal.internal.expression.UpdateExpression.Delete;
import io.github.itemseal.internal.expression.UpdateExpression.IfNotExists;
import io.github.itemseal.internal.expression.UpdateExpression.ListAppend;
import io.github.itemseal.internal.expression.UpdateExpression.NewValue;
import io.github.itemseal.internal.expression.UpdateExpression.Remove;
import io.github.itemseal.internal.expression.UpdateExpression.Sum;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads update expressions, each clause at most once. Not thread-safe. */
final class UpdateParser {
  private static final Set<AttributeValue.Type> ADDED =
      EnumSet.of(
          AttributeValue.Type.N,
          AttributeValue.Type.SS,
          AttributeValue.Type.NS,
          AttributeValue.Type.BS);
  private static final Set<AttributeValue.Type> DELETED =
      EnumSet.of(AttributeValue.Type.SS, AttributeValue.Type.NS, AttributeValue.Type.BS);
  private static final Set<String> OF_CONDITIONS =
      Set.of(
          "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains",
          "size");

  private final TokenReader tokens;
  private final List<Action> actions = new ArrayList<>();

  UpdateParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  UpdateExpression update() {
    Set<String> seen = new HashSet<>();
    while (!tokens.atEnd()) {
      String clause = tokens.peek().text().toUpperCase(Locale.ROOT);
      if (!Keywords.isClause(clause)) {
        throw tokens.syntaxError();
      }
      tokens.expectWord(clause);
      if (!seen.add(clause)) {
        throw new ExpressionException(
            "The \"%s\" section can only be used once in an update expression;".formatted(clause));
      }
      switch (clause) {
        case "SET" -> each(this::assign);
        case "REMOVE" -> each(() -> new Remove(tokens.path()));
        case "ADD" -> each(() -> new Add(tokens.path(), value("ADD", ADDED)));
        default -> each(() -> new Delete(tokens.path(), value("DELETE", DELETED)));
      }
    }
    return new UpdateExpression(actions);
  }

  private void each(Supplier<Action> action) {
    do {
      actions.add(action.get());
    } while (tokens.takeIf(","));
  }

  private Operand.Value value(String operator, Set<AttributeValue.Type> allowed) {
    Operand.Value value = tokens.value();
    OperandChecks.requireTypes(operator, List.of(value), allowed);
    return value;
  }

  private Action assign() {
    DocumentPath path = tokens.path();
    tokens.expect("=");
    return new Assign(path, whole());
  }

  /** A value, or a sum or difference of two; all of it may stand in parentheses. */
  private NewValue whole() {
    NewValue first = operand(true);
    boolean subtracts = tokens.peek().is("-");
    if (!subtracts && !tokens.peek().is("+")) {
      return first;
    }
    String operator = subtracts ? "-" : "+";
    if (first instanceof Sum) {
      throw tokens.syntaxError();
    }
    tokens.expect(operator);
    tokens.countOperator();
    NewValue second = operand(false);
    for (NewValue summand : List.of(first, second)) {
      requireNoList(summand);
      requireType(operator, summand, AttributeValue.Type.N);
    }
    return new Sum(first, second, subtracts);
  }

  /**
   * @param outermost whether it is all that is set, or its first part
   */
  private NewValue operand(boolean outermost) {
    if (tokens.peek().is("(")) {
      int start = tokens.openGroup();
      NewValue inner = outermost ? whole() : operand(false);
      tokens.closeGroup(start);
      return inner;
    }
    @Nullable String function = tokens.functionAhead();
    if (function != null) {
      return call(function);
    }
    return new Copy(tokens.isValue() ? tokens.value() : tokens.path());
  }

  private NewValue call(String function) {
    tokens.takeFunction();
    List<NewValue> operands = new ArrayList<>();
    do {
      operands.add(operand(false));
    } while (tokens.takeIf(","));
    tokens.closeFunction();
    switch (function) {
      case "if_not_exists" -> {
        OperandChecks.requireCount(function, operands, 2);
        List<Object> sources = operands.stream().map(UpdateParser::sourceOf).toList();
        DocumentPath path = OperandChecks.firstPath(function, sources);
        OperandChecks.requireDistinct(function, sources);
        requireNoList(operands.get(1));
        return new IfNotExists(path, operands.get(1));
      }
      case "list_append" -> {
        OperandChecks.requireCount(function, operands, 2);
        for (NewValue list : operands) {
          requireNoList(list);
          requireType(function, list, AttributeValue.Type.L);
        }
        return new ListAppend(operands.get(0), operands.get(1));
      }
      default ->
          throw new ExpressionException(
              (OF_CONDITIONS.contains(function)
                      ? "The function is not allowed in an update expression; function: "
                      : "Invalid function name; function: ")
                  + function);
    }
  }

  private static Object sourceOf(NewValue value) {
    return value instanceof Copy copy ? copy.source() : value;
  }

  private static void requireNoList(NewValue value) {
    if (value instanceof ListAppend) {
      throw new ExpressionException(
          "The function is not allowed to be used this way in an expression; function:"
              + " list_append");
    }
  }

  private static void requireType(String operator, NewValue value, AttributeValue.Type type) {
    if (value instanceof Copy copy) {
      OperandChecks.requireTypes(operator, List.of(copy.source()), EnumSet.of(type));
    }
  }
}
