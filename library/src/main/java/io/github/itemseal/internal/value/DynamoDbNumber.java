package io.github.itemseal.internal.value;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.WireFormatException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A number of DynamoDB's: which texts are one, and its canonical text, in which DynamoDB gives it
 * back: plain decimal notation, no exponent, plus sign, leading or trailing zeros; zero is {@code
 * 0}. Numbers have at most 38 significant digits and, but for zero, a magnitude in [1E-130, 1E126).
 * Source: docs/formats/dbe.md, "Numbers". Stateless.
 */
public final class DynamoDbNumber {
  private static final int MAX_DIGITS = 38;
  private static final int MAX_MAGNITUDE = 125;
  private static final int MIN_MAGNITUDE = -130;

  /** Beyond every exponent that a text of DynamoDB's 400 KB can bring back into range. */
  private static final int EXPONENT_LIMIT = 100_000_000;

  private DynamoDbNumber() {}

  /**
   * The canonical text of a number: an optional sign, ASCII digits with at most one point among
   * them, and optionally {@code e} or {@code E}, an optional sign, and digits.
   *
   * @throws WireFormatException if the text is no such number or out of range
   */
  public static String canonical(String number) {
    return isCanonicalInteger(number) ? number : normalise(number);
  }

  /**
   * A value as DynamoDB gives it back, as far as numbers go: of type N with its canonical text. Any
   * other value, and what is no number of DynamoDB's, is returned as it is.
   */
  public static AttributeValue canonical(AttributeValue value) {
    if (AttributeTypes.typeOf(value) != AttributeValue.Type.N) {
      return value;
    }
    String canonical;
    try {
      canonical = canonical(value.n());
    } catch (WireFormatException e) {
      return value;
    }
    return canonical.equals(value.n()) ? value : AttributeValue.fromN(canonical);
  }

  /**
   * Whether a text is a decimal number in any notation, however many digits it has and however
   * large it is.
   */
  public static boolean isDecimal(String number) {
    int length = number.length();
    int i = afterSign(number, 0);
    int digits = 0;
    boolean point = false;
    for (; i < length; i++) {
      char c = number.charAt(i);
      if (c == '.' && !point) {
        point = true;
      } else if (isDigit(c)) {
        digits++;
      } else {
        break;
      }
    }
    return digits > 0 && (i == length || isExponent(number, i));
  }

  private static int afterSign(String number, int start) {
    boolean signed =
        start < number.length() && (number.charAt(start) == '+' || number.charAt(start) == '-');
    return signed ? start + 1 : start;
  }

  private static boolean isExponent(String number, int start) {
    if (number.charAt(start) != 'e' && number.charAt(start) != 'E') {
      return false;
    }
    int i = afterSign(number, start + 1);
    if (i == number.length()) {
      return false;
    }
    for (; i < number.length(); i++) {
      if (!isDigit(number.charAt(i))) {
        return false;
      }
    }
    return true;
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
    if (!isDecimal(number)) {
      throw notANumber();
    }
    int length = number.length();
    int i = afterSign(number, 0);
    boolean negative = number.charAt(0) == '-';
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
    int exponent = i < length ? exponent(number, i + 1) : 0;
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
          "is a number of more than DynamoDB's %s significant digits".formatted(MAX_DIGITS));
    }
    if (magnitude > MAX_MAGNITUDE || magnitude < MIN_MAGNITUDE) {
      throw new WireFormatException(
          FailureReason.NUMBER_INVALID, "is a number outside DynamoDB's range of 1E-130 to 1E126");
    }
    return plain(negative, digits, magnitude);
  }

  private static int exponent(String number, int start) {
    int exponent = 0;
    for (int i = afterSign(number, start); i < number.length(); i++) {
      exponent = Math.min(EXPONENT_LIMIT, 10 * exponent + number.charAt(i) - '0');
    }
    return number.charAt(start) == '-' ? -exponent : exponent;
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
