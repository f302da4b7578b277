package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.internal.format.CanonicalNumber;
import io.github.itemseal.internal.format.Utf8Order;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The two ways in which the old clients order and round what they sign. They differ only for texts
 * beyond the basic multilingual plane, binary sets with bytes of 0x80 and above, numbers of more
 * than 28 digits, and minus zero; Itemseal writes {@link #JAVA}.
 */
enum DdbecDialect {
  /** Text by UTF-16 code units, bytes signed, numbers exact. */
  JAVA {
    @Override
    public int compareText(String a, String b) {
      return a.compareTo(b);
    }

    @Override
    public int compareBytes(byte[] a, byte[] b) {
      return Arrays.compare(a, b);
    }

    @Override
    public String canonicalNumber(String number) {
      return CanonicalNumber.of(number);
    }
  },

  /** Text by code points, bytes unsigned, numbers rounded to 28 digits, minus zero kept. */
  PYTHON {
    @Override
    public int compareText(String a, String b) {
      return Utf8Order.INSTANCE.compare(a, b);
    }

    @Override
    public int compareBytes(byte[] a, byte[] b) {
      return Arrays.compareUnsigned(a, b);
    }

    @Override
    public String canonicalNumber(String number) {
      BigDecimal value = CanonicalNumber.parse(number);
      boolean minusZero = value.signum() == 0 && number.startsWith("-");
      return minusZero ? "-0" : CanonicalNumber.of(value.round(PYTHON_CONTEXT));
    }
  };

  /** Python's default decimal context, in which its client normalises what it signs. */
  private static final MathContext PYTHON_CONTEXT = new MathContext(28, RoundingMode.HALF_EVEN);

  /** Orders attribute names, map keys and string sets. */
  abstract int compareText(String a, String b);

  /** Orders binary sets. */
  abstract int compareBytes(byte[] a, byte[] b);

  /** The text that stands for a number in the serialization. */
  abstract String canonicalNumber(String number);

  Comparator<String> textOrder() {
    return this::compareText;
  }

  Comparator<SdkBytes> bytesOrder() {
    return (a, b) -> compareBytes(a.asByteArrayUnsafe(), b.asByteArrayUnsafe());
  }
}
