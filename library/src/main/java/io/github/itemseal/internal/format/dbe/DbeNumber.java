package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.WireFormatException;

/**
 * The text that stands for a number in what is signed or encrypted: plain decimal notation, no
 * exponent, plus sign, leading or trailing zeros; zero is {@code 0}. Refuses what DynamoDB cannot
 * store: more than 38 significant digits, or a magnitude outside [1E-130, 1E126). Source:
 * docs/formats/dbe.md, "Numbers". Stateless.
 */
final class DbeNumber {
  private static final int MAX_DIGITS = 38;
  private static final int MAX_MAGNITUDE = 125;
  private static final int MIN_MAGNITUDE = -130;

  /** Beyond every exponent that a text of DynamoDB's 400 KB can bring back into range. */
  private static final int EXPONENT_LIMIT = 100_000_000;

  private DbeNumber() {}

  /**
   * The canonical text of a number: an optional sign, ASCII digits with at most one point among
   * them, and optionally {@code e} or {@code E}, an optional sign, and digits.
   *
   * @throws WireFormatException if the text is no such number or out of range
   */
  static String of(String number) {
    return isCanonicalInteger(number) ? number : normalise(number);
  }

  /** Most numbers are: spares them the work. */
  private static boolean isCanonicalInteger(String number) {
    int length = number.length();
    int start = length > 0 && number.charAt(0) == '-' ? 1 : 0;
    if (start == length || length - start > MAX_DIGITS) {
      return false;
    }
    if (number.charAt(start) == '0') {
      return length == 1;
    }
    for (int i = start; i < length; i++) {
      if (!isDigit(number.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String normalise(String number) {
    int length = number.length();
    int i = 0;
    boolean negative = false;
    if (i < length && (number.charAt(i) == '+' || number.charAt(i) == '-')) {
      negative = number.charAt(i++) == '-';
    }
    StringBuilder digits = new StringBuilder(); // from the first that is not zero
    int seen = 0;
    int pointAt = -1;
    for (; i < length; i++) {
      char c = number.charAt(i);
      if (c == '.' && pointAt < 0) {
        pointAt = seen;
      } else if (isDigit(c)) {
        seen++;
        if (c != '0' || digits.length() > 0) {
          digits.append(c);
        }
      } else {
        break;
      }
    }
    if (seen == 0) {
      throw notANumber();
    }
    int exponent = i < length ? exponent(number, i) : 0;
    if (digits.length() == 0) {
      return "0";
    }
    int leadingZeros = seen - digits.length();
    int magnitude = (pointAt < 0 ? seen : pointAt) - leadingZeros - 1 + exponent;
    while (digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    if (digits.length() > MAX_DIGITS) {
      throw new WireFormatException(
          FailureReason.NUMBER_INVALID,
          "is a number of more than %s significant digits".formatted(MAX_DIGITS));
    }
    if (magnitude > MAX_MAGNITUDE || magnitude < MIN_MAGNITUDE) {
      throw new WireFormatException(
          FailureReason.NUMBER_INVALID, "is a number outside DynamoDB's range of 1E-130 to 1E126");
    }
    return plain(negative, digits, magnitude);
  }

  private static int exponent(String number, int start) {
    int i = start;
    if (number.charAt(i) != 'e' && number.charAt(i) != 'E') {
      throw notANumber();
    }
    i++;
    boolean negative = false;
    if (i < number.length() && (number.charAt(i) == '+' || number.charAt(i) == '-')) {
      negative = number.charAt(i++) == '-';
    }
    if (i == number.length()) {
      throw notANumber();
    }
    int exponent = 0;
    for (; i < number.length(); i++) {
      if (!isDigit(number.charAt(i))) {
        throw notANumber();
      }
      exponent = Math.min(EXPONENT_LIMIT, 10 * exponent + number.charAt(i) - '0');
    }
    return negative ? -exponent : exponent;
  }

  /** The digits with the point behind the one of {@code 10^0}. */
  private static String plain(boolean negative, StringBuilder digits, int magnitude) {
    StringBuilder plain = new StringBuilder(digits.length() + Math.abs(magnitude) + 3);
    if (negative) {
      plain.append('-');
    }
    if (magnitude < 0) {
      return plain.append("0.").append("0".repeat(-magnitude - 1)).append(digits).toString();
    }
    int whole = magnitude + 1;
    if (digits.length() <= whole) {
      return plain.append(digits).append("0".repeat(whole - digits.length())).toString();
    }
    return plain
        .append(digits, 0, whole)
        .append('.')
        .append(digits, whole, digits.length())
        .toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static WireFormatException notANumber() {
    return new WireFormatException(
        FailureReason.NUMBER_INVALID, "is of type N but its text is not a decimal number");
  }
}
