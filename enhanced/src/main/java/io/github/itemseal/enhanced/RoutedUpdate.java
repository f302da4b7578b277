package io.github.itemseal.enhanced;

import io.github.itemseal.client.ItemUpdate;
import io.github.itemseal.client.UpdatedItem;
import io.github.itemseal.internal.expression.Condition;
import io.github.itemseal.internal.expression.ConditionEvaluator;
import io.github.itemseal.internal.expression.Definitions;
import io.github.itemseal.internal.expression.DocumentPath;
import io.github.itemseal.internal.expression.ExpressionException;
import io.github.itemseal.internal.expression.ExpressionParser;
import io.github.itemseal.internal.expression.Lexer;
import io.github.itemseal.internal.expression.MentionedAttributes;
import io.github.itemseal.internal.expression.UpdateException;
import io.github.itemseal.internal.expression.UpdateExpression;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * An {@code updateItem} of the enhanced client as a safe update: its update expression is applied
 * to the plaintext item here, and its condition goes to DynamoDB with the write. Immutable.
 *
 * <p>The expression is the enhanced client's own work, so whatever it makes of a typed item, of
 * nulls and of the extensions holds here too.
 */
final class RoutedUpdate {
  private final UpdateItemRequest request;
  private final @Nullable UpdateExpression update;
  private final @Nullable Condition condition;

  private RoutedUpdate(UpdateItemRequest request) {
    this.request = request;
    Definitions definitions =
        checked(
            "",
            () ->
                Definitions.of(
                    request.hasExpressionAttributeNames()
                        ? request.expressionAttributeNames()
                        : null,
                    request.hasExpressionAttributeValues()
                        ? request.expressionAttributeValues()
                        : null));
    @Nullable String updateText = request.updateExpression();
    this.update =
        updateText == null
            ? null
            : checked(
                "Invalid UpdateExpression: ",
                () -> ExpressionParser.update(updateText, definitions));
    @Nullable String conditionText = request.conditionExpression();
    this.condition =
        conditionText == null
            ? null
            : checked(
                "Invalid ConditionExpression: ",
                () -> ExpressionParser.condition(conditionText, definitions));
    checked(
        "",
        () -> {
          definitions.requireUsedIn(updateText, conditionText);
          if (conditionText != null) {
            MentionedAttributes.requireScalars(
                conditionText, definitions.names(), request.key().keySet());
          }
          return definitions;
        });
  }

  private static <R> R checked(String prefix, Supplier<R> step) {
    try {
      return step.get();
    } catch (ExpressionException e) {
      throw Validation.failed(prefix + e.getMessage());
    }
  }

  /**
   * Reads a request.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException if DynamoDB would
   *     refuse it, whatever the item: for an expression, or for a placeholder that is not used
   */
  static RoutedUpdate of(UpdateItemRequest request) {
    return new RoutedUpdate(request);
  }

  /** The same for an element of a transaction. */
  static RoutedUpdate of(Update element) {
    return new RoutedUpdate(
        UpdateItemRequest.builder()
            .tableName(element.tableName())
            .key(element.key())
            .updateExpression(element.updateExpression())
            .conditionExpression(element.conditionExpression())
            .expressionAttributeNames(
                element.hasExpressionAttributeNames() ? element.expressionAttributeNames() : null)
            .expressionAttributeValues(
                element.hasExpressionAttributeValues() ? element.expressionAttributeValues() : null)
            .build());
  }

  Map<String, AttributeValue> key() {
    return request.key();
  }

  /**
   * The item after the update.
   *
   * @param item the one before, or its key alone if there is none
   * @throws software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException if it
   *     cannot be updated so, and its condition does not hold either: DynamoDB looks at that first
   * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException if it cannot be
   *     updated so
   */
  Map<String, AttributeValue> applyTo(Map<String, AttributeValue> item) {
    if (update == null) {
      return item;
    }
    try {
      update.requireNoneOf(request.key().keySet());
      return update.applyTo(item);
    } catch (UpdateException e) {
      boolean absent = item.keySet().equals(request.key().keySet());
      if (condition != null && !ConditionEvaluator.holds(condition, absent ? Map.of() : item)) {
        throw ConditionalCheckFailedException.builder()
            .message("The conditional request failed")
            .item(absent ? null : item)
            .build();
      }
      throw Validation.failed(Objects.requireNonNull(e.getMessage()));
    }
  }

  /** As {@code updateItem} does, it creates what is not there, under its condition. */
  Consumer<ItemUpdate.Builder> options() {
    String text = request.conditionExpression();
    if (text == null) {
      return ItemUpdate.Builder::createIfAbsent;
    }
    Set<String> used = Lexer.placeholders(text);
    return options ->
        options
            .createIfAbsent()
            .conditionExpression(text)
            .expressionAttributeNames(only(used, request.expressionAttributeNames()))
            .expressionAttributeValues(only(used, request.expressionAttributeValues()));
  }

  private static <V> Map<String, V> only(Set<String> used, Map<String, V> placeholders) {
    Map<String, V> kept = new HashMap<>(placeholders);
    kept.keySet().retainAll(used);
    return kept;
  }

  ItemUpdate asItemUpdate() {
    ItemUpdate.Builder builder = ItemUpdate.of(request.tableName(), request.key(), this::applyTo);
    options().accept(builder);
    return builder.build();
  }

  /** Its condition, to be checked here; empty if it has none. */
  Optional<Predicate<Map<String, AttributeValue>>> localCondition() {
    return Optional.ofNullable(condition)
        .map(known -> item -> ConditionEvaluator.holds(known, item));
  }

  /** What DynamoDB would have answered, in plaintext; without capacity units. */
  UpdateItemResponse response(UpdatedItem updated) {
    UpdateItemResponse.Builder response = UpdateItemResponse.builder();
    ReturnValue wanted = request.returnValues() == null ? ReturnValue.NONE : request.returnValues();
    switch (wanted) {
      case ALL_NEW -> response.attributes(updated.item());
      case ALL_OLD -> updated.oldItem().ifPresent(response::attributes);
      case UPDATED_NEW -> response.attributes(updatedPartsOf(updated.item()));
      case UPDATED_OLD ->
          updated.oldItem().map(this::updatedPartsOf).ifPresent(response::attributes);
      default -> {}
    }
    return response.build();
  }

  /** The whole attributes in which something is updated, where it is there. */
  private Map<String, AttributeValue> updatedPartsOf(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> parts = new LinkedHashMap<>();
    List<DocumentPath> targets = update == null ? List.of() : update.targets();
    for (DocumentPath path : targets) {
      @Nullable AttributeValue attribute = item.get(path.attributeName());
      if (attribute != null && path.in(item) != null) {
        parts.put(path.attributeName(), attribute);
      }
    }
    return parts;
  }
}
