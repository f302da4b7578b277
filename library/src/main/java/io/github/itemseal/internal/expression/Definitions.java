package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.internal.value.ValueLimits;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The placeholders that a request defines for its expressions. Immutable.
 *
 * @param names by {@code #placeholder}
 * @param values by {@code :placeholder}
 */
public record Definitions(Map<String, String> names, Map<String, AttributeValue> values) {
  private static final int MAX_PLACEHOLDER_BYTES = 255;
  private static final int MAX_NAME_BYTES = 65_535;
  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";

  public Definitions {
    names = Map.copyOf(names);
    values = Map.copyOf(values);
  }

  /**
   * The definitions of a request, checked as DynamoDB checks them.
   *
   * @param names null if the request has none, which is not the same as an empty map
   * @param values likewise
   * @throws ExpressionException if DynamoDB would refuse them; the message is a whole sentence
   */
  public static Definitions of(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    if (names != null) {
      requireKeys(NAMES, '#', names.keySet());
      names.forEach(Definitions::requireName);
    }
    if (values != null) {
      requireKeys(VALUES, ':', values.keySet());
      values.forEach(Definitions::requireValue);
    }
    return new Definitions(names == null ? Map.of() : names, values == null ? Map.of() : values);
  }

  private static void requireKeys(String parameter, char sign, Set<String> keys) {
    if (keys.isEmpty()) {
      throw new ExpressionException(parameter + " must not be empty");
    }
    for (String key : keys) {
      if (!isPlaceholder(sign, key)) {
        throw new ExpressionException(
            "%s contains invalid key: Syntax error; key: \"%s\"".formatted(parameter, key));
      }
      if (key.length() > MAX_PLACEHOLDER_BYTES) {
        throw new ExpressionException(
            ("%s contains invalid key: The expression attribute map contains a key that is too long;"
                    + " size of key: %s")
                .formatted(parameter, key.length()));
      }
    }
  }

  private static boolean isPlaceholder(char sign, String key) {
    return key.length() > 1
        && key.charAt(0) == sign
        && key.substring(1).chars().allMatch(c -> Lexer.isWordCharacter((char) c));
  }

  private static void requireName(String placeholder, @Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw new ExpressionException(
          "%s contains invalid value: Empty attribute name for key %s"
              .formatted(NAMES, placeholder));
    }
    if (name.length() > MAX_NAME_BYTES
        || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw new ExpressionException(
          ("%s contains invalid value: Attribute name is too large, must be less than 65536 bytes"
                  + " for key %s")
              .formatted(NAMES, placeholder));
    }
  }

  private static void requireValue(String placeholder, @Nullable AttributeValue value) {
    if (value == null || value.type() == AttributeValue.Type.UNKNOWN_TO_SDK_VERSION) {
      throw new ExpressionException(
          ("%s contains invalid value: Supplied AttributeValue is empty, must contain exactly one of"
                  + " the supported datatypes for key %s")
              .formatted(VALUES, placeholder));
    }
    try {
      ValueLimits.requireValue(value);
    } catch (WireFormatException e) {
      throw new ExpressionException(
          "%s contains invalid value: The value for key %s %s"
              .formatted(VALUES, placeholder, e.getMessage()));
    }
  }

  /**
   * Refuses placeholders that no expression of the request uses.
   *
   * @param expressions all of them, which can be read; null for those that there are not
   * @throws ExpressionException naming them; the message is a whole sentence
   */
  public void requireUsedIn(@Nullable String... expressions) {
    Set<String> used = new HashSet<>();
    for (@Nullable String expression : expressions) {
      if (expression != null) {
        used.addAll(Lexer.placeholders(expression));
      }
    }
    requireUsed(NAMES, names.keySet(), used);
    requireUsed(VALUES, values.keySet(), used);
  }

  private static void requireUsed(String parameter, Set<String> defined, Set<String> used) {
    List<String> unused = defined.stream().filter(key -> !used.contains(key)).sorted().toList();
    if (!unused.isEmpty()) {
      throw new ExpressionException(
          "Value provided in %s unused in expressions: keys: {%s}"
              .formatted(parameter, String.join(", ", unused)));
    }
  }
}
