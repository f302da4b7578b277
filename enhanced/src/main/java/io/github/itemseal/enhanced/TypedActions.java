package io.github.itemseal.enhanced;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * The {@link AttributeActions} of a table, from the schemas of the classes whose items it holds.
 *
 * <pre>{@code
 * TableEncryption.of(TableInfo.named("People"))
 *     .actions(TypedActions.of(TableSchema.fromBean(Person.class)))
 *     .writes(...)
 * }</pre>
 *
 * <p>An attribute gets the action it is tagged with, by {@link Protection} or {@link
 * AttributeActionTags}. Untagged it is encrypted and signed, or signed where it must stay readable:
 * keys of the table and its indexes, and the version attribute, which DynamoDB compares. Where some
 * attribute is included in the encryption context, the table's keys are too. Attributes of
 * flattened beans count like all others. Attributes that no schema models, such as those of a
 * document schema or of a flattened map, are encrypted and signed; {@link AttributeActions#with} on
 * the result gives them another action.
 */
public final class TypedActions {
  private final List<SchemaAttributes> schemas;
  private final Set<String> primaryKeys = new LinkedHashSet<>();
  private final Set<String> readable = new LinkedHashSet<>();

  private TypedActions(List<SchemaAttributes> schemas) {
    this.schemas = schemas;
    for (SchemaAttributes schema : schemas) {
      primaryKeys.addAll(schema.primaryKeys());
      readable.addAll(schema.readable());
    }
  }

  /**
   * Collects the actions of one table. Several schemas must agree on the attributes they share: an
   * attribute has one action in a table.
   *
   * @throws IllegalArgumentException naming the attribute and both reasons, if an attribute has two
   *     actions in one schema or in two, if one that must stay readable is tagged to be encrypted,
   *     or if an action has no effect: inside an attribute, on a flattened property, or on a getter
   *     that its schema does not read
   */
  public static AttributeActions of(TableSchema<?> schema, TableSchema<?>... more) {
    List<SchemaAttributes> schemas = new ArrayList<>();
    schemas.add(SchemaAttributes.of(schema));
    for (TableSchema<?> other : more) {
      schemas.add(SchemaAttributes.of(other));
    }
    return new TypedActions(schemas).merged();
  }

  private AttributeActions merged() {
    Set<String> names = new LinkedHashSet<>();
    schemas.forEach(schema -> names.addAll(schema.attributeNames()));
    AttributeActions actions = AttributeActions.encryptAndSign();
    for (String name : names) {
      CryptoAction action = agreed(name);
      if (action != null) {
        actions = actions.with(name, action);
      }
    }
    return withKeys(actions, primaryKeys, readable);
  }

  /**
   * The actions with keys signed that are not named. Items that include attributes in the
   * encryption context include their primary keys.
   */
  static AttributeActions withKeys(
      AttributeActions actions, Set<String> primaryKeys, Set<String> indexKeys) {
    CryptoAction keyAction =
        actions.contains(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT)
            ? CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT
            : CryptoAction.SIGN_ONLY;
    AttributeActions changed = actions;
    for (String name : primaryKeys) {
      if (!changed.isNamed(name) && changed.actionFor(name).signs()) {
        changed = changed.with(name, keyAction);
      }
    }
    return changed.withSecondaryIndexKeys(indexKeys.toArray(String[]::new));
  }

  /** The action that an attribute is tagged with, in every schema that tags it; else null. */
  private @Nullable CryptoAction agreed(String attributeName) {
    @Nullable Claim tag = null;
    for (SchemaAttributes schema : schemas) {
      Claim claim = claim(schema, attributeName);
      if (claim == null) {
        continue;
      }
      if (claim.action().encrypts()) {
        requireEncryptable(attributeName, claim);
      }
      if (tag != null && tag.action() != claim.action()) {
        throw new IllegalArgumentException(
            "Attribute '%s' is %s in %s but %s in %s: in one table it can have one action."
                .formatted(
                    attributeName, tag.action(), tag.reason(), claim.action(), claim.reason()));
      }
      if (tag == null || claim.tagged()) {
        tag = claim;
      }
    }
    return tag == null || !tag.tagged() ? null : tag.action();
  }

  /**
   * What a schema wants for an attribute: its tag; without one, encryption of what it models,
   * unless the attribute must stay readable for any of the schemas. Nothing if it does not know it.
   */
  private @Nullable Claim claim(SchemaAttributes schema, String attributeName) {
    if (schema.tagged(attributeName).isPresent()) {
      return new Claim(schema.tagged(attributeName).get(), schema.name(), true);
    }
    if (schema.attributeNames().contains(attributeName) && !readable.contains(attributeName)) {
      return new Claim(CryptoAction.ENCRYPT_AND_SIGN, schema.name() + " (untagged)", false);
    }
    return null;
  }

  private void requireEncryptable(String attributeName, Claim claim) {
    for (SchemaAttributes schema : schemas) {
      String why = schema.whyReadable(attributeName);
      if (why != null) {
        throw new IllegalArgumentException(
            "Attribute '%s' is tagged %s in %s but %s in %s: it must stay readable, so give it SIGN_ONLY."
                .formatted(attributeName, claim.action(), claim.reason(), why, schema.name()));
      }
    }
  }

  private record Claim(CryptoAction action, String reason, boolean tagged) {}
}
