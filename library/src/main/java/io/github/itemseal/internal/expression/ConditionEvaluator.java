package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.expression.Condition.And;
import io.github.itemseal.internal.expression.Condition.BeginsWith;
import io.github.itemseal.internal.expression.Condition.Between;
import io.github.itemseal.internal.expression.Condition.Comparator;
import io.github.itemseal.internal.expression.Condition.Comparison;
import io.github.itemseal.internal.expression.Condition.Contains;
import io.github.itemseal.internal.expression.Condition.Exists;
import io.github.itemseal.internal.expression.Condition.HasType;
import io.github.itemseal.internal.expression.Condition.In;
import io.github.itemseal.internal.expression.Condition.Not;
import io.github.itemseal.internal.expression.Condition.NotExists;
import io.github.itemseal.internal.expression.Condition.Or;
import io.github.itemseal.internal.value.DynamoDbEquality;
import io.github.itemseal.internal.value.DynamoDbOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whether a condition holds of a plaintext item, as DynamoDB would say it. A condition on what is
 * not there, or is of another type, does not hold; {@code <>} and {@code NOT} are true negations.
 * Stateless.
 *
 * <p>Source: the DynamoDB developer guide, "Condition and filter expressions, operators, and
 * functions"; compared with DynamoDB Local by a test.
 */
public final class ConditionEvaluator {
  private ConditionEvaluator() {}

  /**
   * Whether the condition holds.
   *
   * @param item empty if there is none
   */
  public static boolean holds(Condition condition, Map<String, AttributeValue> item) {
    if (condition instanceof And and) {
      return holds(and.left(), item) && holds(and.right(), item);
    } else if (condition instanceof Or or) {
      return holds(or.left(), item) || holds(or.right(), item);
    } else if (condition instanceof Not not) {
      return !holds(not.condition(), item);
    } else if (condition instanceof Comparison one) {
      return compares(value(one.left(), item), one.comparator(), value(one.right(), item));
    } else if (condition instanceof Between between) {
      @Nullable AttributeValue value = value(between.value(), item);
      return compares(value, Comparator.GREATER_OR_EQUAL, value(between.low(), item))
          && compares(value, Comparator.LESS_OR_EQUAL, value(between.high(), item));
    } else if (condition instanceof In in) {
      @Nullable AttributeValue value = value(in.value(), item);
      return in.choices().stream()
          .anyMatch(choice -> compares(value, Comparator.EQUAL, value(choice, item)));
    } else if (condition instanceof Exists exists) {
      return exists.path().in(item) != null;
    } else if (condition instanceof NotExists notExists) {
      return notExists.path().in(item) == null;
    } else if (condition instanceof HasType hasType) {
      @Nullable AttributeValue value = value(hasType.operand(), item);
      return value != null && typeName(value).equals(hasType.type().value().s());
    } else if (condition instanceof BeginsWith beginsWith) {
      return beginsWith(value(beginsWith.operand(), item), value(beginsWith.prefix(), item));
    }
    Contains contains = (Contains) condition;
    return contains(value(contains.container(), item), value(contains.member(), item));
  }

  private static @Nullable AttributeValue value(Operand operand, Map<String, AttributeValue> item) {
    if (operand instanceof DocumentPath path) {
      return path.in(item);
    }
    if (operand instanceof Operand.Size size) {
      @Nullable AttributeValue sized = value(size.of(), item);
      return sized == null ? null : size(sized);
    }
    return ((Operand.Value) operand).value();
  }

  private static boolean compares(
      @Nullable AttributeValue left, Comparator comparator, @Nullable AttributeValue right) {
    if (left == null || right == null) {
      return comparator == Comparator.NOT_EQUAL;
    }
    if (comparator == Comparator.EQUAL) {
      return DynamoDbEquality.same(left, right);
    }
    if (comparator == Comparator.NOT_EQUAL) {
      return !DynamoDbEquality.same(left, right);
    }
    OptionalInt order = DynamoDbOrder.compare(left, right);
    if (order.isEmpty()) {
      return false;
    }
    int sign = order.getAsInt();
    return switch (comparator) {
      case LESS -> sign < 0;
      case LESS_OR_EQUAL -> sign <= 0;
      case GREATER -> sign > 0;
      default -> sign >= 0;
    };
  }

  private static @Nullable AttributeValue size(AttributeValue value) {
    int size =
        switch (value.type()) {
          case S -> value.s().length();
          case B -> value.b().asByteArrayUnsafe().length;
          case SS -> value.ss().size();
          case NS -> value.ns().size();
          case BS -> value.bs().size();
          case L -> value.l().size();
          case M -> value.m().size();
          default -> -1;
        };
    return size < 0 ? null : AttributeValue.fromN(Integer.toString(size));
  }

  private static String typeName(AttributeValue value) {
    return value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
  }

  private static boolean beginsWith(
      @Nullable AttributeValue value, @Nullable AttributeValue prefix) {
    if (value == null || prefix == null) {
      return false;
    }
    if (value.s() != null && prefix.s() != null) {
      return value.s().startsWith(prefix.s());
    }
    return value.b() != null && prefix.b() != null && startsWith(value.b(), prefix.b());
  }

  private static boolean contains(
      @Nullable AttributeValue container, @Nullable AttributeValue member) {
    if (container == null || member == null) {
      return false;
    }
    return switch (container.type()) {
      case S -> member.s() != null && container.s().contains(member.s());
      case B -> member.b() != null && contains(container.b(), member.b());
      case SS -> member.s() != null && container.ss().contains(member.s());
      case BS -> member.b() != null && container.bs().contains(member.b());
      case NS ->
          member.n() != null
              && container.ns().stream().anyMatch(n -> DynamoDbEquality.sameNumber(n, member.n()));
      case L -> container.l().stream().anyMatch(element -> DynamoDbEquality.same(element, member));
      default -> false;
    };
  }

  private static boolean contains(SdkBytes whole, SdkBytes part) {
    String one = new String(whole.asByteArrayUnsafe(), StandardCharsets.ISO_8859_1);
    return one.contains(new String(part.asByteArrayUnsafe(), StandardCharsets.ISO_8859_1));
  }

  private static boolean startsWith(SdkBytes whole, SdkBytes part) {
    byte[] bytes = whole.asByteArrayUnsafe();
    byte[] expected = part.asByteArrayUnsafe();
    return bytes.length >= expected.length
        && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
  }
}
