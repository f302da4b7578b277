package io.github.itemseal.client.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A projection expression with the names it needs.
 *
 * @param expression null for none
 */
record Projected(String expression, Map<String, String> names) {
  static final Projected ALL = new Projected(null, null);

  private static final List<String> PATHS =
      List.of(
          "customer",
          "city",
          "age",
          "tags",
          "address.zip",
          "address.floors[1]",
          "memo",
          "visits",
          "ssn",
          "salary",
          "notes",
          "orderHistory[0]",
          "nothing");

  static Projected random(Random random) {
    List<String> paths = new ArrayList<>(PATHS);
    Collections.shuffle(paths, random);
    List<String> chosen = paths.subList(0, 1 + random.nextInt(4));
    return random.nextBoolean()
        ? new Projected(String.join(", ", chosen), null)
        : new Projected(String.join(",", chosen) + ", #key", Map.of("#key", "number"));
  }

  /** With the whole key, so that items of a batch, which have no order, can be told apart. */
  static Projected withKeys(Random random) {
    List<String> paths = new ArrayList<>(PATHS);
    paths.remove("customer");
    Collections.shuffle(paths, random);
    List<String> chosen = paths.subList(0, 1 + random.nextInt(4));
    return new Projected(String.join(",", chosen) + ", customer, #key", Map.of("#key", "number"));
  }
}
