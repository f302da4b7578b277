package io.github.itemseal.internal.value;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whether DynamoDB takes two values for the same: numbers by what they stand for, sets whatever the
 * order of their members, everything else as it is written, at every depth. Stateless.
 *
 * <p>DynamoDB gives numbers and sets back in another form than they were sent: {@code 10.50} as
 * {@code 10.5}, {@code 1E+2} as {@code 100}, sets in an order of its own. So a value that was sent
 * and one that came back are never compared by {@code equals}.
 */
public final class DynamoDbEquality {
  /** DynamoDB's own numbers are below 170 characters; longer texts are no numbers of its. */
  private static final int LONGEST_NUMBER = 512;

  private DynamoDbEquality() {}

  /** Whether two values are the same, or both absent. */
  public static boolean same(@Nullable AttributeValue one, @Nullable AttributeValue other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    if (one.type() == null || one.type() != other.type()) {
      return one.equals(other); // null is said of a value with several types
    }
    return switch (one.type()) {
      case N -> sameNumber(one.n(), other.n());
      case SS -> one.ss().size() == other.ss().size() && members(one).equals(members(other));
      case BS -> one.bs().size() == other.bs().size() && members(one).equals(members(other));
      case NS -> one.ns().size() == other.ns().size() && members(one).equals(members(other));
      case L -> sameElements(one.l(), other.l());
      case M -> sameEntries(one.m(), other.m());
      default -> one.equals(other);
    };
  }

  /** Whether two items, keys or maps have the same names with the same values. */
  public static boolean sameEntries(
      Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
    return one.size() == other.size()
        && one.entrySet().stream()
            .allMatch(
                entry ->
                    other.containsKey(entry.getKey())
                        && same(entry.getValue(), other.get(entry.getKey())));
  }

  /**
   * An object that is equal for primary keys that are the same, to look them up in maps and sets.
   *
   * @param key attributes of the types that keys have: S, N and B
   */
  public static Map<String, Object> comparableKey(Map<String, AttributeValue> key) {
    Map<String, Object> comparable = new HashMap<>();
    key.forEach(
        (name, value) -> comparable.put(name, value.n() == null ? value : comparable(value.n())));
    return comparable;
  }

  /** Whether two texts stand for the same number; texts that are no numbers, if they are equal. */
  public static boolean sameNumber(String one, String other) {
    return one.equals(other) || comparable(one).equals(comparable(other));
  }

  /**
   * The members of a set as objects that are equal if the members are the same.
   *
   * @param set of the type SS, NS or BS
   */
  public static Set<Object> members(AttributeValue set) {
    Set<Object> members = new HashSet<>(set.hasSs() ? set.ss() : set.bs());
    set.ns().forEach(number -> members.add(comparable(number)));
    return members;
  }

  private static boolean sameElements(List<AttributeValue> one, List<AttributeValue> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Equal for texts of the same number. Stripping never lengthens a number, whatever its scale. */
  private static Object comparable(String number) {
    if (number.length() > LONGEST_NUMBER) {
      return number;
    }
    try {
      BigDecimal value = new BigDecimal(number);
      return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    } catch (ArithmeticException | NumberFormatException e) {
      return number; // no number, or an exponent that Java cannot write
    }
  }
}
