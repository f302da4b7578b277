package io.github.itemseal.enhanced;

import io.github.itemseal.enhanced.Order.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random items of {@link Order}, with more in them than the class can hold, and random changes of
 * one property of it.
 */
final class RandomOrders {
  private static final AttributeValue NULL = AttributeValue.fromNul(true);

  private final Random random;
  private int count;

  RandomOrders(Random random) {
    this.random = random;
  }

  /** A change of the object, and what it does to the item. */
  record Change(String name, Consumer<Order> change, Map<String, AttributeValue> expected) {}

  // ---- items ----

  Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("id", AttributeValue.fromS("1"));
    item.put("version", AttributeValue.fromN("5"));
    maybe(item, "note", this::text);
    maybe(item, "first", this::text);
    maybe(item, "total", this::number);
    maybe(item, "country", this::text);
    maybe(item, "rates", this::numbers);
    maybe(item, "readings", () -> listOf(this::number));
    maybe(item, "lines", () -> listOf(this::line));
    maybe(item, "byName", () -> AttributeValue.fromM(names(this::line)));
    maybe(item, "depot", this::depot);
    unknown(item, 3);
    return item;
  }

  private AttributeValue depot() {
    Map<String, AttributeValue> depot = new LinkedHashMap<>();
    depot.put("street", text()); // a bean without any value is read as none
    maybe(depot, "door", this::text);
    if (random.nextBoolean()) {
      depot.put("floor", AttributeValue.fromN(Integer.toString(random.nextInt(9) + 2)));
    }
    maybe(depot, "newest", this::line);
    maybe(depot, "shelf", () -> listOf(this::line));
    unknown(depot, 2);
    return AttributeValue.fromM(depot);
  }

  private AttributeValue line() {
    Map<String, AttributeValue> line = new LinkedHashMap<>();
    line.put("sku", text());
    maybe(line, "price", this::number);
    unknown(line, 2);
    return AttributeValue.fromM(line);
  }

  private void maybe(Map<String, AttributeValue> map, String name, Supplier<AttributeValue> of) {
    int what = random.nextInt(6);
    if (what > 1) {
      map.put(name, of.get());
    } else if (what == 1) {
      map.put(name, NULL);
    }
  }

  /** Names that no class knows. */
  private void unknown(Map<String, AttributeValue> map, int depth) {
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put("unknown" + random.nextInt(9), anything(depth));
    }
  }

  private AttributeValue anything(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> NULL;
      case 1 -> text();
      case 2 -> number();
      case 3 -> AttributeValue.fromB(SdkBytes.fromUtf8String("b" + count++));
      case 4 -> numbers();
      case 5 -> AttributeValue.fromSs(List.of("x" + count++, "a" + count++));
      case 6 -> listOf(() -> anything(depth - 1));
      default -> AttributeValue.fromM(names(() -> anything(depth - 1)));
    };
  }

  private AttributeValue text() {
    return AttributeValue.fromS("t" + count++);
  }

  /** A number with 38 digits; no two of them are the same double. */
  private AttributeValue number() {
    StringBuilder digits = new StringBuilder().append(1000 + count++).append('.');
    while (digits.length() < 38) {
      digits.append(random.nextInt(10));
    }
    return AttributeValue.fromN(digits.append(1 + random.nextInt(9)).toString());
  }

  private AttributeValue numbers() {
    return AttributeValue.fromNs(listOf(this::number).l().stream().map(AttributeValue::n).toList());
  }

  private AttributeValue listOf(Supplier<AttributeValue> of) {
    List<AttributeValue> list = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      list.add(of.get());
    }
    return AttributeValue.fromL(list);
  }

  private Map<String, AttributeValue> names(Supplier<AttributeValue> of) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    listOf(of).l().forEach(value -> map.put("n" + map.size(), value));
    return map;
  }

  // ---- changes ----

  /** One of the changes that are possible for an item. */
  Change change(Map<String, AttributeValue> item) {
    List<Change> changes = new ArrayList<>();
    String text = "new" + count++;
    AttributeValue newText = AttributeValue.fromS(text);
    changes.add(new Change("note", o -> o.setNote(text), with(item, newText, "note")));
    changes.add(new Change("total", o -> o.setTotal(2.5), with(item, number("2.5"), "total")));
    if (isValue(item.get("total"))) {
      changes.add(new Change("no total", o -> o.setTotal(null), with(item, null, "total")));
    }
    if (isValue(item.get("rates"))) {
      addSetChanges(item, changes);
    }
    if (isValue(item.get("readings"))) {
      addReadingChanges(item, changes);
    }
    if (isValue(item.get("lines"))) {
      addLineChanges(item, newText, changes);
    }
    if (isValue(item.get("byName"))) {
      addMapChanges(item, newText, changes);
    }
    if (isValue(item.get("depot"))) {
      addDepotChanges(item, newText, changes);
    }
    return changes.get(random.nextInt(changes.size()));
  }

  private void addSetChanges(Map<String, AttributeValue> item, List<Change> changes) {
    List<String> rates = item.get("rates").ns();
    List<String> more = new ArrayList<>(rates);
    more.add("2.5");
    changes.add(
        new Change(
            "rates, one more",
            o -> {
              Set<Double> changed = new HashSet<>(o.getRates());
              changed.add(2.5);
              o.setRates(changed);
            },
            with(item, AttributeValue.fromNs(more), "rates")));
    if (rates.size() > 1) {
      List<String> less = new ArrayList<>(rates);
      double removed = Double.parseDouble(less.remove(random.nextInt(less.size())));
      changes.add(
          new Change(
              "rates, one less",
              o -> {
                Set<Double> changed = new HashSet<>(o.getRates());
                changed.remove(removed);
                o.setRates(changed);
              },
              with(item, AttributeValue.fromNs(less), "rates")));
    }
  }

  private void addReadingChanges(Map<String, AttributeValue> item, List<Change> changes) {
    int index = random.nextInt(item.get("readings").l().size());
    changes.add(
        new Change(
            "readings[i]",
            o -> {
              List<Double> changed = new ArrayList<>(o.getReadings());
              changed.set(index, 2.5);
              o.setReadings(changed);
            },
            with(item, number("2.5"), "readings", index)));
  }

  private void addLineChanges(
      Map<String, AttributeValue> item, AttributeValue text, List<Change> changes) {
    List<AttributeValue> lines = item.get("lines").l();
    int index = random.nextInt(lines.size());
    changes.add(
        new Change(
            "lines[i].sku",
            o -> o.getLines().get(index).setSku(text.s()),
            isValue(lines.get(index).m().get("price"))
                ? with(item, text, "lines", index, "sku")
                : with( // nothing stays that tells it from another line in its place
                    item,
                    AttributeValue.fromM(Map.of("sku", text, "price", NULL)),
                    "lines",
                    index)));
    List<AttributeValue> more = new ArrayList<>(lines);
    more.add(
        index, AttributeValue.fromM(Map.of("sku", text, "price", AttributeValue.fromN("2.5"))));
    changes.add(
        new Change(
            "lines, inserted",
            o -> {
              List<Line> changed = new ArrayList<>(o.getLines());
              changed.add(index, Line.of(text.s(), 2.5));
              o.setLines(changed);
            },
            with(item, AttributeValue.fromL(more), "lines")));
    List<AttributeValue> less = new ArrayList<>(lines);
    less.remove(index);
    changes.add(
        new Change(
            "lines, removed",
            o -> {
              List<Line> changed = new ArrayList<>(o.getLines());
              changed.remove(index);
              o.setLines(changed);
            },
            with(item, AttributeValue.fromL(less), "lines")));
    List<AttributeValue> moved = new ArrayList<>(less);
    moved.add(lines.get(index));
    if (lines.size() > 1 && index < lines.size() - 1) {
      changes.add(
          new Change(
              "lines, moved",
              o -> {
                List<Line> changed = new ArrayList<>(o.getLines());
                changed.add(changed.remove(index));
                o.setLines(changed);
              },
              with(item, AttributeValue.fromL(moved), "lines")));
    }
  }

  private void addMapChanges(
      Map<String, AttributeValue> item, AttributeValue text, List<Change> changes) {
    String name = "n" + random.nextInt(item.get("byName").m().size());
    changes.add(
        new Change(
            "byName.n.sku",
            o -> o.getByName().get(name).setSku(text.s()),
            with(item, text, "byName", name, "sku")));
    changes.add(
        new Change(
            "byName, removed",
            o -> {
              Map<String, Line> changed = new LinkedHashMap<>(o.getByName());
              changed.remove(name);
              o.setByName(changed);
            },
            with(item, null, "byName", name)));
  }

  private void addDepotChanges(
      Map<String, AttributeValue> item, AttributeValue text, List<Change> changes) {
    Map<String, AttributeValue> depot = item.get("depot").m();
    changes.add(
        new Change(
            "depot.door", o -> o.getDepot().setDoor(text.s()), with(item, text, "depot", "door")));
    changes.add(
        new Change(
            "depot.floor",
            o -> o.getDepot().setFloor(40),
            with(item, AttributeValue.fromN("40"), "depot", "floor")));
    if (depot.containsKey("floor")) { // else it would be read as none
      changes.add(
          new Change(
              "depot, no street",
              o -> o.getDepot().setStreet(null),
              with(item, NULL, "depot", "street")));
    }
    if (isValue(depot.get("newest"))) {
      changes.add(
          new Change(
              "depot.newest.sku",
              o -> o.getDepot().getNewest().setSku(text.s()),
              with(item, text, "depot", "newest", "sku")));
    }
    if (isValue(depot.get("shelf"))) {
      int index = random.nextInt(depot.get("shelf").l().size());
      changes.add(
          new Change(
              "depot.shelf[i].price",
              o -> o.getDepot().getShelf().get(index).setPrice(2.5),
              with(item, number("2.5"), "depot", "shelf", index, "price")));
    }
  }

  private static boolean isValue(@Nullable AttributeValue value) {
    return value != null && !NULL.equals(value);
  }

  private static AttributeValue number(String number) {
    return AttributeValue.fromN(number);
  }

  /** The item with a value at a path, or without it. */
  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, @Nullable AttributeValue value, Object... path) {
    return with(AttributeValue.fromM(item), value, List.of(path)).m();
  }

  private static AttributeValue with(
      AttributeValue parent, @Nullable AttributeValue value, List<Object> path) {
    List<Object> rest = path.subList(1, path.size());
    if (path.get(0) instanceof Integer index) {
      List<AttributeValue> list = new ArrayList<>(parent.l());
      list.set(index, rest.isEmpty() ? value : with(list.get(index), value, rest));
      return AttributeValue.fromL(list);
    }
    String name = (String) path.get(0);
    Map<String, AttributeValue> map = new LinkedHashMap<>(parent.m());
    if (rest.isEmpty() && value == null) {
      map.remove(name);
    } else {
      map.put(name, rest.isEmpty() ? value : with(map.get(name), value, rest));
    }
    return AttributeValue.fromM(map);
  }
}
