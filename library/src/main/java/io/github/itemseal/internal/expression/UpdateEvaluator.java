package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.expression.PathElement.Index;
import io.github.itemseal.internal.expression.PathElement.Name;
import io.github.itemseal.internal.expression.UpdateExpression.Action;
import io.github.itemseal.internal.expression.UpdateExpression.Add;
import io.github.itemseal.internal.expression.UpdateExpression.Assign;
import io.github.itemseal.internal.expression.UpdateExpression.Copy;
import io.github.itemseal.internal.expression.UpdateExpression.Delete;
import io.github.itemseal.internal.expression.UpdateExpression.IfNotExists;
import io.github.itemseal.internal.expression.UpdateExpression.ListAppend;
import io.github.itemseal.internal.expression.UpdateExpression.NewValue;
import io.github.itemseal.internal.expression.UpdateExpression.Sum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Applies an update expression to a plaintext item as DynamoDB does: all at once. Every value and
 * every place is looked up in the item before; of a list, elements are replaced, then new ones
 * appended in the order of their numbers, then elements removed. Stateless.
 */
final class UpdateEvaluator {
  private UpdateEvaluator() {}

  /**
   * The item after the update.
   *
   * @throws UpdateException if a place or value that the update needs is not there, or a value has
   *     another type
   */
  static Map<String, AttributeValue> apply(
      UpdateExpression update, Map<String, AttributeValue> before) {
    Changes changes = new Changes();
    for (Action action : update.actions()) {
      changes.at(action.path().elements()).decide(outcome(action, before));
    }
    return changes.ofEntries(before);
  }

  /** The value to be at the action's place, empty for none. */
  private static Optional<AttributeValue> outcome(Action action, Map<String, AttributeValue> item) {
    if (action instanceof Assign assign) {
      return Optional.of(valueOf(assign.value(), item));
    }
    if (action instanceof Add add) {
      return Optional.of(UpdateOperations.add(add.path().in(item), add.value().value()));
    }
    if (action instanceof Delete delete) {
      return UpdateOperations.subtract(delete.path().in(item), delete.value().value());
    }
    return Optional.empty();
  }

  private static AttributeValue valueOf(NewValue value, Map<String, AttributeValue> item) {
    if (value instanceof IfNotExists choice) {
      AttributeValue otherwise = valueOf(choice.otherwise(), item); // must be there in any case
      @Nullable AttributeValue present = choice.path().in(item);
      return present == null ? otherwise : present;
    }
    if (value instanceof ListAppend lists) {
      return UpdateOperations.append(valueOf(lists.first(), item), valueOf(lists.second(), item));
    }
    if (value instanceof Sum sum) {
      AttributeValue left = valueOf(sum.left(), item);
      AttributeValue right = valueOf(sum.right(), item);
      return UpdateOperations.sum(left, right, sum.subtracts());
    }
    Operand source = ((Copy) value).source();
    if (source instanceof Operand.Value literal) {
      return literal.value();
    }
    @Nullable AttributeValue present = ((DocumentPath) source).in(item);
    if (present == null) {
      throw new UpdateException(
          "The provided expression refers to an attribute that does not exist in the item");
    }
    return present;
  }

  /** What happens to a value: it becomes another one or goes, or something inside of it does. */
  private static final class Changes {
    /** Whether a path ends here; else something inside changes. */
    private boolean decided;

    /** Where a path ends, the new value, empty to remove it. */
    private Optional<AttributeValue> outcome = Optional.empty();

    private final Map<String, Changes> entries = new LinkedHashMap<>();
    private final TreeMap<Integer, Changes> elements = new TreeMap<>();

    void decide(Optional<AttributeValue> value) {
      decided = true;
      outcome = value;
    }

    Changes at(List<PathElement> path) {
      Changes changes = this;
      for (PathElement element : path) {
        changes =
            element instanceof Name name
                ? changes.entries.computeIfAbsent(name.name(), n -> new Changes())
                : changes.elements.computeIfAbsent(((Index) element).index(), i -> new Changes());
      }
      return changes;
    }

    /** The value to be, empty for none. */
    private Optional<AttributeValue> of(@Nullable AttributeValue before) {
      if (decided) {
        return outcome;
      }
      if (before != null && before.hasM() && elements.isEmpty()) {
        return Optional.of(AttributeValue.fromM(ofEntries(before.m())));
      }
      if (before != null && before.hasL() && entries.isEmpty()) {
        return Optional.of(AttributeValue.fromL(ofElements(before.l())));
      }
      throw new UpdateException(
          "The document path provided in the update expression is invalid for update");
    }

    Map<String, AttributeValue> ofEntries(Map<String, AttributeValue> before) {
      Map<String, AttributeValue> after = new LinkedHashMap<>(before);
      entries.forEach(
          (name, change) ->
              change
                  .of(before.get(name))
                  .ifPresentOrElse(value -> after.put(name, value), () -> after.remove(name)));
      return after;
    }

    private List<AttributeValue> ofElements(List<AttributeValue> before) {
      List<AttributeValue> after = new ArrayList<>(before);
      List<Integer> removed = new ArrayList<>();
      elements.forEach( // by their numbers
          (index, change) -> {
            boolean present = index < before.size();
            Optional<AttributeValue> value = change.of(present ? before.get(index) : null);
            if (value.isEmpty()) {
              removed.add(0, present ? index : -1);
            } else if (present) {
              after.set(index, value.get());
            } else {
              after.add(value.get());
            }
          });
      removed.removeIf(index -> index < 0);
      removed.forEach(index -> after.remove(index.intValue())); // from behind
      return after;
    }
  }
}
