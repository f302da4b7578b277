package io.github.itemseal.client.comparison;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition or filter with the names and values it needs.
 *
 * @param expression null for none
 */
record Condition(String expression, Map<String, String> names, Map<String, AttributeValue> values) {
  static final Condition NONE = new Condition(null, null, null);

  /** On readable attributes, false about as often as true. */
  static Condition random(Random random) {
    return new Builder(random).build(0);
  }

  /** On an encrypted attribute, in a way that DynamoDB could only answer wrongly. */
  static Condition onSecret(Random random) {
    Builder builder = new Builder(random);
    String name = Orders.SECRET.get(random.nextInt(Orders.SECRET.size()));
    String value = builder.value(AttributeValue.fromS("whatever"));
    return builder.of(
        switch (random.nextInt(3)) {
          case 0 -> name + " = " + value;
          case 1 -> "begins_with(" + builder.name(name) + ", " + value + ")";
          default -> "NOT (attribute_exists(city) AND " + name + " <> " + value + ")";
        });
  }

  private static final class Builder {
    private final Random random;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    Builder(Random random) {
      this.random = random;
    }

    Condition build(int depth) {
      return of(expression(depth));
    }

    Condition of(String expression) {
      return new Condition(
          expression, names.isEmpty() ? null : names, values.isEmpty() ? null : values);
    }

    private String expression(int depth) {
      if (depth < 2 && random.nextInt(4) == 0) {
        String left = expression(depth + 1);
        String right = expression(depth + 1);
        return switch (random.nextInt(3)) {
          case 0 -> "(" + left + ") AND " + right;
          case 1 -> left + " or (" + right + ")";
          default -> "NOT (" + left + ") OR " + right;
        };
      }
      return switch (random.nextInt(13)) {
        case 0 -> name("city") + " = " + value(RandomSteps.city(random));
        case 1 -> name("age") + " < " + value(RandomSteps.age(random));
        case 2 ->
            "age BETWEEN "
                + value(AttributeValue.fromN("20"))
                + " AND "
                + value(AttributeValue.fromN("50"));
        case 3 ->
            "city in ("
                + value(RandomSteps.city(random))
                + ","
                + value(RandomSteps.city(random))
                + ")";
        case 4 -> "begins_with(city," + value(AttributeValue.fromS("B")) + ")";
        case 5 -> "contains(tags, " + value(AttributeValue.fromS("t1")) + ")";
        case 6 -> "size(city) > " + value(AttributeValue.fromN("5"));
        case 7 -> "attribute_exists(" + name("memo") + ")";
        case 8 -> "attribute_not_exists(age)";
        case 9 -> "attribute_type(visits, " + value(AttributeValue.fromS("N")) + ")";
        case 10 -> name("address") + ".zip = " + value(AttributeValue.fromS("1000"));
        case 11 -> "address.floors[1] <> " + value(AttributeValue.fromN("2"));
        default -> "attribute_exists(tags)";
      };
    }

    String name(String attribute) {
      if (random.nextBoolean()) {
        return attribute;
      }
      String placeholder = "#" + attribute.charAt(0) + names.size();
      names.put(placeholder, attribute);
      return placeholder;
    }

    String value(AttributeValue value) {
      String placeholder = ":v" + values.size();
      values.put(placeholder, value);
      return placeholder;
    }
  }
}
