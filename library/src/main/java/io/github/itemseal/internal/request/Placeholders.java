package io.github.itemseal.internal.request;

import io.github.itemseal.internal.expression.Lexer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Hands out the placeholders of expressions, beside those that a caller chose already. They are
 * short: an expression holds 4 KB. Those that a caller's expression uses without a definition stay
 * undefined, for DynamoDB to refuse: defined here, they would mean another attribute. Not
 * thread-safe.
 */
final class Placeholders {
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> own;
  private final Map<String, String> placeholderOf = new HashMap<>();
  private final Map<String, String> generated = new HashMap<>();
  private int nextName;
  private int nextValue;

  /**
   * @param expressions the caller's, which can be read; null for those that there are not
   */
  Placeholders(
      Map<String, String> names,
      Map<String, AttributeValue> values,
      @Nullable String... expressions) {
    this.names = new LinkedHashMap<>(names);
    this.values = new LinkedHashMap<>(values);
    this.own =
        Arrays.stream(expressions)
            .filter(Objects::nonNull)
            .flatMap(expression -> Lexer.placeholders(expression).stream())
            .collect(Collectors.toSet());
    own.addAll(names.keySet());
    own.addAll(values.keySet());
  }

  /** The placeholder of an attribute name, one for each name. */
  String name(String attributeName) {
    return placeholderOf.computeIfAbsent(
        attributeName,
        name -> {
          String placeholder = "#" + base36(nextName++);
          while (own.contains(placeholder)) {
            placeholder = "#" + base36(nextName++);
          }
          names.put(placeholder, name);
          generated.put(placeholder, name);
          return placeholder;
        });
  }

  /** A new placeholder of a value of an attribute. */
  String value(String attributeName, AttributeValue value) {
    String placeholder = ":" + base36(nextValue++);
    while (own.contains(placeholder)) {
      placeholder = ":" + base36(nextValue++);
    }
    values.put(placeholder, value);
    generated.put(placeholder, attributeName);
    return placeholder;
  }

  private static String base36(int number) {
    return Integer.toString(number, Character.MAX_RADIX);
  }

  Map<String, String> names() {
    return names;
  }

  Map<String, AttributeValue> values() {
    return values;
  }

  /** What those handed out so far, and the caller's, say to the caller. */
  PlaceholderMeanings meanings() {
    return PlaceholderMeanings.of(own, generated);
  }
}
