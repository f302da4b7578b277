package io.github.itemseal.internal.request;

import io.github.itemseal.internal.expression.Lexer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Which attributes a read asks for, in the parameters that its request has. Immutable.
 *
 * @param select null if the request has none
 * @param indexName null if the table itself is read
 * @param projectionExpression null if the request has none
 * @param attributesToGet the legacy parameter; empty if the request has none
 * @param names the placeholders of all expressions of the request
 * @param otherExpressions those that use the same placeholders
 * @param hasLegacyConditions whether the request has legacy conditions, which DynamoDB does not
 *     take beside expressions
 * @param hasEmptyNames whether the request has placeholders, but none, which DynamoDB refuses
 */
record Selection(
    @Nullable Select select,
    @Nullable String indexName,
    @Nullable String projectionExpression,
    List<String> attributesToGet,
    Map<String, String> names,
    List<String> otherExpressions,
    boolean hasLegacyConditions,
    boolean hasEmptyNames) {

  /** DynamoDB's limit, in bytes; what is made here is ASCII. */
  private static final int MAX_EXPRESSION_LENGTH = 4096;

  static Selection of(GetItemRequest request) {
    return ofKeys(
        request.projectionExpression(),
        request.attributesToGet(),
        request.expressionAttributeNames(),
        request.hasExpressionAttributeNames());
  }

  static Selection of(Get get) {
    return ofKeys(
        get.projectionExpression(),
        List.of(),
        get.expressionAttributeNames(),
        get.hasExpressionAttributeNames());
  }

  static Selection of(KeysAndAttributes keys) {
    return ofKeys(
        keys.projectionExpression(),
        keys.attributesToGet(),
        keys.expressionAttributeNames(),
        keys.hasExpressionAttributeNames());
  }

  private static Selection ofKeys(
      @Nullable String projectionExpression,
      List<String> attributesToGet,
      Map<String, String> names,
      boolean hasNames) {
    return new Selection(
        null,
        null,
        projectionExpression,
        attributesToGet,
        names,
        List.of(),
        false,
        hasNames && names.isEmpty());
  }

  static Selection of(QueryRequest request) {
    return new Selection(
        request.select(),
        request.indexName(),
        request.projectionExpression(),
        request.attributesToGet(),
        request.expressionAttributeNames(),
        present(request.keyConditionExpression(), request.filterExpression()),
        request.hasKeyConditions() || request.hasQueryFilter(),
        request.hasExpressionAttributeNames() && request.expressionAttributeNames().isEmpty());
  }

  static Selection of(ScanRequest request) {
    return new Selection(
        request.select(),
        request.indexName(),
        request.projectionExpression(),
        request.attributesToGet(),
        request.expressionAttributeNames(),
        present(request.filterExpression()),
        request.hasScanFilter(),
        request.hasExpressionAttributeNames() && request.expressionAttributeNames().isEmpty());
  }

  private static List<String> present(@Nullable String... expressions) {
    return Arrays.stream(expressions).filter(Objects::nonNull).toList();
  }

  /** Whether only some attributes are asked for, or parts of them. */
  boolean asksForParts() {
    return projectionExpression != null || !attributesToGet.isEmpty();
  }

  /**
   * The parts that are asked for.
   *
   * @return empty if DynamoDB would refuse the request
   */
  Optional<Projection> projection() {
    if (select != null && select != Select.SPECIFIC_ATTRIBUTES) {
      return Optional.empty();
    }
    if (projectionExpression == null) {
      return otherExpressions.isEmpty() && names.isEmpty()
          ? Projection.ofAttributes(attributesToGet)
          : Optional.empty();
    }
    if (hasLegacyConditions || !attributesToGet.isEmpty()) {
      return Optional.empty();
    }
    Set<String> unused = new HashSet<>(names.keySet());
    unused.removeAll(placeholdersOfOthers());
    return Projection.of(projectionExpression, names)
        .filter(projection -> projection.placeholders().containsAll(unused));
  }

  /** The same read of whole items. */
  Selection ofWholeItems(@Nullable Select select) {
    return new Selection(
        select,
        indexName,
        null,
        List.of(),
        namesOfOthers(),
        otherExpressions,
        hasLegacyConditions,
        false);
  }

  /**
   * The same read of these attributes, or of whole items if they are too many for an expression, in
   * the parameters that go with the others.
   */
  Selection ofAttributes(Set<String> attributes) {
    Selection whole = ofWholeItems(null);
    if (hasLegacyConditions || !attributesToGet.isEmpty()) {
      return new Selection(
          null,
          indexName,
          null,
          List.copyOf(attributes),
          names,
          otherExpressions,
          hasLegacyConditions,
          false);
    }
    Map<String, String> all = new LinkedHashMap<>(whole.names);
    Set<String> taken = placeholdersOfOthers(); // undefined ones stay so: DynamoDB refuses them
    StringBuilder expression = new StringBuilder();
    int number = 0;
    for (String attribute : attributes) {
      String placeholder;
      do {
        placeholder = "#a" + number++;
      } while (taken.contains(placeholder));
      all.put(placeholder, attribute);
      expression.append(expression.isEmpty() ? "" : ",").append(placeholder);
    }
    if (expression.length() > MAX_EXPRESSION_LENGTH) {
      return whole;
    }
    return new Selection(
        null, indexName, expression.toString(), List.of(), all, otherExpressions, false, false);
  }

  /** Unused placeholders are an error for DynamoDB. */
  private Map<String, String> namesOfOthers() {
    Map<String, String> kept = new LinkedHashMap<>(names);
    kept.keySet().retainAll(placeholdersOfOthers());
    return kept;
  }

  private Set<String> placeholdersOfOthers() {
    Set<String> placeholders = new HashSet<>();
    otherExpressions.forEach(expression -> placeholders.addAll(Lexer.placeholders(expression)));
    return placeholders;
  }

  /** The placeholders to send; an empty map is an error for DynamoDB. */
  @Nullable Map<String, String> namesOrNull() {
    return names.isEmpty() ? null : names;
  }

  /** The legacy parameter to send; an empty list would be one too. */
  @Nullable List<String> attributesOrNull() {
    return attributesToGet.isEmpty() ? null : attributesToGet;
  }
}
