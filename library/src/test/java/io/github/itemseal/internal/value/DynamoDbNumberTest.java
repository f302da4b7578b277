package io.github.itemseal.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.internal.format.WireFormatException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0012.30, 12.3",
    "1.2e2, 120",
    "123.456e-5, 0.00123456",
    "-0e-99, 0",
    "0e999, 0",
    "0e99999999999999999999, 0",
    "000, 0",
    ".5, 0.5",
    "5., 5",
    "+1.2e+2, 120",
    "-00.10, -0.1",
    "1E00002, 100",
    "100, 100",
    "-7, -7",
    "10e-1, 1",
    "12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "123456789012345678901234567890123456780, 123456789012345678901234567890123456780"
  })
  void of_number_isNormalised(String number, String expected) {
    assertThat(DynamoDbNumber.canonical(number)).isEqualTo(expected);
  }

  @Test
  void of_endsOfTheRange_areNormalised() {
    String nines = "9".repeat(38);
    assertThat(DynamoDbNumber.canonical("9." + nines.substring(1) + "E+125"))
        .isEqualTo(nines + "0".repeat(88));
    assertThat(DynamoDbNumber.canonical("1E-130")).isEqualTo("0." + "0".repeat(129) + "1");
    assertThat(DynamoDbNumber.canonical("1234567e-136"))
        .isEqualTo("0." + "0".repeat(129) + "1234567");
    assertThat(DynamoDbNumber.canonical("0." + "0".repeat(2000) + "1e2000")).isEqualTo("0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "-",
        "+",
        "1e",
        "1.2e1.1",
        "--1",
        " 1",
        "1 ",
        "e5",
        "1e+",
        "1x",
        "1..2",
        "0x1",
        "٣",
        "Infinity",
        "NaN",
        "1_0",
        "1e5 "
      })
  void of_noNumber_throws(String number) {
    assertThatThrownBy(() -> DynamoDbNumber.canonical(number))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("not a decimal number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E+126",
        "-1E126",
        "9.9E-131",
        "1e99999999999999999999",
        "1e-99999999999999999999"
      })
  void of_beyondTheRange_throws(String number) {
    assertThatThrownBy(() -> DynamoDbNumber.canonical(number))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("outside DynamoDB's range");
  }

  @Test
  void of_moreThan38Digits_throws() {
    assertThatThrownBy(() -> DynamoDbNumber.canonical("1." + "0".repeat(37) + "1"))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("more than DynamoDB's 38 significant digits");
  }

  @Test
  void of_randomNumbers_equalThoseOfBigDecimal() {
    long seed = new Random().nextLong();
    System.out.println("DynamoDbNumberTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      int digits = 1 + random.nextInt(30);
      int point = random.nextInt(digits + 1);
      for (int d = 0; d < digits; d++) {
        text.append(d == point ? "." : "").append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
      }
      text.append(random.nextBoolean() ? "e" + (random.nextInt(160) - 80) : "");
      BigDecimal value = new BigDecimal(text.toString());
      String expected = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
      assertThat(DynamoDbNumber.canonical(text.toString())).as(text.toString()).isEqualTo(expected);
    }
  }
}
