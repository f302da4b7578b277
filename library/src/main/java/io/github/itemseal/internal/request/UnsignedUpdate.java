package io.github.itemseal.internal.request;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.expression.ConditionEvaluator;
import io.github.itemseal.internal.expression.Definitions;
import io.github.itemseal.internal.expression.ExpressionException;
import io.github.itemseal.internal.expression.ExpressionParser;
import io.github.itemseal.internal.expression.MentionedAttributes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.ConditionalOperator;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * An update in DynamoDB itself, which cannot sign anything. It may touch, as target or as source,
 * attributes that are {@link CryptoAction#DO_NOTHING} only, and it is guarded so that it cannot
 * create an item without a signature:
 *
 * <ul>
 *   <li>a table that reads encrypted items only: the item must have a signature;
 *   <li>one that reads plaintext items too: there must be an item;
 *   <li>one that writes plaintext, or signs nothing: no guard.
 * </ul>
 */
final class UnsignedUpdate {
  /** The legacy operators that never hold where there is nothing. */
  private static final Set<ComparisonOperator> OF_SOMETHING =
      Set.of(
          ComparisonOperator.NOT_NULL,
          ComparisonOperator.EQ,
          ComparisonOperator.LE,
          ComparisonOperator.LT,
          ComparisonOperator.GE,
          ComparisonOperator.GT,
          ComparisonOperator.CONTAINS,
          ComparisonOperator.BEGINS_WITH,
          ComparisonOperator.IN,
          ComparisonOperator.BETWEEN);

  private final @Nullable String expression;
  private final @Nullable String condition;
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> legacyNames;

  private UnsignedUpdate(
      @Nullable String expression,
      @Nullable String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values,
      Set<String> legacyNames) {
    this.expression = expression;
    this.condition = condition;
    this.names = names;
    this.values = values;
    this.legacyNames = legacyNames;
  }

  static UnsignedUpdate of(UpdateItemRequest request) {
    return new UnsignedUpdate(
        request.updateExpression(),
        request.conditionExpression(),
        request.expressionAttributeNames(),
        request.expressionAttributeValues(),
        request.attributeUpdates().keySet());
  }

  static UnsignedUpdate of(Update update) {
    return new UnsignedUpdate(
        update.updateExpression(),
        update.conditionExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues(),
        Set.of());
  }

  /**
   * Refuses an update that touches a protected attribute.
   *
   * @throws UnsupportedRequestException naming them
   */
  void check(ProtectedTable table) {
    if (table.actions().takesNoActions()) {
      return;
    }
    List<String> signed =
        touched(table).stream()
            .filter(
                name ->
                    table.encryptor().isReserved(name) || table.actions().actionFor(name).signs())
            .toList();
    if (signed.isEmpty()) {
      return;
    }
    FailureSubject subject = RequestChecks.subject(table).withAttribute(signed.get(0));
    throw new UnsupportedRequestException(
        FailureReason.OPERATION_REFUSED,
        subject,
        ("An update of table '%s' touches the protected attributes %s, which it cannot sign anew. Use"
                + " EncryptedTable.update(key, item -> ...), which reads, changes, signs and writes"
                + " the item safely; only DO_NOTHING attributes can be updated in place. For the SDK's"
                + " enhanced client there is EncryptedDynamoDbEnhancedClient of itemseal-enhanced.")
            .formatted(
                table.name(),
                signed.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))));
  }

  /** Every top-level attribute that the update writes or reads. */
  private Set<String> touched(ProtectedTable table) {
    Set<String> touched = new LinkedHashSet<>(legacyNames);
    if (expression == null) {
      return touched;
    }
    try {
      touched.addAll(MentionedAttributes.touchedBy(expression, names));
    } catch (ExpressionException e) {
      throw new UnsupportedRequestException(
          FailureReason.EXPRESSION_INVALID,
          RequestChecks.subject(table),
          "An update expression on table '%s' cannot be read: %s."
              .formatted(table.name(), e.getMessage()));
    }
    return touched;
  }

  /** The attributes of which one must be there; empty if there is no guard. */
  private static Set<String> guardOf(ProtectedTable table) {
    if (table.actions().takesNoActions() || table.encryptor().writesPlaintext()) {
      return Set.of();
    }
    return table.encryptor().readsPlaintext()
        ? Set.of(table.info().primaryIndex().orElseThrow().partitionKey())
        : table.encryptor().versionAttributes();
  }

  private Placeholders placeholders() {
    return new Placeholders(names, values, expression, condition);
  }

  private String guardedCondition(Set<String> guard, Placeholders placeholders) {
    String exists =
        guard.stream()
            .sorted()
            .map(name -> "attribute_exists(" + placeholders.name(name) + ")")
            .collect(Collectors.joining(" OR "));
    String guarded = guard.size() == 1 ? exists : "(" + exists + ")";
    return condition == null ? guarded : ItemCondition.parenthesized(condition) + " AND " + guarded;
  }

  /** The update as part of a transaction, guarded. */
  Update guarded(Update update, ProtectedTable table) {
    Set<String> guard = guardOf(table);
    if (guard.isEmpty()) {
      return update;
    }
    Placeholders placeholders = placeholders();
    return update.toBuilder()
        .conditionExpression(guardedCondition(guard, placeholders))
        .expressionAttributeNames(placeholders.names())
        .build();
  }

  /** The update on its own, guarded; DynamoDB returns the stored item if a condition fails. */
  UpdateItemRequest guarded(UpdateItemRequest request, ProtectedTable table) {
    Set<String> guard = guardOf(table);
    if (guard.isEmpty()) {
      return request;
    }
    UpdateItemRequest.Builder sent =
        request.toBuilder().returnValuesOnConditionCheckFailure("ALL_OLD");
    if (request.hasAttributeUpdates() || request.hasExpected()) {
      return sent.expected(guardedExpectations(request, guard, table)).build();
    }
    Placeholders placeholders = placeholders();
    return sent.conditionExpression(guardedCondition(guard, placeholders))
        .expressionAttributeNames(placeholders.names())
        .build();
  }

  /** What the placeholders of the guarded update say to the caller. */
  PlaceholderMeanings meanings(ProtectedTable table) {
    Placeholders placeholders = placeholders();
    guardOf(table).stream().sorted().forEach(placeholders::name);
    return placeholders.meanings();
  }

  private static Map<String, ExpectedAttributeValue> guardedExpectations(
      UpdateItemRequest request, Set<String> guard, ProtectedTable table) {
    String guarded = guard.iterator().next();
    ExpectedAttributeValue own = request.expected().get(guarded);
    if (guard.size() > 1
        || request.conditionalOperator() == ConditionalOperator.OR
        || (own != null && !impliesExistence(own))) {
      throw new UnsupportedRequestException(
          FailureReason.OPERATION_REFUSED,
          RequestChecks.subject(table),
          ("The update of table '%s' with AttributeUpdates cannot be guarded against creating an item"
                  + " without a signature: write it with UpdateExpression and ConditionExpression.")
              .formatted(table.name()));
    }
    Map<String, ExpectedAttributeValue> expected = new LinkedHashMap<>(request.expected());
    expected.putIfAbsent(
        guarded,
        ExpectedAttributeValue.builder().comparisonOperator(ComparisonOperator.NOT_NULL).build());
    return expected;
  }

  /** Whether the guard holds of a stored item, empty if there is none. */
  static boolean guardHolds(Map<String, AttributeValue> stored, ProtectedTable table) {
    Set<String> guard = guardOf(table);
    return guard.isEmpty() || guard.stream().anyMatch(stored::containsKey);
  }

  /**
   * Whether the caller's own condition could hold where there is no item; legacy expectations only
   * if they ask for absence.
   */
  boolean mayHoldWithoutItem(Map<String, ExpectedAttributeValue> expected) {
    if (!expected.isEmpty()) {
      return expected.values().stream().anyMatch(one -> !impliesExistence(one));
    }
    if (condition == null) {
      return true;
    }
    try {
      Definitions definitions = new Definitions(names, values);
      return ConditionEvaluator.holds(ExpressionParser.condition(condition, definitions), Map.of());
    } catch (ExpressionException e) {
      return true; // DynamoDB took it all the same
    }
  }

  /** Whether a legacy expectation can hold only of an attribute that is there. */
  private static boolean impliesExistence(ExpectedAttributeValue expectation) {
    return !Boolean.FALSE.equals(expectation.exists())
        && (expectation.comparisonOperator() == null
            || OF_SOMETHING.contains(expectation.comparisonOperator()));
  }

  /** The exception for an update that would have created an item. */
  static ItemUpdateException absent(ProtectedTable table) {
    FailureSubject subject = RequestChecks.subject(table);
    return new ItemUpdateException(
        FailureReason.ITEM_ABSENT,
        subject,
        ("There is no such %s to update, and an update cannot create one: it would have no signature."
                + " Put it first, or use EncryptedTable.update with createIfAbsent().")
            .formatted(subject.describe()));
  }

  /** The same where nobody knows whether there is an item. */
  static ItemUpdateException absentOrUnsigned(ProtectedTable table) {
    FailureSubject subject = RequestChecks.subject(table);
    return new ItemUpdateException(
        FailureReason.ITEM_ABSENT,
        subject,
        ("An update in a transaction concerns an %s that is not there or has no signature, and"
                + " cannot create one: put it first, or use EncryptedResource.updateAll.")
            .formatted(subject.describe()));
  }
}
