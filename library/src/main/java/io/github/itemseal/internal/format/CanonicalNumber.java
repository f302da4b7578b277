package io.github.itemseal.internal.format;

import io.github.itemseal.FailureReason;
import java.math.BigDecimal;

/**
 * The text that stands for a number in what is hashed or encrypted: plain decimal notation, no
 * exponent, plus sign, leading or trailing zeros; zero is {@code 0}. DynamoDB answers in this form.
 *
 * <p>Numbers beyond DynamoDB's range (38 digits, 1E-130 to 9.99E125) are accepted, as the old Java
 * client does, as long as their plain notation is of a reasonable length: {@code
 * internal.value.ValueLimits} refuses them when an item is written.
 */
public final class CanonicalNumber {
  /** Longest text and largest power of ten accepted; DynamoDB's own are below 170 and 130. */
  private static final int LIMIT = 512;

  private CanonicalNumber() {}

  /**
   * The canonical text of a number in any decimal notation.
   *
   * @throws WireFormatException if the text is not a decimal number or beyond the limits
   */
  public static String of(String number) {
    return isCanonicalInteger(number) ? number : of(parse(number));
  }

  /** The text of a number that {@link #parse} gave. */
  public static String of(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Most numbers are: spares them the decimal arithmetic. */
  private static boolean isCanonicalInteger(String number) {
    int length = number.length();
    int start = length > 0 && number.charAt(0) == '-' ? 1 : 0;
    if (start == length || length > LIMIT) {
      return false;
    }
    if (number.charAt(start) == '0') {
      return length == 1;
    }
    for (int i = start; i < length; i++) {
      char c = number.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * The number that a text in any decimal notation stands for.
   *
   * @throws WireFormatException if the text is not a decimal number or beyond the limits
   */
  public static BigDecimal parse(String number) {
    if (number.length() > LIMIT) {
      throw new WireFormatException(
          FailureReason.NUMBER_INVALID, "is a number of more than %s characters".formatted(LIMIT));
    }
    BigDecimal value;
    try {
      value = new BigDecimal(number);
    } catch (NumberFormatException e) {
      throw new WireFormatException(
          FailureReason.NUMBER_INVALID, "is of type N but its text is not a decimal number");
    }
    long whole = (long) value.precision() - value.scale();
    if (value.signum() != 0 && Math.max(whole, value.scale()) > LIMIT) {
      throw new WireFormatException(
          FailureReason.NUMBER_INVALID,
          "is a number with an exponent beyond %s".formatted(LIMIT)); // 1E999999999 is 1 GB long
    }
    return value;
  }
}
