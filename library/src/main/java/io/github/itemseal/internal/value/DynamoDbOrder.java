package io.github.itemseal.internal.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The order in which DynamoDB has values: numbers by what they stand for, strings by their UTF-8
 * bytes, binary by unsigned bytes. Values of other types, or of two types, have none. Stateless.
 */
public final class DynamoDbOrder {
  private DynamoDbOrder() {}

  /** Negative, zero or positive as the first value comes before, with or after the second. */
  public static OptionalInt compare(AttributeValue one, AttributeValue other) {
    if (one.type() == null || one.type() != other.type()) {
      return OptionalInt.empty();
    }
    return switch (one.type()) {
      case N -> compareNumbers(one.n(), other.n());
      case S -> OptionalInt.of(Arrays.compareUnsigned(utf8(one), utf8(other)));
      case B ->
          OptionalInt.of(
              Arrays.compareUnsigned(one.b().asByteArrayUnsafe(), other.b().asByteArrayUnsafe()));
      default -> OptionalInt.empty();
    };
  }

  private static OptionalInt compareNumbers(String one, String other) {
    try {
      return OptionalInt.of(new BigDecimal(one).compareTo(new BigDecimal(other)));
    } catch (NumberFormatException e) {
      return OptionalInt.empty(); // nothing that DynamoDB stores
    }
  }

  private static byte[] utf8(AttributeValue text) {
    return text.s().getBytes(StandardCharsets.UTF_8);
  }
}
