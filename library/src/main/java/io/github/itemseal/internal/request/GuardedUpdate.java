package io.github.itemseal.internal.request;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.value.DynamoDbEquality;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The write that turns the stored item somebody read into the one sealed since, on condition that
 * nobody wrote in between. Immutable.
 *
 * <p>It is an UpdateItem of exactly the attributes in which the two differ, so unsigned attributes
 * that other writers change meanwhile are kept. The guard, checked by DynamoDB together with the
 * caller's own condition, says of
 *
 * <ul>
 *   <li>a signed item: its version attributes are those read, and so are the unsigned attributes to
 *       be written;
 *   <li>an item without a signature, which nothing else identifies: every attribute read is as
 *       read, and every other that is written, or has an action by name, is still absent;
 *   <li>no item: there still is none.
 * </ul>
 */
public final class GuardedUpdate {
  /** Bytes of one expression at most, says DynamoDB. */
  private static final int MAX_EXPRESSION_BYTES = 4096;

  /** Operators and functions of one expression at most; every AND counts too. */
  private static final int MAX_OPERATORS = 300;

  private final ProtectedTable table;
  private final String tableName;
  private final Map<String, AttributeValue> key;
  private final Map<String, Optional<AttributeValue>> changes;

  /** Of the changes, those that no other write makes. */
  private final Map<String, Optional<AttributeValue>> marks;

  private final Map<String, Optional<AttributeValue>> guard;
  private final @Nullable String condition;
  private final @Nullable String update;
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final PlaceholderMeanings meanings;

  /**
   * @param tableName name or ARN, as the caller says it
   * @param key the primary key of the item
   * @param read the stored item as it was read, empty if there was none
   * @param sealed the stored item to be
   * @throws UnsupportedRequestException if the difference or the guard is too long for an
   *     expression
   */
  public GuardedUpdate(
      ProtectedTable table,
      String tableName,
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> read,
      Map<String, AttributeValue> sealed,
      ItemCondition own) {
    this.table = table;
    this.tableName = tableName;
    this.key = key;
    this.changes = changes(read, sealed);
    this.marks = new LinkedHashMap<>(changes);
    marks.keySet().retainAll(table.encryptor().randomAttributes(sealed));
    this.guard = guard(read);
    Placeholders placeholders = new Placeholders(own.names(), own.values(), own.expression());
    this.condition = conditionOf(own.expression(), placeholders);
    this.update = updateOf(placeholders);
    this.names = placeholders.names();
    this.values = placeholders.values();
    this.meanings = placeholders.meanings();
  }

  /** What is written: new values, or empty for attributes to be removed. */
  private Map<String, Optional<AttributeValue>> changes(
      Map<String, AttributeValue> read, Map<String, AttributeValue> sealed) {
    Map<String, Optional<AttributeValue>> changes = new LinkedHashMap<>();
    sealed.forEach(
        (name, value) -> {
          if (!DynamoDbEquality.same(value, read.get(name)) && !isKey(name)) {
            changes.put(name, Optional.of(value));
          }
        });
    for (String name : read.keySet()) {
      if (!sealed.containsKey(name)) {
        changes.put(name, Optional.empty());
      }
    }
    return changes;
  }

  private boolean isKey(String name) {
    return table.info().primaryIndex().orElseThrow().attributes().contains(name);
  }

  /** What must still be so: values, or empty for attributes that must be absent. */
  private Map<String, Optional<AttributeValue>> guard(Map<String, AttributeValue> read) {
    Map<String, Optional<AttributeValue>> guard = new LinkedHashMap<>();
    if (read.isEmpty()) {
      guard.put(table.info().primaryIndex().orElseThrow().partitionKey(), Optional.empty());
      return guard;
    }
    Set<String> version = table.encryptor().versionAttributes();
    Set<String> guarded = new LinkedHashSet<>(version);
    if (version.stream().anyMatch(read::containsKey)) {
      changes.keySet().stream().filter(this::isUnsigned).forEach(guarded::add);
    } else {
      guarded.addAll(read.keySet());
      guarded.addAll(changes.keySet());
      guarded.addAll(table.actions().exceptions().keySet());
    }
    guarded.forEach(name -> guard.put(name, Optional.ofNullable(read.get(name))));
    return guard;
  }

  private boolean isUnsigned(String name) {
    return !table.encryptor().isReserved(name)
        && table.actions().actionFor(name) == CryptoAction.DO_NOTHING;
  }

  private String conditionOf(@Nullable String own, Placeholders placeholders) {
    String guarded =
        guard.entrySet().stream()
            .map(
                entry ->
                    entry
                        .getValue()
                        .map(
                            value ->
                                placeholders.name(entry.getKey())
                                    + "="
                                    + placeholders.value(entry.getKey(), value))
                        .orElseGet(
                            () ->
                                "attribute_not_exists(" + placeholders.name(entry.getKey()) + ")"))
            .collect(Collectors.joining(" AND "));
    if (2 * guard.size() - (own == null ? 1 : 0) > MAX_OPERATORS) {
      throw tooMany();
    }
    return bounded(own == null ? guarded : ItemCondition.parenthesized(own) + " AND " + guarded);
  }

  private @Nullable String updateOf(Placeholders placeholders) {
    StringBuilder set = new StringBuilder();
    StringBuilder remove = new StringBuilder();
    changes.forEach(
        (name, value) -> {
          String placeholder = placeholders.name(name);
          if (value.isPresent()) {
            set.append(set.isEmpty() ? "SET " : ",");
            set.append(placeholder).append('=').append(placeholders.value(name, value.get()));
          } else {
            remove.append(remove.isEmpty() ? "REMOVE " : ",").append(placeholder);
          }
        });
    if (changes.isEmpty()) {
      return null;
    }
    return bounded(set + (set.isEmpty() || remove.isEmpty() ? "" : " ") + remove);
  }

  private String bounded(String expression) {
    if (expression.length() > MAX_EXPRESSION_BYTES) {
      throw tooMany();
    }
    return expression;
  }

  private UnsupportedRequestException tooMany() {
    return new UnsupportedRequestException(
        FailureReason.TOO_MANY_ATTRIBUTES,
        RequestChecks.subject(table),
        ("An update of the item of table '%s' concerns %s attributes, more than an expression of"
                + " DynamoDB holds. Put the whole item, on condition of a signed revision number.")
            .formatted(table.name(), Math.max(changes.size(), guard.size())));
  }

  /** The write on its own; DynamoDB returns the stored item if a condition fails. */
  public UpdateItemRequest request() {
    return UpdateItemRequest.builder()
        .tableName(tableName)
        .key(key)
        .updateExpression(update)
        .conditionExpression(condition)
        .expressionAttributeNames(names)
        .expressionAttributeValues(values.isEmpty() ? null : values)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  /** The write as a part of a transaction: a mere check if nothing is to be written. */
  public TransactWriteItem transactItem(boolean checkOnly) {
    Map<String, AttributeValue> valuesOrNull = values.isEmpty() ? null : values;
    if (checkOnly) {
      return TransactWriteItem.builder()
          .conditionCheck(
              ConditionCheck.builder()
                  .tableName(tableName)
                  .key(key)
                  .conditionExpression(condition)
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(valuesOrNull)
                  .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                  .build())
          .build();
    }
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(tableName)
                .key(key)
                .updateExpression(update)
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(valuesOrNull)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build())
        .build();
  }

  /** What the placeholders of the request say to the caller. */
  public PlaceholderMeanings meanings() {
    return meanings;
  }

  /**
   * Whether the guard holds of a stored item: if DynamoDB refused the write all the same, it was
   * for the caller's own condition.
   *
   * @param stored empty if there is none
   */
  public boolean guardHolds(Map<String, AttributeValue> stored) {
    return holds(guard, stored);
  }

  /**
   * Whether a stored item was written by this very write: it bears its random attributes, which
   * nobody else's has. What others made of unsigned attributes since does not matter. Never true of
   * a write without random attributes, such as plaintext's.
   *
   * @param stored empty if there is none
   */
  public boolean isIn(Map<String, AttributeValue> stored) {
    return !marks.isEmpty() && holds(marks, stored);
  }

  private static boolean holds(
      Map<String, Optional<AttributeValue>> expected, Map<String, AttributeValue> stored) {
    return expected.entrySet().stream()
        .allMatch(
            entry ->
                DynamoDbEquality.same(entry.getValue().orElse(null), stored.get(entry.getKey())));
  }
}
