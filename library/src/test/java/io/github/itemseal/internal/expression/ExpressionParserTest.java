package io.github.itemseal.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Hostile text, limits and messages; what is read how is compared with DynamoDB Local elsewhere.
 */
class ExpressionParserTest {
  private static final Definitions DEFINITIONS =
      new Definitions(
          Map.of("#a", "a"),
          Map.of(
              ":n", AttributeValue.fromN("1"),
              ":secret", AttributeValue.fromS("secret"),
              ":list", AttributeValue.fromL(List.of())));

  @ParameterizedTest
  @MethodSource
  void condition_hostile_isRefusedWithTheReason(String condition, String reason) {
    assertThatThrownBy(() -> ExpressionParser.condition(condition, DEFINITIONS))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> condition_hostile_isRefusedWithTheReason() {
    return Stream.of(
        Arguments.of("(".repeat(4096), "redundant parentheses"),
        Arguments.of("(".repeat(2000) + "a = :n" + ")".repeat(2000), "redundant parentheses"),
        Arguments.of("NOT ".repeat(1000) + "a = :n", "too many operators; operator count: 301"),
        Arguments.of("a=:n OR ".repeat(500) + "a=:n", "too many operators; operator count: 301"),
        Arguments.of("size(".repeat(800) + "a" + ")".repeat(4), "too many"),
        Arguments.of("a = :n" + " ".repeat(4096), "maximum allowed size of 4096 bytes"),
        Arguments.of("a" + ".b".repeat(32) + " = :n", "too many nesting levels"),
        Arguments.of("a IN (:n" + ",:n".repeat(100) + ")", "too many operands"),
        Arguments.of("a = secret'", "the character at 10 has no place in it"),
        Arguments.of("a = = secret", "Syntax error; at character 4"),
        Arguments.of("a =", "ends too early"),
        Arguments.of(" \n", "can not be empty"),
        Arguments.of("a = #b", "not defined; attribute name: #b"),
        Arguments.of("a = :b", "not defined; attribute value: :b"),
        Arguments.of("user = :n", "reserved keyword: user"),
        Arguments.of("a BETWEEN :secret AND :n", "same data type"));
  }

  @Test
  void condition_refused_showsNoValue() {
    for (String condition :
        List.of("a BETWEEN :secret AND :n", "attribute_type(a, :secret)", "size(:n) = :secret")) {
      assertThatThrownBy(() -> ExpressionParser.condition(condition, DEFINITIONS))
          .isInstanceOf(ExpressionException.class)
          .hasMessageNotContaining("=secret")
          .hasMessageNotContaining("type: secret");
    }
  }

  @Test
  void condition_atTheLimits_isRead() {
    String many = "a=:n OR ".repeat(149) + "a=:n";
    assertThat(ConditionEvaluator.holds(ExpressionParser.condition(many, DEFINITIONS), Map.of()))
        .isFalse();
    String deep = "(a=:n AND ".repeat(140) + "a=:n" + ")".repeat(140);
    assertThat(ExpressionParser.condition(deep, DEFINITIONS)).isInstanceOf(Condition.And.class);
  }

  @Test
  void condition_withoutParentheses_bindsNotThenAndThenOr() {
    assertThat(ExpressionParser.condition("NOT a=:n AND b=:n OR c=:n", DEFINITIONS))
        .isEqualTo(ExpressionParser.condition("((NOT a=:n) AND b=:n) OR c=:n", DEFINITIONS))
        .isNotEqualTo(ExpressionParser.condition("NOT (a=:n AND b=:n OR c=:n)", DEFINITIONS));
  }

  @ParameterizedTest
  @MethodSource
  void update_overlap_namesBothPaths(String update, String paths) {
    assertThatThrownBy(() -> ExpressionParser.update(update, DEFINITIONS))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining(paths);
  }

  static Stream<Arguments> update_overlap_namesBothPaths() {
    return Stream.of(
        Arguments.of("SET #a = :n, a.b[2] = :n", "overlap with each other; must remove or rewrite"),
        Arguments.of("SET #a = :n, a.b[2] = :n", "path one: [a], path two: [a, b, [2]]"),
        Arguments.of("SET a.b = :n REMOVE a[0]", "conflict with each other"),
        Arguments.of("SET a.b = :n REMOVE a[0]", "path one: [a, b], path two: [a, [0]]"));
  }

  @Test
  void update_deepFunctions_areReadOrRefused() {
    String deep = "SET b = " + "if_not_exists(a,".repeat(200) + ":n" + ")".repeat(200);
    assertThat(ExpressionParser.update(deep, DEFINITIONS).applyTo(Map.of()))
        .isEqualTo(Map.of("b", AttributeValue.fromN("1")));
    assertThatThrownBy(() -> ExpressionParser.update("SET b = " + "a(".repeat(2000), DEFINITIONS))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("too many operators");
  }
}
