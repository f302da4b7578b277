package io.github.itemseal.testkit;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Values as DynamoDB gives them back: numbers in plain notation without trailing zeros, sets in an
 * order of its own, at every depth. Stateless.
 *
 * <p>DynamoDB promises no order of a set. Here it is descending, which is rarely the order in which
 * a set was written.
 */
final class CanonicalValues {
  private static final Comparator<SdkBytes> BY_BYTES =
      (one, other) -> Arrays.compareUnsigned(one.asByteArrayUnsafe(), other.asByteArrayUnsafe());

  private CanonicalValues() {}

  static AttributeValue of(AttributeValue value) {
    if (value.type() == null) {
      return value; // with several types: no value of DynamoDB's
    }
    return switch (value.type()) {
      case N -> AttributeValue.fromN(number(value.n()));
      case SS -> AttributeValue.fromSs(descending(value.ss(), Comparator.naturalOrder()));
      case BS -> AttributeValue.fromBs(descending(value.bs(), BY_BYTES));
      case NS ->
          AttributeValue.fromNs(
              descending(
                  value.ns().stream().map(CanonicalValues::number).toList(),
                  Comparator.comparing(BigDecimal::new)));
      case L -> AttributeValue.fromL(value.l().stream().map(CanonicalValues::of).toList());
      case M -> {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        value.m().forEach((name, entry) -> entries.put(name, of(entry)));
        yield AttributeValue.fromM(entries);
      }
      default -> value;
    };
  }

  private static String number(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static <E> List<E> descending(List<E> members, Comparator<? super E> order) {
    return members.stream().sorted(order.reversed()).toList();
  }
}
