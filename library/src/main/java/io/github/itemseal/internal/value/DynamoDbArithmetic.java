package io.github.itemseal.internal.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Sums of DynamoDB's numbers: exact, of at most 38 significant digits, and of magnitudes between
 * 1E-130 and 9.9999999999999999999999999999999999999E+125. Results are written in plain decimals.
 * Stateless.
 */
public final class DynamoDbArithmetic {
  /** DynamoDB's own numbers are below 170 characters. */
  private static final int LONGEST_NUMBER = 512;

  private static final int MAX_DIGITS = 38;

  /** Of the first significant digit. */
  private static final int MAX_EXPONENT = 125;

  private static final int MIN_EXPONENT = -130;

  private DynamoDbArithmetic() {}

  /**
   * {@code one + other}.
   *
   * @throws ArithmeticException if DynamoDB could not store the result, or one is no number of its;
   *     the message says which, in DynamoDB's words
   */
  public static String sum(String one, String other) {
    return text(decimal(one).add(decimal(other)));
  }

  /**
   * {@code one - other}.
   *
   * @throws ArithmeticException like {@link #sum}
   */
  public static String difference(String one, String other) {
    return text(decimal(one).subtract(decimal(other)));
  }

  /** Bounded, so that no number asks for a gigabyte of zeros. */
  private static BigDecimal decimal(String text) {
    if (text.length() > LONGEST_NUMBER) {
      throw notANumber();
    }
    try {
      return bounded(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw notANumber();
    }
  }

  private static ArithmeticException notANumber() {
    return new ArithmeticException("The parameter cannot be converted to a numeric value");
  }

  private static String text(BigDecimal number) {
    return bounded(number).toPlainString();
  }

  private static BigDecimal bounded(BigDecimal number) {
    if (number.unscaledValue().equals(BigInteger.ZERO)) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    long exponent = (long) stripped.precision() - 1 - stripped.scale();
    if (exponent > MAX_EXPONENT) {
      throw new ArithmeticException(
          "Number overflow. Attempting to store a number with magnitude larger than supported range");
    }
    if (exponent < MIN_EXPONENT) {
      throw new ArithmeticException(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
    }
    if (stripped.precision() > MAX_DIGITS) {
      throw new ArithmeticException(
          "Attempting to store more than 38 significant digits in a Number");
    }
    return stripped;
  }
}
