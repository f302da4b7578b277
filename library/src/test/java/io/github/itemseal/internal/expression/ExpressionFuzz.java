package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.value.DynamoDbEquality;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Fuzz target: a text as condition, update expression and projection. It is refused, or parsed, and
 * then evaluated: a condition does not depend on attributes that it is not said to compare, an
 * update leaves alone those that it is not said to touch.
 */
public final class ExpressionFuzz {
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "a", AttributeValue.fromN("1"),
          "b", AttributeValue.fromS("text"),
          "s", AttributeValue.fromSs(List.of("x", "y")),
          "l", AttributeValue.fromL(List.of(AttributeValue.fromN("5"), AttributeValue.fromS("z"))),
          "m", AttributeValue.fromM(Map.of("x", AttributeValue.fromN("2"))));

  private static final AttributeValue OTHER = AttributeValue.fromBool(true);

  private ExpressionFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    Set<String> placeholders;
    try {
      placeholders = Lexer.placeholders(text);
    } catch (ExpressionException e) {
      return;
    }
    Definitions definitions = definitions(placeholders);
    condition(text, definitions);
    update(text, definitions);
    refusedOr(() -> ExpressionParser.projection(text, definitions));
  }

  /** Names mean what stands behind their sign; values go by the length of their names. */
  private static Definitions definitions(Set<String> placeholders) {
    List<AttributeValue> values = List.copyOf(ITEM.values());
    return new Definitions(
        placeholders.stream()
            .filter(placeholder -> placeholder.startsWith("#"))
            .collect(Collectors.toMap(name -> name, name -> name.substring(1))),
        placeholders.stream()
            .filter(placeholder -> placeholder.startsWith(":"))
            .collect(
                Collectors.toMap(name -> name, name -> values.get(name.length() % values.size()))));
  }

  private static void condition(String text, Definitions definitions) {
    Condition condition = refusedOr(() -> ExpressionParser.condition(text, definitions));
    if (condition == null) {
      return;
    }
    Set<String> compared = MentionedAttributes.comparedBy(text, definitions.names());
    Map<String, AttributeValue> other = new HashMap<>(ITEM);
    other.replaceAll((name, value) -> compared.contains(name) ? value : OTHER);
    if (ConditionEvaluator.holds(condition, ITEM) != ConditionEvaluator.holds(condition, other)) {
      throw new AssertionError("An attribute decides that is not said to be compared.");
    }
  }

  private static void update(String text, Definitions definitions) {
    UpdateExpression update = refusedOr(() -> ExpressionParser.update(text, definitions));
    if (update == null) {
      return;
    }
    Map<String, AttributeValue> after = refusedOr(() -> update.applyTo(ITEM));
    Set<String> touched = MentionedAttributes.touchedBy(text, definitions.names());
    if (after != null
        && !DynamoDbEquality.sameEntries(without(touched, after), without(touched, ITEM))) {
      throw new AssertionError("An attribute is changed that is not said to be touched.");
    }
  }

  private static Map<String, AttributeValue> without(
      Set<String> names, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> left = new HashMap<>(item);
    left.keySet().removeAll(names);
    return left;
  }

  /** Null where the text or what it asks for is refused as it should be. */
  private static <T> T refusedOr(Supplier<T> step) {
    try {
      return step.get();
    } catch (ExpressionException | UpdateException e) {
      return null;
    }
  }
}
