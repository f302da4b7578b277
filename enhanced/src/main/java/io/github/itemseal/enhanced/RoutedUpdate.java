package io.github.itemseal.enhanced;

import io.github.itemseal.client.ItemUpdate;
import io.github.itemseal.client.UpdatedItem;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
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
  private final LocalUpdate update;

  private RoutedUpdate(UpdateItemRequest request) {
    this.request = request;
    this.update = LocalUpdate.of(tokens(request.updateExpression(), request));
  }

  /**
   * Reads a request.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException if its expression is
   *     none
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
            .expressionAttributeNames(element.expressionAttributeNames())
            .expressionAttributeValues(element.expressionAttributeValues())
            .build());
  }

  private static Tokens tokens(@Nullable String expression, UpdateItemRequest request) {
    return new Tokens(
        expression == null ? "" : expression,
        request.expressionAttributeNames(),
        request.expressionAttributeValues());
  }

  Map<String, AttributeValue> key() {
    return request.key();
  }

  /** The item after the update. */
  Map<String, AttributeValue> applyTo(Map<String, AttributeValue> item) {
    return update.applyTo(item);
  }

  /** As {@code updateItem} does, it creates what is not there, under its condition. */
  Consumer<ItemUpdate.Builder> options() {
    String condition = request.conditionExpression();
    if (condition == null) {
      return ItemUpdate.Builder::createIfAbsent;
    }
    Tokens tokens = tokens(condition, request);
    return options ->
        options
            .createIfAbsent()
            .conditionExpression(condition)
            .expressionAttributeNames(tokens.used(request.expressionAttributeNames()))
            .expressionAttributeValues(tokens.used(request.expressionAttributeValues()));
  }

  ItemUpdate asItemUpdate() {
    ItemUpdate.Builder builder = ItemUpdate.of(request.tableName(), request.key(), this::applyTo);
    options().accept(builder);
    return builder.build();
  }

  /** Its condition, to be checked here; empty if it has none. */
  Optional<Predicate<Map<String, AttributeValue>>> localCondition() {
    return Optional.ofNullable(request.conditionExpression())
        .map(condition -> LocalCondition.of(tokens(condition, request)));
  }

  /** What DynamoDB would have answered, in plaintext; without capacity units. */
  UpdateItemResponse response(UpdatedItem updated) {
    UpdateItemResponse.Builder response = UpdateItemResponse.builder();
    ReturnValue wanted = request.returnValues() == null ? ReturnValue.NONE : request.returnValues();
    switch (wanted) {
      case ALL_NEW -> response.attributes(updated.item());
      case ALL_OLD -> updated.oldItem().ifPresent(response::attributes);
      case UPDATED_NEW -> response.attributes(update.updatedPartsOf(updated.item()));
      case UPDATED_OLD ->
          updated.oldItem().map(update::updatedPartsOf).ifPresent(response::attributes);
      default -> {}
    }
    return response.build();
  }
}
