package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.value.DynamoDbArithmetic;
import io.github.itemseal.internal.value.DynamoDbEquality;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What update expressions compute: sums, longer lists, larger and smaller sets. Stateless. */
final class UpdateOperations {
  private UpdateOperations() {}

  /** {@code left + right}, or {@code left - right}. */
  static AttributeValue sum(AttributeValue left, AttributeValue right, boolean subtracts) {
    if (left.n() == null || right.n() == null) {
      throw wrongType();
    }
    try {
      return AttributeValue.fromN(
          subtracts
              ? DynamoDbArithmetic.difference(left.n(), right.n())
              : DynamoDbArithmetic.sum(left.n(), right.n()));
    } catch (ArithmeticException e) {
      throw new UpdateException(Objects.requireNonNull(e.getMessage()));
    }
  }

  static AttributeValue append(AttributeValue first, AttributeValue second) {
    if (!first.hasL() || !second.hasL()) {
      throw wrongType();
    }
    List<AttributeValue> all = new ArrayList<>(first.l());
    all.addAll(second.l());
    return AttributeValue.fromL(all);
  }

  /** {@code ADD}: a number to a number, or members to a set. */
  static AttributeValue add(@Nullable AttributeValue present, AttributeValue operand) {
    if (operand.n() != null) {
      return sum(present == null ? AttributeValue.fromN("0") : present, operand, false);
    }
    return present == null ? operand : ofSets(present, operand, true);
  }

  /** {@code DELETE}: a set without members; empty if there is nothing left. */
  static Optional<AttributeValue> subtract(
      @Nullable AttributeValue present, AttributeValue operand) {
    if (present == null) {
      return Optional.empty();
    }
    AttributeValue rest = ofSets(present, operand, false);
    boolean none = rest.ss().isEmpty() && rest.ns().isEmpty() && rest.bs().isEmpty();
    return none ? Optional.empty() : Optional.of(rest);
  }

  private static AttributeValue ofSets(
      AttributeValue present, AttributeValue operand, boolean union) {
    if (present.hasSs() && operand.hasSs()) {
      return AttributeValue.fromSs(changed(present.ss(), operand.ss(), union, Object::equals));
    }
    if (present.hasBs() && operand.hasBs()) {
      return AttributeValue.fromBs(changed(present.bs(), operand.bs(), union, Object::equals));
    }
    if (present.hasNs() && operand.hasNs()) {
      return AttributeValue.fromNs(
          changed(present.ns(), operand.ns(), union, DynamoDbEquality::sameNumber));
    }
    throw wrongType();
  }

  private static <E> List<E> changed(
      List<E> present, List<E> operand, boolean union, BiPredicate<E, E> same) {
    List<E> members = new ArrayList<>(new LinkedHashSet<>(present));
    for (E member : operand) {
      if (!union) {
        members.removeIf(one -> same.test(one, member));
      } else if (members.stream().noneMatch(one -> same.test(one, member))) {
        members.add(member);
      }
    }
    return members;
  }

  private static UpdateException wrongType() {
    return new UpdateException("An operand in the update expression has an incorrect data type");
  }
}
