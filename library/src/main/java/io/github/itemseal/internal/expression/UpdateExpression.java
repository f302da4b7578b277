package io.github.itemseal.internal.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update expression as a tree. Immutable. Its targets neither overlap nor conflict.
 *
 * @param actions of all clauses, in their order in the expression
 */
public record UpdateExpression(List<Action> actions) {
  public UpdateExpression {
    actions = List.copyOf(actions);
    DocumentPath.requireApart(actions.stream().map(Action::path).toList());
  }

  /** The places that it writes. */
  public List<DocumentPath> targets() {
    return actions.stream().map(Action::path).toList();
  }

  /**
   * Refuses a change of the primary key, even to the value that it has, and parts of it as sources.
   * DynamoDB looks at the condition first, so this is for when it holds.
   *
   * @throws UpdateException naming the attribute; the message is a whole sentence
   */
  public void requireNoneOf(Set<String> keyNames) {
    for (DocumentPath target : targets()) {
      if (keyNames.contains(target.attributeName())) {
        throw new UpdateException(
            ("One or more parameter values were invalid: Cannot update attribute %s. This attribute"
                    + " is part of the key")
                .formatted(target.attributeName()));
      }
    }
    sources()
        .filter(source -> !source.isAttribute() && keyNames.contains(source.attributeName()))
        .findFirst()
        .ifPresent(
            source -> {
              throw new UpdateException(notScalar(source.attributeName()));
            });
  }

  /** DynamoDB's sentence about a path that leads into a key. */
  static String notScalar(String keyName) {
    return "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
        + " allowed: Key: "
        + keyName;
  }

  private Stream<DocumentPath> sources() {
    return actions.stream()
        .filter(Assign.class::isInstance)
        .flatMap(action -> sources(((Assign) action).value()));
  }

  private static Stream<DocumentPath> sources(NewValue value) {
    if (value instanceof IfNotExists either) {
      return Stream.concat(Stream.of(either.path()), sources(either.otherwise()));
    } else if (value instanceof ListAppend lists) {
      return Stream.concat(sources(lists.first()), sources(lists.second()));
    } else if (value instanceof Sum sum) {
      return Stream.concat(sources(sum.left()), sources(sum.right()));
    }
    return value instanceof Copy copy && copy.source() instanceof DocumentPath path
        ? Stream.of(path)
        : Stream.empty();
  }

  /**
   * The item after the update, see {@link UpdateEvaluator}.
   *
   * @param before the plaintext item, or its key alone if there is none
   * @throws UpdateException if it cannot be applied to this item
   */
  public Map<String, AttributeValue> applyTo(Map<String, AttributeValue> before) {
    return UpdateEvaluator.apply(this, before);
  }

  /** What is done with one place. */
  public sealed interface Action {
    /** The place. */
    DocumentPath path();
  }

  /** {@code SET path = value}. */
  public record Assign(DocumentPath path, NewValue value) implements Action {}

  /** {@code REMOVE path}. */
  public record Remove(DocumentPath path) implements Action {}

  /** {@code ADD path :value}: to a number, or members to a set. */
  public record Add(DocumentPath path, Operand.Value value) implements Action {}

  /** {@code DELETE path :value}: members of a set. */
  public record Delete(DocumentPath path, Operand.Value value) implements Action {}

  /** What {@code SET} sets. */
  public sealed interface NewValue {}

  /** A value of the request, or of the item before. */
  public record Copy(Operand source) implements NewValue {}

  /** {@code if_not_exists(path, otherwise)}. */
  public record IfNotExists(DocumentPath path, NewValue otherwise) implements NewValue {}

  /** {@code list_append(first, second)}. */
  public record ListAppend(NewValue first, NewValue second) implements NewValue {}

  /** {@code left + right}, or {@code left - right} if it subtracts. */
  public record Sum(NewValue left, NewValue right, boolean subtracts) implements NewValue {}
}
