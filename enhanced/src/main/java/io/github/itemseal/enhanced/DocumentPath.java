package io.github.itemseal.enhanced;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A place in an item: an attribute, or something inside of it.
 *
 * @param steps the name of the attribute, then names in maps ({@code String}) and indexes of lists
 *     ({@code Integer})
 */
record DocumentPath(List<Object> steps) implements Comparable<DocumentPath> {
  DocumentPath {
    steps = List.copyOf(steps);
  }

  /** Names in their order, elements of one list by their indexes. */
  @Override
  public int compareTo(DocumentPath other) {
    int fork = forkFrom(other);
    if (fork == Math.min(steps.size(), other.steps.size())) {
      return Integer.compare(steps.size(), other.steps.size());
    }
    return steps.get(fork) instanceof Integer index && other.steps.get(fork) instanceof Integer next
        ? index.compareTo(next)
        : steps.get(fork).toString().compareTo(other.steps.get(fork).toString());
  }

  /**
   * Whether one is the other or inside of it, or both cannot be in one item: a value is a map or a
   * list.
   */
  boolean overlaps(DocumentPath other) {
    int fork = forkFrom(other);
    return fork == Math.min(steps.size(), other.steps.size())
        || steps.get(fork).getClass() != other.steps.get(fork).getClass();
  }

  /** The position of the first step in which they differ. */
  private int forkFrom(DocumentPath other) {
    int shorter = Math.min(steps.size(), other.steps.size());
    int position = 0;
    while (position < shorter && steps.get(position).equals(other.steps.get(position))) {
      position++;
    }
    return position;
  }

  /** The attribute that it is in. */
  String attributeName() {
    return (String) steps.get(0);
  }

  /** The value there, null if there is none. */
  @Nullable AttributeValue in(Map<String, AttributeValue> item) {
    AttributeValue value = AttributeValue.fromM(item);
    for (Object step : steps) {
      value = value == null ? null : child(value, step);
    }
    return value;
  }

  private static @Nullable AttributeValue child(AttributeValue parent, Object step) {
    if (step instanceof String name) {
      return parent.hasM() ? parent.m().get(name) : null;
    }
    int index = (Integer) step;
    return parent.hasL() && index < parent.l().size() ? parent.l().get(index) : null;
  }

  /**
   * The item with a value there. Past the end of a list it is appended.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException if there is no map or
   *     list to put it in
   */
  Map<String, AttributeValue> set(Map<String, AttributeValue> item, AttributeValue value) {
    return changed(item, (last, parent) -> put(parent, last, value));
  }

  /**
   * The item without what is there, which may be nothing.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException if there is no map or
   *     list that it could be in
   */
  Map<String, AttributeValue> remove(Map<String, AttributeValue> item) {
    return changed(item, (last, parent) -> without(parent, last));
  }

  private Map<String, AttributeValue> changed(
      Map<String, AttributeValue> item, BiFunction<Object, AttributeValue, AttributeValue> change) {
    return changed(AttributeValue.fromM(item), 0, change).m();
  }

  private AttributeValue changed(
      AttributeValue parent, int depth, BiFunction<Object, AttributeValue, AttributeValue> change) {
    Object step = steps.get(depth);
    if (step instanceof String ? !parent.hasM() : !parent.hasL()) {
      throw noSuchPlace();
    }
    if (depth == steps.size() - 1) {
      return change.apply(step, parent);
    }
    AttributeValue child = child(parent, step);
    if (child == null) {
      throw noSuchPlace();
    }
    return put(parent, step, changed(child, depth + 1, change));
  }

  private static RuntimeException noSuchPlace() {
    return Validation.failed(
        "The document path provided in the update expression is invalid for update");
  }

  private static AttributeValue put(AttributeValue parent, Object step, AttributeValue value) {
    if (step instanceof String name) {
      Map<String, AttributeValue> map = new LinkedHashMap<>(parent.m());
      map.put(name, value);
      return AttributeValue.fromM(map);
    }
    List<AttributeValue> list = new ArrayList<>(parent.l());
    int index = (Integer) step;
    if (index < list.size()) {
      list.set(index, value);
    } else {
      list.add(value);
    }
    return AttributeValue.fromL(list);
  }

  private static AttributeValue without(AttributeValue parent, Object step) {
    if (step instanceof String name) {
      Map<String, AttributeValue> map = new LinkedHashMap<>(parent.m());
      map.remove(name);
      return AttributeValue.fromM(map);
    }
    List<AttributeValue> list = new ArrayList<>(parent.l());
    int index = (Integer) step;
    if (index < list.size()) {
      list.remove(index);
    }
    return AttributeValue.fromL(list);
  }
}
