package io.github.itemseal.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbEqualityTest {
  @ParameterizedTest
  @CsvSource({
    "10.50, 10.5",
    "1E+2, 100",
    "1.0E10, 10000000000",
    "-0, 0",
    "0E999, 0",
    "+7, 7",
    "007, 7",
    ".5, 0.5",
    "1E-130, 0.1E-129",
    "NaN, NaN"
  })
  void same_numbersInAnyNotation_areTheSame(String one, String other) {
    assertThat(DynamoDbEquality.same(fromN(one), fromN(other))).isTrue();
    assertThat(DynamoDbEquality.same(nested(fromN(one)), nested(fromN(other)))).isTrue();
    assertThat(DynamoDbEquality.same(fromNs(List.of("3", one)), fromNs(List.of(other, "3"))))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "1, -1", "1, 1.00000000000000000000000000000000000001", "NaN, nan", "1, x"})
  void same_otherNumbers_differ(String one, String other) {
    assertThat(DynamoDbEquality.same(fromN(one), fromN(other))).isFalse();
    assertThat(DynamoDbEquality.same(nested(fromN(one)), nested(fromN(other)))).isFalse();
  }

  @Test
  void same_exponentsBeyondAllRange_comparesWithoutWritingThemOut() {
    assertThat(DynamoDbEquality.sameNumber("1E999999999", "10E999999998")).isTrue();
    assertThat(DynamoDbEquality.sameNumber("1E999999999", "1E-999999999")).isFalse();
    assertThat(DynamoDbEquality.sameNumber("100E2147483647", "1")).isFalse();
    assertThat(DynamoDbEquality.sameNumber("1".repeat(400_000), "1".repeat(399_999))).isFalse();
  }

  static Stream<List<AttributeValue>> reordered() {
    return Stream.of(
        List.of(fromSs(List.of("z", "m", "a")), fromSs(List.of("a", "m", "z"))),
        List.of(fromNs(List.of("3", "1.0", "2")), fromNs(List.of("1", "2.00", "3E0"))),
        List.of(fromBs(List.of(bytes(2), bytes(1))), fromBs(List.of(bytes(1), bytes(2)))));
  }

  @ParameterizedTest
  @MethodSource("reordered")
  void same_setsInAnotherOrder_areTheSame(List<AttributeValue> pair) {
    assertThat(DynamoDbEquality.same(pair.get(0), pair.get(1))).isTrue();
    assertThat(DynamoDbEquality.same(nested(pair.get(0)), nested(pair.get(1)))).isTrue();
  }

  static Stream<List<AttributeValue>> different() {
    return Stream.of(
        List.of(fromSs(List.of("a", "b")), fromSs(List.of("a", "c"))),
        List.of(fromSs(List.of("a", "b")), fromSs(List.of("a"))),
        List.of(fromSs(List.of("1")), fromNs(List.of("1"))),
        List.of(fromL(List.of(fromS("a"), fromS("b"))), fromL(List.of(fromS("b"), fromS("a")))),
        List.of(fromL(List.of()), fromM(Map.of())),
        List.of(fromM(Map.of("a", fromN("1"))), fromM(Map.of("b", fromN("1")))),
        List.of(fromM(Map.of("a", fromN("1"))), fromM(Map.of())),
        List.of(fromS("1"), fromN("1")),
        List.of(fromS("1"), fromS("1.0")),
        List.of(fromBool(true), fromBool(false)),
        List.of(fromNul(true), fromBool(true)),
        List.of(fromB(bytes(1)), fromB(bytes(2))));
  }

  @ParameterizedTest
  @MethodSource("different")
  void same_otherValues_differ(List<AttributeValue> pair) {
    assertThat(DynamoDbEquality.same(pair.get(0), pair.get(1))).isFalse();
    assertThat(DynamoDbEquality.same(nested(pair.get(0)), nested(pair.get(1)))).isFalse();
    assertThat(DynamoDbEquality.same(pair.get(0), pair.get(0).toBuilder().build())).isTrue();
  }

  @Test
  void same_absent_isTheSameAsAbsentOnly() {
    assertThat(DynamoDbEquality.same(null, null)).isTrue();
    assertThat(DynamoDbEquality.same(null, fromNul(true))).isFalse();
    assertThat(DynamoDbEquality.same(fromNul(true), null)).isFalse();
  }

  private static AttributeValue nested(AttributeValue value) {
    return fromM(Map.of("list", fromL(List.of(fromS("x"), value))));
  }

  private static SdkBytes bytes(int value) {
    return SdkBytes.fromByteArray(new byte[] {(byte) value});
  }

  @Test
  void comparableKey_ofTheSameKeys_isEqual() {
    Map<String, AttributeValue> key = Map.of("id", fromN("10.50"), "at", AttributeValue.fromS("1"));
    Map<String, AttributeValue> same = Map.of("id", fromN("10.5"), "at", AttributeValue.fromS("1"));
    Map<String, AttributeValue> text = Map.of("id", AttributeValue.fromS("10.5"), "at", fromN("1"));
    assertThat(DynamoDbEquality.comparableKey(key))
        .isEqualTo(DynamoDbEquality.comparableKey(same))
        .hasSameHashCodeAs(DynamoDbEquality.comparableKey(same))
        .isNotEqualTo(DynamoDbEquality.comparableKey(text));
  }
}
