package io.github.itemseal.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must hold of a value that a parser took from bytes which nobody may have written. */
public final class Reserialized {
  private Reserialized() {}

  /**
   * A value without sets, maps and numbers has one serialization, the bytes it was parsed from.
   * Sets and maps are accepted in any order and numbers in any notation, since old writers had no
   * order: their serialization is stable from the second time on.
   *
   * @throws AssertionError if that does not hold
   */
  public static void check(
      AttributeValue value,
      byte[] parsedFrom,
      Function<AttributeValue, byte[]> serialize,
      Function<byte[], AttributeValue> parse) {
    byte[] again = serialize.apply(value);
    byte[] expected = hasOneForm(value) ? parsedFrom : serialize.apply(parse.apply(again));
    if (!Arrays.equals(again, expected)) {
      throw new AssertionError(
          "%s was parsed and serializes as %s"
              .formatted(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(again)));
    }
  }

  private static boolean hasOneForm(AttributeValue value) {
    return switch (value.type()) {
      case S, B, BOOL, NUL -> true;
      case L -> value.l().stream().allMatch(Reserialized::hasOneForm);
      default -> false;
    };
  }
}
