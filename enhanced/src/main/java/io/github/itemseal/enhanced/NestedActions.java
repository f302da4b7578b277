package io.github.itemseal.enhanced;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverter;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * Refuses actions inside of attributes. An attribute is encrypted as a whole, so an action of an
 * attribute of a bean in it, in a list of beans or in a map of them, would be ignored in silence.
 */
final class NestedActions {
  private final String owner;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private NestedActions(String owner) {
    this.owner = owner;
  }

  /**
   * Looks into every attribute of a schema.
   *
   * @throws IllegalArgumentException if there is an action in one of them
   */
  static void requireNone(TableSchema<?> schema) {
    new NestedActions(schema.itemType().rawClass().getSimpleName()).check(schema);
  }

  private void check(TableSchema<?> schema) {
    for (String attributeName : schema.attributeNames()) {
      converter(schema, attributeName)
          .ifPresent(converter -> check(attributeName, converter.type()));
    }
  }

  /** Document schemas, and schemas of somebody else, have no converters to tell. */
  private static Optional<AttributeConverter<?>> converter(
      TableSchema<?> schema, String attributeName) {
    try {
      return Optional.ofNullable(schema.converterForAttribute(attributeName));
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private void check(String attributeName, EnhancedType<?> type) {
    if (type.isWildcard()) {
      return;
    }
    for (EnhancedType<?> parameter : parameters(type)) {
      check(attributeName, parameter);
    }
    type.tableSchema().filter(seen::add).ifPresent(nested -> check(attributeName, nested));
    if (seen.add(type.rawClass())) {
      // Also without a schema: with a converter of the user's own, or in an Optional.
      AnnotatedGetters.of(type.rawClass()).stream()
          .findFirst()
          .ifPresent(getter -> refuse(attributeName, getter.description(), getter.action().name()));
    }
  }

  private void check(String attributeName, TableSchema<?> nested) {
    for (AttributeActionTags.Tagged tag : AttributeActionTags.of(nested.tableMetadata())) {
      String described =
          "'%s' of %s".formatted(tag.attributeName(), nested.itemType().rawClass().getSimpleName());
      refuse(attributeName, described, tag.action().name());
    }
    for (String inner : nested.attributeNames()) {
      converter(nested, inner).ifPresent(converter -> check(attributeName, converter.type()));
    }
  }

  /** A raw or plain class has none; the SDK says so with null or with an empty list. */
  @SuppressWarnings("NullAway") // the SDK has no annotations
  private static List<EnhancedType<?>> parameters(EnhancedType<?> type) {
    List<EnhancedType<?>> parameters = type.rawClassParameters();
    return parameters == null ? List.of() : parameters;
  }

  private void refuse(String attributeName, String nested, String action) {
    throw new IllegalArgumentException(
        ("Attribute '%s' of %s contains %s with the action %s, which has no effect: an attribute is"
                + " protected as a whole. Put the action on '%s', or flatten the bean.")
            .formatted(attributeName, owner, nested, action, attributeName));
  }
}
