package io.github.itemseal.enhanced;

import io.github.itemseal.CryptoAction;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.IndexMetadata;
import software.amazon.awssdk.enhanced.dynamodb.KeyAttributeMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * What one table schema says of its attributes: which there are, their actions, and which of them
 * must stay readable, and why. Immutable.
 *
 * <p>The attributes of flattened schemas are attributes like all others here; the SDK merges their
 * metadata.
 */
final class SchemaAttributes {
  /** Where the SDK's VersionedRecordExtension keeps the name of the version attribute. */
  private static final String VERSION = "VersionedRecordExtension:VersionAttribute";

  private final String name;
  private final Set<String> attributeNames;
  private final Map<String, CryptoAction> tagged;
  private final Set<String> primaryKeys = new LinkedHashSet<>();
  private final Set<String> indexKeys = new LinkedHashSet<>();
  private final Map<String, String> readable = new LinkedHashMap<>();

  private SchemaAttributes(TableSchema<?> schema) {
    TableMetadata metadata = schema.tableMetadata();
    this.name = schema.itemType().rawClass().getSimpleName();
    this.attributeNames = Set.copyOf(schema.attributeNames());
    this.tagged = tags(metadata);
    for (IndexMetadata index : metadata.indices()) {
      boolean primary = index.name().equals(TableMetadata.primaryIndexName());
      index.partitionKeys().forEach(key -> addKey(key, index, primary));
      index.sortKeys().forEach(key -> addKey(key, index, primary));
    }
    metadata
        .customMetadataObject(VERSION, String.class)
        .ifPresent(version -> readable.putIfAbsent(version, "is the version that writes compare"));
  }

  /**
   * The attributes of a schema.
   *
   * @throws IllegalArgumentException if an attribute has two actions, or an action has no effect
   */
  static SchemaAttributes of(TableSchema<?> schema) {
    SchemaAttributes attributes = new SchemaAttributes(schema);
    NestedActions.requireNone(schema);
    LostActions.requireNone(schema.itemType().rawClass(), attributes.tagged.keySet());
    return attributes;
  }

  private Map<String, CryptoAction> tags(TableMetadata metadata) {
    Map<String, CryptoAction> actions = new LinkedHashMap<>();
    for (AttributeActionTags.Tagged tag : AttributeActionTags.of(metadata)) {
      CryptoAction other = actions.put(tag.attributeName(), tag.action());
      if (other != null) {
        // The SDK keeps tags in a set, so the order says nothing: sort for a text that stays.
        boolean inOrder = other.compareTo(tag.action()) < 0;
        throw new IllegalArgumentException(
            "Attribute '%s' of %s is tagged %s and %s: it can have one action."
                .formatted(
                    tag.attributeName(),
                    name,
                    inOrder ? other : tag.action(),
                    inOrder ? tag.action() : other));
      }
    }
    return actions;
  }

  private void addKey(KeyAttributeMetadata key, IndexMetadata index, boolean primary) {
    if (primary) {
      primaryKeys.add(key.name());
      readable.put(key.name(), "is a key of the table");
    } else {
      indexKeys.add(key.name());
      readable.putIfAbsent(key.name(), "is a key of the index '%s'".formatted(index.name()));
    }
  }

  /** The simple name of the class that the schema maps. */
  String name() {
    return name;
  }

  /** Every attribute that the schema models. */
  Set<String> attributeNames() {
    return attributeNames;
  }

  /** The action that an attribute is tagged with. */
  Optional<CryptoAction> tagged(String attributeName) {
    return Optional.ofNullable(tagged.get(attributeName));
  }

  /** The keys of the table. */
  Set<String> primaryKeys() {
    return primaryKeys;
  }

  /** The keys of secondary indexes. */
  Set<String> indexKeys() {
    return indexKeys;
  }

  /** The attributes that must stay readable: keys, index keys, the version. */
  Set<String> readable() {
    return readable.keySet();
  }

  /** Why an attribute must stay readable, as a verb phrase; null if it need not. */
  @Nullable String whyReadable(String attributeName) {
    return readable.get(attributeName);
  }
}
