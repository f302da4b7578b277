package io.github.itemseal.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MentionedAttributesTest {
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
        "size(a) = :v OR attribute_not_exists(b)    | a",
        "attribute_exists(b.c) OR attribute_exists(d[0]) | b,d",
        "attribute_exists(#o.c) OR ATTRIBUTE_EXISTS(a) | orders,a",
        "attribute_exists((a))                      | a",
        "attribute_exists(b) OR attribute_exists = b | attribute_exists,b",
        "attribute_exists = :v                      | attribute_exists",
        "my.attribute_exists = :v                   | my",
        "#x = :v AND a = :w                         | a",
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
  void comparedBy_expression_namesTopLevelAttributes(String expression, String expected) {
    assertThat(MentionedAttributes.comparedBy(expression.strip(), NAMES))
        .containsExactlyInAnyOrder(expected.strip().split(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  \n",
        "attribute_exists(a) OR attribute_not_exists ( #o )",
        "NOT(attribute_exists(a))",
        "#x = :v" // not defined: DynamoDB refuses it
      })
  void comparedBy_nothingButExistence_isEmpty(String expression) {
    assertThat(MentionedAttributes.comparedBy(expression, NAMES)).isEmpty();
  }

  @Test
  void comparedBy_strangeCharacter_throwsNamingItsPosition() {
    assertThatThrownBy(() -> MentionedAttributes.comparedBy("a = 'x'", NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("character at 4");
  }
}
