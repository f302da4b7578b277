package io.github.itemseal.internal.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random documents and projections of them, from one seed. Both draw on few names and short lists,
 * so that paths often lead somewhere, overlap and conflict.
 */
public final class RandomProjections {
  private static final List<String> NAMES = List.of("ax", "bx", "cx", "size", "d.x", "año");

  private final Random random;

  public RandomProjections(long seed) {
    this.random = new Random(seed);
  }

  /** An expression and the placeholders that it uses. */
  public record Expression(String text, Map<String, String> names) {}

  /** Attributes without a key. */
  public Map<String, AttributeValue> item() {
    return entries(1);
  }

  private Map<String, AttributeValue> entries(int depth) {
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (random.nextInt(3) > 0) {
        entries.put(name, value(depth + 1));
      }
    }
    return entries;
  }

  private AttributeValue value(int depth) {
    return switch (random.nextInt(depth < 5 ? 9 : 3)) {
      case 0 -> AttributeValue.fromS("s" + random.nextInt(100));
      case 1 -> AttributeValue.fromSs(List.of("p", "q"));
      case 2 -> AttributeValue.fromNul(true);
      case 3, 4, 5 -> {
        List<AttributeValue> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(value(depth + 1));
        }
        yield AttributeValue.fromL(elements);
      }
      default -> AttributeValue.fromM(entries(depth + 1));
    };
  }

  /** One to four paths. */
  public Expression expression() {
    Map<String, String> names = new LinkedHashMap<>();
    List<String> paths = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      StringBuilder path = new StringBuilder(name(names));
      while (random.nextInt(5) < 3) {
        path.append(space());
        if (random.nextBoolean()) {
          path.append('.').append(space()).append(name(names));
        } else {
          path.append('[').append(random.nextInt(4)).append(']');
        }
      }
      paths.add(path.toString());
    }
    return new Expression(String.join(random.nextBoolean() ? "," : " ,\t", paths), names);
  }

  private String name(Map<String, String> names) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    boolean plain = name.chars().allMatch(c -> c >= 'a' && c <= 'z');
    if (plain && random.nextBoolean()) {
      return name;
    }
    String placeholder = "#" + random.nextInt(3) + NAMES.indexOf(name);
    names.put(placeholder, name);
    return placeholder;
  }

  private String space() {
    return random.nextInt(6) == 0 ? " " : "";
  }
}
