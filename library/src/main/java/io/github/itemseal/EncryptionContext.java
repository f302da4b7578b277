package io.github.itemseal;

import io.github.itemseal.internal.value.DynamoDbNumber;
import io.github.itemseal.materials.MaterialDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a key source may know of the item it gives keys for. Immutable and thread-safe during the
 * call that it is passed to; a key source that keeps one copies its attributes.
 *
 * <p>Numbers are in the text that DynamoDB gives back, whatever notation the item has, so that a
 * key source sees the same when the item is written and when it is read.
 *
 * <p>While encrypting, {@link #attributes()} is the plaintext item and {@link
 * #materialDescription()} is empty; while decrypting they are the stored item and the description
 * read from it, neither of them verified yet.
 */
public final class EncryptionContext {
  private final @Nullable String tableName;
  private final @Nullable String partitionKeyName;
  private final @Nullable String sortKeyName;
  private final Map<String, AttributeValue> given;
  private final boolean numbersAsGiven;
  private final MaterialDescription materialDescription;

  /** Made when it is first asked for, which many key sources never do. */
  private volatile @Nullable Map<String, AttributeValue> attributes;

  private EncryptionContext(Builder builder) {
    this.tableName = builder.tableName;
    this.partitionKeyName = builder.partitionKeyName;
    this.sortKeyName = builder.sortKeyName;
    this.given = builder.attributes;
    this.numbersAsGiven = builder.numbersAsGiven;
    this.materialDescription = builder.materialDescription;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with this context's values. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.tableName = tableName;
    builder.partitionKeyName = partitionKeyName;
    builder.sortKeyName = sortKeyName;
    builder.attributes = given;
    builder.numbersAsGiven = numbersAsGiven;
    builder.materialDescription = materialDescription;
    return builder;
  }

  /** The logical name of the table, the one that signatures bind. */
  public Optional<String> tableName() {
    return Optional.ofNullable(tableName);
  }

  /** The name of the partition key attribute. */
  public Optional<String> partitionKeyName() {
    return Optional.ofNullable(partitionKeyName);
  }

  /** The name of the sort key attribute, absent where the table has none. */
  public Optional<String> sortKeyName() {
    return Optional.ofNullable(sortKeyName);
  }

  /** The names of both, as far as they are known. */
  List<String> keyNames() {
    if (partitionKeyName == null) {
      return sortKeyName == null ? List.of() : List.of(sortKeyName);
    }
    return sortKeyName == null ? List.of(partitionKeyName) : List.of(partitionKeyName, sortKeyName);
  }

  /**
   * The item's attributes, unmodifiable. Those of type N are in canonical text: {@code 1.50} is
   * {@code 1.5}, and {@code 1E2} is {@code 100}.
   */
  public Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> known = attributes;
    if (known == null) {
      known = numbersAsGiven ? given : canonical(given);
      attributes = known;
    }
    return known;
  }

  private static Map<String, AttributeValue> canonical(Map<String, AttributeValue> given) {
    @Nullable Map<String, AttributeValue> changed = null;
    for (Map.Entry<String, AttributeValue> entry : given.entrySet()) {
      AttributeValue canonical = DynamoDbNumber.canonical(entry.getValue());
      if (!Objects.equals(canonical.n(), entry.getValue().n())) {
        changed = changed == null ? new LinkedHashMap<>(given) : changed;
        changed.put(entry.getKey(), canonical);
      }
    }
    return changed == null ? given : Collections.unmodifiableMap(changed);
  }

  /** Whether a number of these attributes is written otherwise than DynamoDB gives it back. */
  boolean hasOtherNotation() {
    return attributes() != given;
  }

  /** The same with numbers as the item has them. */
  EncryptionContext withNumbersAsGiven() {
    Builder builder = toBuilder();
    builder.numbersAsGiven = true;
    return builder.build();
  }

  /** The material description read from the stored item; empty while encrypting. */
  public MaterialDescription materialDescription() {
    return materialDescription;
  }

  /** Names only: attribute values may be plaintext. */
  @Override
  public String toString() {
    return "EncryptionContext[tableName=%s, partitionKeyName=%s, sortKeyName=%s]"
        .formatted(tableName, partitionKeyName, sortKeyName);
  }

  /** Builds an {@link EncryptionContext}. Not thread-safe. */
  public static final class Builder {
    private @Nullable String tableName;
    private @Nullable String partitionKeyName;
    private @Nullable String sortKeyName;
    private Map<String, AttributeValue> attributes = Map.of();
    private boolean numbersAsGiven;
    private MaterialDescription materialDescription = MaterialDescription.empty();

    private Builder() {}

    public Builder tableName(String tableName) {
      this.tableName = tableName;
      return this;
    }

    public Builder partitionKeyName(String partitionKeyName) {
      this.partitionKeyName = partitionKeyName;
      return this;
    }

    public Builder sortKeyName(String sortKeyName) {
      this.sortKeyName = sortKeyName;
      return this;
    }

    /** The item, copied. */
    public Builder attributes(Map<String, AttributeValue> attributes) {
      this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
      return this;
    }

    /** The item itself, which nobody changes while the context is in use. */
    Builder attributesView(Map<String, AttributeValue> attributes) {
      this.attributes = Collections.unmodifiableMap(attributes);
      return this;
    }

    public Builder materialDescription(MaterialDescription materialDescription) {
      this.materialDescription = materialDescription;
      return this;
    }

    public EncryptionContext build() {
      return new EncryptionContext(this);
    }
  }
}
