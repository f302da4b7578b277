package io.github.itemseal.internal.value;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.ItemSize;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's limits on names and values, checked here because DynamoDB cannot look into what is
 * encrypted. Failures are {@link WireFormatException}s that name the limit. Stateless.
 *
 * <table>
 * <caption>What is refused, at every depth</caption>
 * <tr><td>N, NS</td><td>no decimal number; more than 38 significant digits; out of range</td></tr>
 * <tr><td>SS, NS, BS</td><td>empty; a member twice, numbers by value</td></tr>
 * <tr><td>L, M</td><td>more than 32 levels, of which the item is the first</td></tr>
 * <tr><td>names and map keys</td><td>empty; more than 65,535 bytes of UTF-8</td></tr>
 * <tr><td>NULL</td><td>the value false</td></tr>
 * <tr><td>any</td><td>Java nulls; no type, or several</td></tr>
 * </table>
 *
 * <p>Texts that are not valid Unicode are found where they are encoded. The size of the whole item
 * is DynamoDB's to check, since what it counts is the sealed one.
 */
public final class ValueLimits {
  /** Lists and maps within each other: DynamoDB counts 32 levels, the item itself included. */
  private static final int MAX_NESTED = 31;

  private static final int MAX_NAME_BYTES = 0xFFFF;

  /** UTF-8 takes no more for one {@code char}. */
  private static final int MAX_BYTES_PER_CHAR = 3;

  private ValueLimits() {}

  /** Refuses a name of an attribute that DynamoDB would refuse. */
  public static void requireName(String name) {
    if (name.isEmpty()) {
      throw new WireFormatException(
          FailureReason.NAME_INVALID, "has an empty name, which DynamoDB refuses");
    }
    if (isTooLong(name)) {
      throw new WireFormatException(
          FailureReason.NAME_INVALID,
          "has a name of more than DynamoDB's %s bytes".formatted(MAX_NAME_BYTES));
    }
  }

  /** Refuses a value of an attribute that DynamoDB would refuse. */
  public static void requireValue(AttributeValue value) {
    require(value, 0);
  }

  /**
   * @param nested in so many lists and maps
   */
  private static void require(@Nullable AttributeValue value, int nested) {
    if (value == null) {
      throw typeInvalid("holds a Java null instead of an AttributeValue");
    }
    switch (AttributeTypes.typeOf(value)) {
      case S, B, BOOL -> {}
      case N -> DynamoDbNumber.canonical(value.n());
      case NUL -> {
        if (!value.nul()) {
          throw typeInvalid("is of type NULL with the value false");
        }
      }
      case SS -> requireSet(value.ss());
      case NS -> requireNumbers(value.ns());
      case BS -> requireSet(value.bs());
      case L -> {
        requireNotTooDeep(nested);
        for (AttributeValue element : value.l()) {
          require(element, nested + 1);
        }
      }
      case M -> {
        requireNotTooDeep(nested);
        for (Map.Entry<String, AttributeValue> entry : value.m().entrySet()) {
          requireKey(entry.getKey());
          require(entry.getValue(), nested + 1);
        }
      }
      default ->
          throw typeInvalid("has no type, several types, or a type this library does not know");
    }
  }

  private static void requireNotTooDeep(int nested) {
    if (nested >= MAX_NESTED) {
      throw new WireFormatException(
          FailureReason.NESTING_TOO_DEEP,
          "is nested deeper than DynamoDB's 32 levels, of which the item is the first");
    }
  }

  private static void requireKey(@Nullable String key) {
    if (key == null) {
      throw typeInvalid("holds a Java null inside a set or map");
    }
    if (key.isEmpty()) {
      throw new WireFormatException(
          FailureReason.NAME_INVALID, "is a map with an empty key, which DynamoDB refuses");
    }
    if (isTooLong(key)) {
      throw new WireFormatException(
          FailureReason.NAME_INVALID,
          "is a map with a key of more than DynamoDB's %s bytes".formatted(MAX_NAME_BYTES));
    }
  }

  private static boolean isTooLong(String name) {
    return name.length() > MAX_NAME_BYTES / MAX_BYTES_PER_CHAR
        && ItemSize.utf8(name) > MAX_NAME_BYTES;
  }

  private static void requireNumbers(List<String> numbers) {
    Set<String> seen = new HashSet<>();
    for (String number : numbers) {
      requireMember(number);
      requireNew(seen.add(DynamoDbNumber.canonical(number)));
    }
    requireNotEmpty(seen);
  }

  /** Of texts or {@link SdkBytes}, which are the same if they are equal. */
  private static <T> void requireSet(List<T> members) {
    Set<T> seen = new HashSet<>();
    for (T member : members) {
      requireMember(member);
      requireNew(seen.add(member));
    }
    requireNotEmpty(seen);
  }

  private static void requireMember(@Nullable Object member) {
    if (member == null) {
      throw typeInvalid("holds a Java null inside a set or map");
    }
  }

  private static void requireNew(boolean isNew) {
    if (!isNew) {
      throw new WireFormatException(
          FailureReason.SET_INVALID,
          "is a set with a member given twice, which DynamoDB refuses (numbers count by value)");
    }
  }

  private static void requireNotEmpty(Set<?> members) {
    if (members.isEmpty()) {
      throw new WireFormatException(
          FailureReason.SET_INVALID, "is an empty set, which DynamoDB refuses");
    }
  }

  private static WireFormatException typeInvalid(String detail) {
    return new WireFormatException(FailureReason.VALUE_TYPE_INVALID, detail);
  }
}
