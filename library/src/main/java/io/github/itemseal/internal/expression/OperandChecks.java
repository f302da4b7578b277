package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.expression.Condition.Comparator;
import io.github.itemseal.internal.expression.Operand.Value;
import io.github.itemseal.internal.value.DynamoDbOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What DynamoDB says of the operands of an operator or function before it looks at any item: how
 * many, of which types, and that the first is not among the others. Stateless.
 */
final class OperandChecks {
  private static final int MAX_CHOICES = 100;
  private static final Set<AttributeValue.Type> ORDERED =
      EnumSet.of(AttributeValue.Type.S, AttributeValue.Type.N, AttributeValue.Type.B);
  private static final Set<AttributeValue.Type> PREFIXES =
      EnumSet.of(AttributeValue.Type.S, AttributeValue.Type.B);
  private static final Set<AttributeValue.Type> SIZED =
      EnumSet.of(
          AttributeValue.Type.S,
          AttributeValue.Type.B,
          AttributeValue.Type.SS,
          AttributeValue.Type.NS,
          AttributeValue.Type.BS,
          AttributeValue.Type.L,
          AttributeValue.Type.M);
  private static final Set<String> TYPE_NAMES =
      Set.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");

  private OperandChecks() {}

  static void comparison(Operand left, Comparator comparator, Operand right) {
    requireDistinct(comparator.symbol(), List.of(left, right));
    if (comparator != Comparator.EQUAL && comparator != Comparator.NOT_EQUAL) {
      requireTypes(comparator.symbol(), List.of(left, right), ORDERED);
    }
  }

  static void between(Operand value, Operand low, Operand high) {
    requireDistinct("BETWEEN", List.of(value, low, high));
    requireTypes("BETWEEN", List.of(value, low, high), ORDERED);
    if (!(low instanceof Value from) || !(high instanceof Value to)) {
      return;
    }
    if (from.value().type() != to.value().type()) {
      throw new ExpressionException(
          "The BETWEEN operator requires same data type for lower and upper bounds; lower bound"
              + " operand: %s, upper bound operand: %s".formatted(from, to));
    }
    if (DynamoDbOrder.compare(from.value(), to.value()).orElse(0) > 0) {
      throw new ExpressionException(
          "The BETWEEN operator requires upper bound to be greater than or equal to lower bound;"
              + " lower bound operand: %s, upper bound operand: %s".formatted(from, to));
    }
  }

  static void in(Operand value, List<Operand> choices) {
    if (choices.size() > MAX_CHOICES) {
      throw new ExpressionException(
          "The IN operator is provided with too many operands; number of operands: "
              + choices.size());
    }
    List<Operand> all = new ArrayList<>(choices);
    all.add(0, value);
    requireDistinct("IN", all);
  }

  /** The only operand of a function, which is a document path. */
  static DocumentPath path(String function, List<? extends @Nullable Object> operands) {
    requireCount(function, operands, 1);
    return firstPath(function, operands);
  }

  /** The first operand of a function, which is a document path. */
  static DocumentPath firstPath(String function, List<? extends @Nullable Object> operands) {
    if (operands.get(0) instanceof DocumentPath path) {
      return path;
    }
    throw new ExpressionException(
        "Operator or function requires a document path; operator or function: " + function);
  }

  static void pair(String function, List<Operand> operands) {
    requireCount(function, operands, 2);
    requireDistinct(function, operands);
  }

  static void beginsWith(List<Operand> operands) {
    pair("begins_with", operands);
    requireTypes("begins_with", operands, PREFIXES);
  }

  /** The operand that names a type. */
  static Value typeName(Operand operand) {
    if (!(operand instanceof Value name) || name.value().s() == null) {
      throw wrongType("attribute_type", typeOf(operand));
    }
    if (!TYPE_NAMES.contains(name.value().s())) {
      throw new ExpressionException(
          "Invalid attribute type name found; value: %s, valid types: {B,BOOL,BS,L,M,N,NS,NULL,S,SS}"
              .formatted(name));
    }
    return name;
  }

  /** The operand of {@code size}. */
  static Operand sized(List<Operand> operands) {
    requireCount("size", operands, 1);
    requireTypes("size", operands, SIZED);
    return operands.get(0);
  }

  static void requireCount(String function, List<?> operands, int count) {
    if (operands.size() != count) {
      throw new ExpressionException(
          ("Incorrect number of operands for operator or function; operator or function: %s, number"
                  + " of operands: %s")
              .formatted(function, operands.size()));
    }
  }

  /** Refuses a path that is compared with itself; values and sizes may be. */
  static void requireDistinct(String operator, List<?> operands) {
    if (operands.get(0) instanceof DocumentPath path
        && operands.subList(1, operands.size()).contains(path)) {
      throw new ExpressionException(
          ("The first operand must be distinct from the remaining operands for this operator or"
                  + " function; operator: %s, first operand: %s")
              .formatted(operator, path.elements()));
    }
  }

  /** Refuses operands whose type is known and is none of these. */
  static void requireTypes(
      String operator, List<Operand> operands, Set<AttributeValue.Type> allowed) {
    for (Operand operand : operands) {
      AttributeValue.@Nullable Type type = typeOf(operand);
      if (type != null && !allowed.contains(type)) {
        throw wrongType(operator, type);
      }
    }
  }

  private static AttributeValue.@Nullable Type typeOf(Operand operand) {
    if (operand instanceof Value value) {
      return value.value().type();
    }
    return operand instanceof Operand.Size ? AttributeValue.Type.N : null;
  }

  static ExpressionException wrongType(String operator, AttributeValue.@Nullable Type type) {
    return new ExpressionException(
        "Incorrect operand type for operator or function; operator or function: %s, operand type: %s"
            .formatted(operator, type == null ? "a document path" : nameOf(type)));
  }

  private static String nameOf(AttributeValue.Type type) {
    return type == AttributeValue.Type.NUL ? "NULL" : type.name();
  }
}
