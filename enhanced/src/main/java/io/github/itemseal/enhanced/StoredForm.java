package io.github.itemseal.enhanced;

import static io.github.itemseal.internal.value.DynamoDbEquality.same;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Carries the change of a mapped value over to the stored value that it was mapped from, at every
 * depth. A mapping loses what its class cannot hold: names it does not know, digits of numbers,
 * NULLs. Only what the change made different is taken from the changed value; everything else keeps
 * its stored form. Stateless.
 *
 * <p>Maps are compared name by name, lists as {@link ListAlignment} says, sets member by member,
 * everything else as a whole.
 */
enum StoredForm {
  /** With what the change made different. */
  CHANGED,

  /** The same, and with what the class has values for and the stored value does not: defaults. */
  COMPLETED;

  /** More digits than DynamoDB has; bounds the difference of numbers far apart. */
  private static final MathContext PRECISION = new MathContext(50);

  /**
   * The stored value with the change of its mapped value.
   *
   * @param stored the value in the item, null if there is none
   * @param before what the mapping makes of it, null for nothing
   * @param after what the change made of {@code before}, null if it is to be removed
   * @return the new value, null for none
   */
  @Nullable AttributeValue of(
      @Nullable AttributeValue stored,
      @Nullable AttributeValue before,
      @Nullable AttributeValue after) {
    if (same(before, after)) {
      return stored == null && this == COMPLETED ? after : stored;
    }
    if (stored == null || before == null || after == null) {
      return after;
    }
    boolean lossless = same(stored, before);
    if (lossless || stored.type() != before.type() || before.type() != after.type()) {
      return after;
    }
    return switch (after.type()) {
      case M -> AttributeValue.fromM(entries(stored.m(), before.m(), after.m()));
      case L -> AttributeValue.fromL(elements(stored.l(), before.l(), after.l()));
      case SS -> AttributeValue.fromSs(members(stored.ss(), before.ss(), after.ss()));
      case BS -> AttributeValue.fromBs(members(stored.bs(), before.bs(), after.bs()));
      case NS -> AttributeValue.fromNs(numbers(stored.ns(), before.ns(), after.ns()));
      default -> after;
    };
  }

  private Map<String, AttributeValue> entries(
      Map<String, AttributeValue> stored,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {
    Map<String, AttributeValue> entries = new LinkedHashMap<>(stored);
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      AttributeValue entry = of(stored.get(name), before.get(name), after.get(name));
      if (entry == null) {
        entries.remove(name);
      } else {
        entries.put(name, entry);
      }
    }
    return entries;
  }

  private List<AttributeValue> elements(
      List<AttributeValue> stored, List<AttributeValue> before, List<AttributeValue> after) {
    if (stored.size() != before.size()) {
      return after; // which element became which is not known
    }
    int[] origins = ListAlignment.origins(before, after);
    List<AttributeValue> elements = new ArrayList<>();
    for (int i = 0; i < origins.length; i++) {
      int origin = origins[i];
      AttributeValue changed = after.get(i);
      AttributeValue element =
          origin < 0 ? changed : of(stored.get(origin), before.get(origin), changed);
      elements.add(element == null ? changed : element);
    }
    return elements;
  }

  /**
   * Members that the mapping kept stay if the change kept them. Those that it made others of, or
   * left out, stay unless the change removed one of those others.
   */
  private static <E> List<E> members(List<E> stored, List<E> before, List<E> after) {
    Set<E> known = new HashSet<>(before);
    Set<E> wanted = new HashSet<>(after);
    Set<E> images = new HashSet<>(before);
    stored.forEach(images::remove);
    boolean imagesStay = wanted.containsAll(images);
    Set<E> members = new LinkedHashSet<>();
    for (E member : stored) {
      if (known.contains(member) ? wanted.contains(member) : imagesStay) {
        members.add(member);
      }
    }
    for (E member : after) {
      if (!imagesStay || !images.contains(member)) {
        members.add(member);
      }
    }
    return List.copyOf(members);
  }

  /**
   * A number that the mapping rounded became the one that is nearest to it. Where the mapping left
   * out all, the change took none of them away.
   */
  private static List<String> numbers(
      List<String> stored, List<String> before, List<String> after) {
    NavigableSet<BigDecimal> known = decimals(before);
    NavigableSet<BigDecimal> added = decimals(after);
    NavigableSet<BigDecimal> removed = decimals(before);
    removed.removeAll(added);
    added.removeAll(known);
    List<String> numbers = new ArrayList<>();
    for (String number : stored) {
      BigDecimal decimal = new BigDecimal(number);
      if (known.isEmpty() || !removed.contains(nearest(known, decimal))) {
        numbers.add(number);
        added.remove(decimal);
      }
    }
    added.forEach(number -> numbers.add(number.toString()));
    return numbers;
  }

  private static NavigableSet<BigDecimal> decimals(List<String> numbers) {
    NavigableSet<BigDecimal> decimals = new TreeSet<>();
    numbers.forEach(number -> decimals.add(new BigDecimal(number)));
    return decimals;
  }

  private static BigDecimal nearest(NavigableSet<BigDecimal> numbers, BigDecimal number) {
    BigDecimal below = numbers.floor(number);
    BigDecimal above = numbers.ceiling(number);
    if (below == null || above == null) {
      return below == null ? numbers.first() : below;
    }
    BigDecimal down = number.subtract(below, PRECISION);
    BigDecimal up = above.subtract(number, PRECISION);
    return down.compareTo(up) <= 0 ? below : above;
  }
}
