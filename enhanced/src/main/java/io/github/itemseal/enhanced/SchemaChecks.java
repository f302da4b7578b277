package io.github.itemseal.enhanced;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.TableEncryption;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * Whether schemas fit the tables that they are used on: what a class says of an attribute must be
 * what the table does with it. Each schema is looked at once for each table. Thread-safe.
 *
 * <p>What a schema does not say is fine: attributes without an action, tables without encryption,
 * and primary keys that the table will sign on its own once it is described. Keys of indexes it
 * will not: its actions must name them.
 */
final class SchemaChecks {
  private final Function<String, Optional<TableEncryption>> tables;

  /** The names of the tables that a schema fits. */
  private final Map<TableSchema<?>, Set<String>> fitting =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Checks against the tables of a client, by name or ARN. */
  SchemaChecks(Function<String, Optional<TableEncryption>> tables) {
    this.tables = tables;
  }

  /**
   * Checks a schema.
   *
   * @throws IllegalArgumentException naming the attribute and both sides, if it does not fit, or
   *     contradicts itself as in {@link TypedActions#of}
   */
  void require(String tableName, TableSchema<?> schema) {
    Set<String> known = fitting.computeIfAbsent(schema, s -> ConcurrentHashMap.newKeySet());
    if (!known.contains(tableName)) {
      tables.apply(tableName).ifPresent(encryption -> check(schema, encryption));
      known.add(tableName);
    }
  }

  private static void check(TableSchema<?> schema, TableEncryption encryption) {
    AttributeActions unused = TypedActions.of(schema); // which refuses contradictions
    SchemaAttributes attributes = SchemaAttributes.of(schema);
    AttributeActions actions = withKeys(encryption, attributes);
    Set<String> names = new LinkedHashSet<>(attributes.attributeNames());
    names.addAll(attributes.readable());
    for (String name : names) {
      CryptoAction action = actions.actionFor(name);
      Optional<CryptoAction> tagged = attributes.tagged(name);
      if (tagged.isPresent() && tagged.get() != action) {
        throw conflict(name, "is tagged " + tagged.get(), attributes, action, encryption);
      }
      String why = attributes.whyReadable(name);
      if (why != null && action.encrypts()) {
        throw conflict(name, why, attributes, action, encryption);
      }
    }
  }

  /** A table that does not know its key yet will protect the one that the schema knows. */
  private static AttributeActions withKeys(
      TableEncryption encryption, SchemaAttributes attributes) {
    AttributeActions actions = encryption.protectedActions();
    return encryption.table().primaryIndex().isPresent()
        ? actions
        : TypedActions.withKeys(actions, attributes.primaryKeys(), Set.of());
  }

  private static IllegalArgumentException conflict(
      String name,
      String why,
      SchemaAttributes attributes,
      CryptoAction action,
      TableEncryption encryption) {
    return new IllegalArgumentException(
        ("Attribute '%s' %s in %s, but table '%s' has %s for it: make the actions of the table from"
                + " the schemas of all its classes with TypedActions.of(...), or change one of"
                + " the two.")
            .formatted(name, why, attributes.name(), encryption.table().name(), action));
  }
}
