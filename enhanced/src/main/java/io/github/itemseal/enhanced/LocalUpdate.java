package io.github.itemseal.enhanced;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update expression that is applied here, to an item in plaintext, because DynamoDB cannot apply
 * it to ciphertext. What DynamoDB would refuse is refused with the same exception. Immutable.
 *
 * <p>Source: the developer guide on update expressions. All values are taken from the item as it
 * was before; then the actions are carried out.
 */
final class LocalUpdate {
  private static final int MAX_DIGITS = 38;
  private static final int MAX_SCALE = 200;

  /** What an action does, given the item before and the item so far. */
  @FunctionalInterface
  private interface Step
      extends BiFunction<
          Map<String, AttributeValue>, Map<String, AttributeValue>, Map<String, AttributeValue>> {}

  private final List<Step> steps = new ArrayList<>();
  private final List<DocumentPath> removed = new ArrayList<>();
  private final List<DocumentPath> targets = new ArrayList<>();

  private LocalUpdate() {}

  /**
   * Reads an expression.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException if it is none
   */
  static LocalUpdate of(Tokens tokens) {
    LocalUpdate update = new LocalUpdate();
    while (!tokens.atEnd()) {
      if (tokens.takeIf("SET")) {
        update.each(tokens, update::set);
      } else if (tokens.takeIf("REMOVE")) {
        update.each(tokens, t -> update.removed.add(update.target(t)));
      } else if (tokens.takeIf("ADD")) {
        update.each(tokens, t -> update.combine(t, LocalUpdate::added));
      } else if (tokens.takeIf("DELETE")) {
        update.each(tokens, t -> update.combine(t, LocalUpdate::subtracted));
      } else {
        throw tokens.unexpected();
      }
    }
    update.requireApart();
    // From behind, so that the indexes of a list stay what they were.
    update.removed.sort(Comparator.reverseOrder());
    return update;
  }

  /** Refuses two actions on the same place, or on a place inside the other's: which one wins? */
  private void requireApart() {
    for (int i = 0; i < targets.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (targets.get(j).overlaps(targets.get(i))) {
          throw Validation.failed(
              "Invalid UpdateExpression: Two document paths overlap or conflict with each other");
        }
      }
    }
  }

  /** The item after the update. */
  Map<String, AttributeValue> applyTo(Map<String, AttributeValue> before) {
    Map<String, AttributeValue> item = before;
    for (Step step : steps) {
      item = step.apply(before, item);
    }
    for (DocumentPath path : removed) {
      item = path.remove(item);
    }
    return item;
  }

  /**
   * The attributes of an item in which the update is about something, as {@code UPDATED_OLD} and
   * {@code UPDATED_NEW} ask for them.
   */
  Map<String, AttributeValue> updatedPartsOf(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> parts = new LinkedHashMap<>();
    for (DocumentPath path : targets) {
      AttributeValue attribute = item.get(path.attributeName());
      if (attribute != null && path.in(item) != null) {
        parts.put(path.attributeName(), attribute);
      }
    }
    return parts;
  }

  // ---- reading ----

  private void each(Tokens tokens, java.util.function.Consumer<Tokens> action) {
    do {
      action.accept(tokens);
    } while (tokens.takeIf(","));
  }

  private DocumentPath target(Tokens tokens) {
    DocumentPath path = tokens.path();
    targets.add(path);
    return path;
  }

  private void set(Tokens tokens) {
    DocumentPath path = target(tokens);
    tokens.expect("=");
    Function<Map<String, AttributeValue>, AttributeValue> value = sum(tokens);
    steps.add((before, item) -> path.set(item, value.apply(before)));
  }

  private void combine(
      Tokens tokens,
      BiFunction<@Nullable AttributeValue, AttributeValue, @Nullable AttributeValue> operation) {
    DocumentPath path = target(tokens);
    AttributeValue operand = tokens.value();
    steps.add(
        (before, item) -> {
          AttributeValue result = operation.apply(path.in(before), operand);
          return result == null ? path.remove(item) : path.set(item, result);
        });
  }

  private static Function<Map<String, AttributeValue>, AttributeValue> sum(Tokens tokens) {
    Function<Map<String, AttributeValue>, AttributeValue> first = operand(tokens);
    if (tokens.takeIf("+")) {
      Function<Map<String, AttributeValue>, AttributeValue> second = operand(tokens);
      return item -> number(decimal(first.apply(item)).add(decimal(second.apply(item))));
    }
    if (tokens.takeIf("-")) {
      Function<Map<String, AttributeValue>, AttributeValue> second = operand(tokens);
      return item -> number(decimal(first.apply(item)).subtract(decimal(second.apply(item))));
    }
    return first;
  }

  private static Function<Map<String, AttributeValue>, AttributeValue> operand(Tokens tokens) {
    if (tokens.takeIf("(")) {
      Function<Map<String, AttributeValue>, AttributeValue> inner = sum(tokens);
      tokens.expect(")");
      return inner;
    }
    if (tokens.takeFunction("if_not_exists")) {
      DocumentPath path = tokens.path();
      tokens.expect(",");
      Function<Map<String, AttributeValue>, AttributeValue> otherwise = sum(tokens);
      tokens.expect(")");
      return item -> {
        AttributeValue present = path.in(item);
        return present == null ? otherwise.apply(item) : present;
      };
    }
    if (tokens.takeFunction("list_append")) {
      Function<Map<String, AttributeValue>, AttributeValue> first = sum(tokens);
      tokens.expect(",");
      Function<Map<String, AttributeValue>, AttributeValue> second = sum(tokens);
      tokens.expect(")");
      return item -> appended(first.apply(item), second.apply(item));
    }
    if (tokens.isValue()) {
      AttributeValue value = tokens.value();
      return item -> value;
    }
    DocumentPath path = tokens.path();
    return item -> {
      AttributeValue present = path.in(item);
      if (present == null) {
        throw Validation.failed(
            "The provided expression refers to an attribute that does not exist in the item");
      }
      return present;
    };
  }

  // ---- arithmetic of values ----

  private static AttributeValue appended(AttributeValue first, AttributeValue second) {
    if (!first.hasL() || !second.hasL()) {
      throw wrongType();
    }
    List<AttributeValue> all = new ArrayList<>(first.l());
    all.addAll(second.l());
    return AttributeValue.fromL(all);
  }

  private static AttributeValue added(@Nullable AttributeValue present, AttributeValue operand) {
    if (operand.n() != null) {
      BigDecimal start = present == null ? BigDecimal.ZERO : decimal(present);
      return number(start.add(decimal(operand)));
    }
    if (!isSet(operand)) {
      throw wrongType();
    }
    return present == null ? operand : ofSets(present, operand, true);
  }

  private static @Nullable AttributeValue subtracted(
      @Nullable AttributeValue present, AttributeValue operand) {
    if (!isSet(operand)) {
      throw wrongType();
    }
    if (present == null) {
      return null;
    }
    AttributeValue rest = ofSets(present, operand, false);
    return rest.ss().isEmpty() && rest.ns().isEmpty() && rest.bs().isEmpty() ? null : rest;
  }

  private static boolean isSet(AttributeValue value) {
    return value.hasSs() || value.hasNs() || value.hasBs();
  }

  private static AttributeValue ofSets(
      AttributeValue present, AttributeValue operand, boolean union) {
    if (present.hasSs() && operand.hasSs()) {
      return AttributeValue.fromSs(List.copyOf(changed(present.ss(), operand.ss(), union)));
    }
    if (present.hasBs() && operand.hasBs()) {
      Set<SdkBytes> bytes = changed(present.bs(), operand.bs(), union);
      return AttributeValue.fromBs(List.copyOf(bytes));
    }
    if (present.hasNs() && operand.hasNs()) {
      Set<String> numbers = changed(canonical(present.ns()), canonical(operand.ns()), union);
      return AttributeValue.fromNs(List.copyOf(numbers));
    }
    throw wrongType();
  }

  private static <E> Set<E> changed(List<E> present, List<E> operand, boolean union) {
    Set<E> set = new LinkedHashSet<>(present);
    if (union) {
      set.addAll(operand);
    } else {
      set.removeAll(operand);
    }
    return set;
  }

  /** Numbers are the same whatever way they are written. */
  private static List<String> canonical(List<String> numbers) {
    return numbers.stream().map(n -> number(decimal(n)).n()).toList();
  }

  private static BigDecimal decimal(AttributeValue value) {
    if (value.n() == null) {
      throw wrongType();
    }
    return decimal(value.n());
  }

  /** Bounded, so that no number asks for a gigabyte of zeros. */
  private static BigDecimal decimal(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw Validation.failed("The parameter cannot be converted to a numeric value");
    }
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      throw overflow();
    }
    return number;
  }

  private static AttributeValue number(BigDecimal number) {
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (stripped.precision() > MAX_DIGITS) {
      throw overflow();
    }
    return AttributeValue.fromN(stripped.toPlainString());
  }

  private static RuntimeException overflow() {
    return Validation.failed(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
  }

  private static RuntimeException wrongType() {
    return Validation.failed("An operand in the update expression has an incorrect data type");
  }
}
