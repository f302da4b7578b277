package io.github.itemseal.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionAttributesTest {
  private static final Map<String, String> NAMES = Map.of("#o", "orders", "#p", "or.and");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "orderId = :v                              | orderId",
        "notes = :v                                | notes",
        "notes=:v AND index<>:w                    | notes,index",
        "a = :v and b = :w Or c = :x               | a,b,c",
        "NOT(a=:v)                                 | a",
        "NOT a = :v                                | a",
        "a BETWEEN :x AND :y                       | a",
        "a between b and c                         | a,b,c",
        "a IN (:x, :y, b)                          | a,b",
        "info IN (:x)                              | info",
        "attribute_exists(a) OR attribute_not_exists ( b ) | a,b",
        "begins_with(a, :v)                        | a",
        "contains(a.list[12].notes, :v)            | a",
        "a[0][1].b.c = :v                          | a",
        "a . b = :v                                | a",
        "size(a) > :v                              | a",
        "#o = :v                                   | orders",
        "#p.#o[3].x = :v                           | or.and",
        "a.#o = :v                                 | a",
        "attribute_type(a, :t) AND (#o = b)        | a,orders,b",
        "android = :v                              | android",
        "a1_b = :v                                 | a1_b",
        "a = :between                              | a",
        "1ssn = :v                                 | 1ssn",
        "a[12] = :v AND 2b = :w                    | a,2b"
      })
  void of_expression_namesTopLevelAttributes(String expression, String expected) {
    assertThat(ExpressionAttributes.of(expression.strip(), NAMES))
        .containsExactlyInAnyOrder(expected.strip().split(","));
  }

  @Test
  void of_blankExpression_isEmpty() {
    assertThat(ExpressionAttributes.of("  \n", NAMES)).isEqualTo(Set.of());
  }

  @Test
  void of_undefinedPlaceholder_throwsNamingIt() {
    assertThatThrownBy(() -> ExpressionAttributes.of("#x = :v", NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("#x is not defined");
  }

  @Test
  void of_strangeCharacter_throwsNamingItsPosition() {
    assertThatThrownBy(() -> ExpressionAttributes.of("a = 'x'", NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("character at 4");
  }
}
