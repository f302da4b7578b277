package io.github.itemseal.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0.0, 0",
    "0E10, 0",
    "00, 0",
    "007, 7",
    "-007, -7",
    "+5, 5",
    "5., 5",
    ".5, 0.5",
    "1E3, 1000",
    "1e+3, 1000",
    "1E-3, 0.001",
    "1.50E2, 150",
    "100, 100",
    "-100.00, -100",
    "12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "٣, 3"
  })
  void of_anyNotation_isPlain(String number, String canonical) {
    assertThat(CanonicalNumber.of(number)).isEqualTo(canonical);
    assertThat(CanonicalNumber.of(canonical)).isEqualTo(canonical);
  }

  @Test
  void of_endsOfDynamoDbsRange_isPlain() {
    assertThat(CanonicalNumber.of("9.9E125")).isEqualTo("99" + "0".repeat(124));
    assertThat(CanonicalNumber.of("1E-130")).isEqualTo("0." + "0".repeat(129) + "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E513", "1E-513", "1E2147483647", "1E-2147483647"})
  void of_exponentBeyondReason_throwsWithoutSpellingItOut(String number) {
    assertThatThrownBy(() -> CanonicalNumber.of(number))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("exponent beyond 512");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "+", ".", "1_000", " 5", "0x10", "NaN", "1E", "1E99999999999"})
  void of_notANumber_throws(String number) {
    assertThatThrownBy(() -> CanonicalNumber.of(number))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("not a decimal number");
  }
}
