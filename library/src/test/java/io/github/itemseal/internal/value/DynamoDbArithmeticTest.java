package io.github.itemseal.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbArithmeticTest {
  @ParameterizedTest
  @CsvSource({
    "1, 2, 3",
    "10.50, -0.5, 10",
    "1E+2, 1, 101",
    "1E-130, -1E-130, 0",
    "9E125, 9E124, 9900000",
  })
  void sum_inRange_isPlain(String one, String other, String sum) {
    assertThat(DynamoDbArithmetic.sum(one, other)).startsWith(sum).doesNotContain("E");
  }

  @ParameterizedTest
  @CsvSource({
    "9.9E125, 9.9E125, overflow",
    "1E1000000000, 1, overflow",
    "1.5E-130, -1.4E-130, underflow",
    "1E-131, 1, underflow",
    "12345678901234567890123456789012345678, 0.1, 38",
    "1, NaN, cannot be converted",
  })
  void sum_outOfRange_isRefused(String one, String other, String reason) {
    assertThatThrownBy(() -> DynamoDbArithmetic.sum(one, other))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void sum_ofALongText_isRefusedUnread() {
    assertThatThrownBy(() -> DynamoDbArithmetic.sum("1", "0".repeat(100_000)))
        .hasMessageContaining("cannot be converted");
  }

  @Test
  void compare_values_haveDynamoDbsOrder() {
    assertThat(DynamoDbOrder.compare(n("9"), n("10.0"))).hasValue(-1);
    assertThat(DynamoDbOrder.compare(n("1E1"), n("10"))).hasValue(0);
    assertThat(
            DynamoDbOrder.compare(
                    AttributeValue.fromS("\uFF5E"), AttributeValue.fromS("\uD83D\uDE00"))
                .getAsInt())
        .isNegative(); // UTF-8, not UTF-16
    assertThat(DynamoDbOrder.compare(n("1"), AttributeValue.fromS("1"))).isEmpty();
    assertThat(DynamoDbOrder.compare(AttributeValue.fromBool(true), AttributeValue.fromBool(true)))
        .isEmpty();
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }
}
