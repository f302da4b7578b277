package io.github.itemseal.enhanced;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition that is checked here, on an item in plaintext: those that extensions put on an item
 * while a safe update makes it, when it is too late to ask DynamoDB. The write's own condition,
 * that nobody wrote in between, makes what is true here true there.
 *
 * <p>Knows comparisons, {@code attribute_exists}, {@code attribute_not_exists}, {@code AND}, {@code
 * OR}, {@code NOT} and parentheses, which is more than the SDK's extensions use; refuses the rest.
 */
final class LocalCondition {
  private final Tokens tokens;

  private LocalCondition(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a condition.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException if it is none, or one
   *     of those not known here
   */
  static Predicate<Map<String, AttributeValue>> of(Tokens tokens) {
    Predicate<Map<String, AttributeValue>> condition = new LocalCondition(tokens).or();
    if (!tokens.atEnd()) {
      throw tokens.unexpected();
    }
    return condition;
  }

  private Predicate<Map<String, AttributeValue>> or() {
    Predicate<Map<String, AttributeValue>> condition = and();
    while (tokens.takeIf("OR")) {
      condition = condition.or(and());
    }
    return condition;
  }

  private Predicate<Map<String, AttributeValue>> and() {
    Predicate<Map<String, AttributeValue>> condition = not();
    while (tokens.takeIf("AND")) {
      condition = condition.and(not());
    }
    return condition;
  }

  private Predicate<Map<String, AttributeValue>> not() {
    if (tokens.takeIf("NOT")) {
      return not().negate();
    }
    if (tokens.takeIf("(")) {
      Predicate<Map<String, AttributeValue>> inner = or();
      tokens.expect(")");
      return inner;
    }
    if (tokens.takeFunction("attribute_exists")) {
      return presence();
    }
    if (tokens.takeFunction("attribute_not_exists")) {
      return presence().negate();
    }
    return comparison();
  }

  private Predicate<Map<String, AttributeValue>> presence() {
    DocumentPath path = tokens.path();
    tokens.expect(")");
    return item -> path.in(item) != null;
  }

  private Predicate<Map<String, AttributeValue>> comparison() {
    Operand left = operand();
    String operator = tokens.take();
    if (!operator.matches("=|<>|<=?|>=?")) {
      throw tokens.unexpected();
    }
    Operand right = operand();
    return item -> holds(left.in(item), operator, right.in(item));
  }

  private Operand operand() {
    if (tokens.isValue()) {
      AttributeValue value = tokens.value();
      return item -> value;
    }
    DocumentPath path = tokens.path();
    return path::in;
  }

  /** As in DynamoDB, only {@code <>} holds for what is not there or of another type. */
  private static boolean holds(
      @Nullable AttributeValue left, String operator, @Nullable AttributeValue right) {
    if (operator.equals("=") || operator.equals("<>")) {
      boolean equal = left != null && right != null && equal(left, right);
      return equal == operator.equals("=");
    }
    if (left == null || right == null || left.type() != right.type()) {
      return false;
    }
    int order;
    switch (left.type()) {
      case N -> order = new BigDecimal(left.n()).compareTo(new BigDecimal(right.n()));
      case S -> order = Arrays.compareUnsigned(utf8(left), utf8(right));
      case B -> order = Arrays.compareUnsigned(bytes(left), bytes(right));
      default -> {
        return false;
      }
    }
    if (order == 0) {
      return operator.contains("=");
    }
    return operator.startsWith("<") == (order < 0);
  }

  private static byte[] utf8(AttributeValue text) {
    return text.s().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(AttributeValue binary) {
    return binary.b().asByteArrayUnsafe();
  }

  private static boolean equal(AttributeValue left, AttributeValue right) {
    boolean numbers = left.n() != null && right.n() != null;
    return numbers
        ? new BigDecimal(left.n()).compareTo(new BigDecimal(right.n())) == 0
        : left.equals(right);
  }

  /** What is compared, null where the item does not have it. */
  @FunctionalInterface
  private interface Operand {
    @Nullable AttributeValue in(Map<String, AttributeValue> item);
  }
}
