package io.github.itemseal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What is known of a table: its name, its primary key and its secondary indexes. Immutable and
 * thread-safe.
 *
 * <p>What the program says with {@link #of} is configuration: keys of the secondary indexes it
 * lists are signed, unless they are named otherwise. What DescribeTable says only adds knowledge. A
 * described index never changes the action of an attribute: where its key is encrypted, writes are
 * refused (see {@link TableEncryption}). The primary key is the one thing that is believed, where
 * it was not given.
 */
public final class TableInfo {
  private final String name;
  private final @Nullable TableIndex primaryIndex;
  private final List<SecondaryIndex> secondaryIndexes;

  /** Keys of the indexes that the program listed, whatever DynamoDB says of them later. */
  private final Set<String> declaredIndexKeys;

  private final @Nullable String timeToLiveAttribute;

  private TableInfo(
      String name,
      @Nullable TableIndex primaryIndex,
      List<SecondaryIndex> secondaryIndexes,
      Set<String> declaredIndexKeys,
      @Nullable String timeToLiveAttribute) {
    this.name = Objects.requireNonNull(name, "name");
    if (name.startsWith("arn:")) {
      throw new IllegalArgumentException(
          "A table is known by its name, not its ARN ('%s'); requests may use either."
              .formatted(name));
    }
    this.primaryIndex = primaryIndex;
    this.secondaryIndexes = List.copyOf(secondaryIndexes);
    this.timeToLiveAttribute = timeToLiveAttribute;
    this.declaredIndexKeys = Collections.unmodifiableSet(new LinkedHashSet<>(declaredIndexKeys));
  }

  /**
   * A table of which only the name is known; a client describes it on first use.
   *
   * @throws IllegalArgumentException if the name is an ARN
   */
  public static TableInfo named(String name) {
    return new TableInfo(name, null, List.of(), Set.of(), null);
  }

  /**
   * A table whose keys and secondary indexes are known: a client never describes it. Keys of these
   * indexes count as index keys by name, see {@link AttributeActions#withSecondaryIndexKeys}.
   *
   * @throws IllegalArgumentException if the name is an ARN
   */
  public static TableInfo of(
      String name, TableIndex primaryIndex, SecondaryIndex... secondaryIndexes) {
    List<SecondaryIndex> indexes = List.of(secondaryIndexes);
    return new TableInfo(
        name, Objects.requireNonNull(primaryIndex, "primaryIndex"), indexes, keysOf(indexes), null);
  }

  /**
   * This table as DescribeTable shows it now. Needs the permission {@code dynamodb:DescribeTable}.
   * Keys of indexes that were given with {@link #of} stay index keys by name.
   *
   * @throws TableUnavailableException if the table may not be described, or has another primary key
   *     than this object knows
   * @throws software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException if there is no
   *     such table
   */
  public TableInfo refreshIndexedAttributes(DynamoDbClient client) {
    try {
      return describedBy(client.describeTable(request -> request.tableName(name)));
    } catch (RuntimeException e) {
      throw TableUnavailableException.describing(name, e);
    }
  }

  /** The same without blocking; the future fails with the same exceptions. */
  public CompletableFuture<TableInfo> refreshIndexedAttributes(DynamoDbAsyncClient client) {
    return client
        .describeTable(request -> request.tableName(name))
        .handle(
            (response, failure) -> {
              if (failure != null) {
                throw TableUnavailableException.describing(name, failure);
              }
              try {
                return describedBy(response);
              } catch (RuntimeException e) {
                throw TableUnavailableException.describing(name, e);
              }
            });
  }

  private TableInfo describedBy(DescribeTableResponse response) {
    TableDescription table = response.table();
    List<SecondaryIndex> indexes = new ArrayList<>();
    table
        .globalSecondaryIndexes()
        .forEach(
            i ->
                indexes.add(
                    SecondaryIndex.global(
                        i.indexName(),
                        TableIndex.fromKeySchema(i.keySchema()),
                        projection(i.projection()))));
    table
        .localSecondaryIndexes()
        .forEach(
            i ->
                indexes.add(
                    SecondaryIndex.local(
                        i.indexName(),
                        TableIndex.fromKeySchema(i.keySchema()),
                        projection(i.projection()))));
    TableIndex described = TableIndex.fromKeySchema(table.keySchema());
    if (primaryIndex != null && !primaryIndex.equals(described)) {
      throw TableUnavailableException.otherKey(name, primaryIndex, described);
    }
    if (described.partitionKeys().size() > 1 || described.sortKeys().size() > 1) {
      throw new IllegalArgumentException("A table has one partition key and at most one sort key.");
    }
    return new TableInfo(name, described, indexes, declaredIndexKeys, timeToLiveAttribute);
  }

  /** An index that does not say holds keys only: nothing is taken for whole that may not be. */
  private static IndexProjection projection(@Nullable Projection projection) {
    if (projection == null) {
      return IndexProjection.keysOnly();
    }
    return projection.projectionType() == ProjectionType.ALL
        ? IndexProjection.all()
        : IndexProjection.include(projection.nonKeyAttributes().toArray(String[]::new));
  }

  /** The table's name. */
  public String name() {
    return name;
  }

  /**
   * This table with items that DynamoDB expires by the time in an attribute. A client that
   * describes a table asks for it, unless it is said here; say it for tables that are never
   * described.
   */
  public TableInfo withTimeToLive(String attributeName) {
    return new TableInfo(
        name,
        primaryIndex,
        secondaryIndexes,
        declaredIndexKeys,
        Objects.requireNonNull(attributeName, "attributeName"));
  }

  /** The attribute by which items expire; empty if there is none, or none is known. */
  public Optional<String> timeToLiveAttribute() {
    return Optional.ofNullable(timeToLiveAttribute);
  }

  /** The primary key, if known. */
  public Optional<TableIndex> primaryIndex() {
    return Optional.ofNullable(primaryIndex);
  }

  /** The secondary indexes; empty as long as the primary index is unknown. */
  public List<SecondaryIndex> secondaryIndexes() {
    return secondaryIndexes;
  }

  /** The encryption context that the table alone determines: its name and key names. */
  public EncryptionContext encryptionContextValues() {
    EncryptionContext.Builder context = EncryptionContext.builder().tableName(name);
    primaryIndex()
        .ifPresent(
            index -> {
              context.partitionKeyName(index.partitionKey());
              index.sortKey().ifPresent(context::sortKeyName);
            });
    return context.build();
  }

  /**
   * The key attributes of the table and of all its indexes: what {@link
   * AttributeActions#withIndexKeys} takes, once a person has agreed to have them in plaintext.
   */
  public Set<String> protectedIndexKeys() {
    Set<String> names = new LinkedHashSet<>();
    primaryIndex().ifPresent(index -> names.addAll(index.attributes()));
    names.addAll(keysOf(secondaryIndexes));
    return names;
  }

  /** The keys of secondary indexes that the program listed, but for keys of the table itself. */
  Set<String> declaredIndexKeys() {
    Set<String> names = new LinkedHashSet<>(declaredIndexKeys);
    primaryIndex().ifPresent(index -> names.removeAll(index.attributes()));
    return names;
  }

  private static Set<String> keysOf(List<SecondaryIndex> indexes) {
    Set<String> names = new LinkedHashSet<>();
    indexes.forEach(index -> names.addAll(index.keys().attributes()));
    return names;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TableInfo other
        && name.equals(other.name)
        && Objects.equals(primaryIndex, other.primaryIndex)
        && secondaryIndexes.equals(other.secondaryIndexes)
        && declaredIndexKeys.equals(other.declaredIndexKeys)
        && Objects.equals(timeToLiveAttribute, other.timeToLiveAttribute);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        name, primaryIndex, secondaryIndexes, declaredIndexKeys, timeToLiveAttribute);
  }

  @Override
  public String toString() {
    return "TableInfo[name=%s, primaryIndex=%s, secondaryIndexes=%s]"
        .formatted(name, primaryIndex, secondaryIndexes);
  }
}
