package io.github.itemseal.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items that are measured. {@code n x b} is n encrypted texts of b characters; every item has a
 * signed partition key (S) and sort key (N) besides.
 */
enum Shape {
  TINY("1x16", texts(1, 16)),
  SMALL("10x32", texts(10, 32)),
  LONG("10x1024", texts(10, 1024)),
  WIDE("50x64", texts(50, 64)),
  LARGE("100x2000", texts(100, 2000)),
  NESTED("nested10", Map.of("a0", nested(10))),
  SETS("sets100", sets(100));

  static final String PARTITION_KEY = "pk";
  static final String SORT_KEY = "sk";

  /** Both, which are signed only. */
  static final Set<String> KEYS = Set.of(PARTITION_KEY, SORT_KEY);

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
  private final Map<String, AttributeValue> item;

  Shape(String label, Map<String, AttributeValue> encrypted) {
    this.label = label;
    Map<String, AttributeValue> all = new LinkedHashMap<>();
    all.put(PARTITION_KEY, AttributeValue.fromS("customer-1234"));
    all.put(SORT_KEY, AttributeValue.fromN("20261124"));
    all.putAll(encrypted);
    this.item = all;
  }

  static Shape labelled(String label) {
    for (Shape shape : values()) {
      if (shape.label.equals(label)) {
        return shape;
      }
    }
    throw new IllegalArgumentException(label);
  }

  String label() {
    return label;
  }

  /** For people: {@code 10 x 32}. */
  String title() {
    return switch (this) {
      case NESTED -> "10 levels of maps";
      case SETS -> "sets of 100";
      default -> label.replace("x", " x ");
    };
  }

  Map<String, AttributeValue> item() {
    return item;
  }

  private static Map<String, AttributeValue> texts(int count, int characters) {
    Random random = new Random(42);
    Map<String, AttributeValue> texts = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      texts.put("a" + i, AttributeValue.fromS(text(random, characters)));
    }
    return texts;
  }

  private static AttributeValue nested(int levels) {
    AttributeValue value = AttributeValue.fromS("at the bottom");
    for (int level = levels; level > 0; level--) {
      value =
          AttributeValue.fromM(
              Map.of(
                  "name" + level,
                  AttributeValue.fromS("level " + level),
                  "number",
                  AttributeValue.fromN(Integer.toString(level)),
                  "list",
                  AttributeValue.fromL(List.of(value, AttributeValue.fromBool(true)))));
    }
    return value;
  }

  private static Map<String, AttributeValue> sets(int members) {
    Random random = new Random(42);
    List<String> texts = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      texts.add(text(random, 16) + i);
      numbers.add(Integer.toString(random.nextInt(1_000_000) * members + i));
    }
    return Map.of("a0", AttributeValue.fromSs(texts), "a1", AttributeValue.fromNs(numbers));
  }

  private static String text(Random random, int characters) {
    StringBuilder text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
