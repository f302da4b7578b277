package io.github.itemseal.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items in a form in which equal ones are equal: numbers as plain digits, sets sorted. DynamoDB and
 * the stored formats keep neither the notation of a number nor the order of a set.
 */
public final class CanonicalItems {
  private CanonicalItems() {}

  /** The item with every value in canonical form. */
  public static Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> result = new LinkedHashMap<>();
    item.forEach((name, value) -> result.put(name, of(value)));
    return result;
  }

  /** The value in canonical form. */
  public static AttributeValue of(AttributeValue value) {
    return switch (value.type()) {
      case N -> AttributeValue.fromN(number(value.n()));
      case NS ->
          AttributeValue.fromNs(value.ns().stream().map(CanonicalItems::number).sorted().toList());
      case SS -> AttributeValue.fromSs(value.ss().stream().sorted().toList());
      case BS -> {
        List<SdkBytes> sorted = new ArrayList<>(value.bs());
        sorted.sort((a, b) -> Arrays.compare(a.asByteArray(), b.asByteArray()));
        yield AttributeValue.fromBs(sorted);
      }
      case L -> AttributeValue.fromL(value.l().stream().map(CanonicalItems::of).toList());
      case M -> AttributeValue.fromM(of(value.m()));
      default -> value;
    };
  }

  /** Not the library's own arithmetic, so that it is not compared with itself. */
  private static String number(String number) {
    BigDecimal value = new BigDecimal(number);
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
