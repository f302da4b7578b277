package io.github.itemseal;

import java.util.ArrayList;
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
 * What is known of a table: its name, and, once described, its primary key and secondary indexes.
 * Immutable and thread-safe.
 */
public final class TableInfo {
  private final String name;
  private final @Nullable TableIndex primaryIndex;
  private final List<SecondaryIndex> secondaryIndexes;

  private TableInfo(
      String name, @Nullable TableIndex primaryIndex, List<SecondaryIndex> secondaryIndexes) {
    this.name = Objects.requireNonNull(name, "name");
    if (name.startsWith("arn:")) {
      throw new IllegalArgumentException(
          "A table is known by its name, not its ARN ('%s'); requests may use either."
              .formatted(name));
    }
    this.primaryIndex = primaryIndex;
    this.secondaryIndexes = List.copyOf(secondaryIndexes);
  }

  /**
   * A table of which only the name is known; a client describes it on first use.
   *
   * @throws IllegalArgumentException if the name is an ARN
   */
  public static TableInfo named(String name) {
    return new TableInfo(name, null, List.of());
  }

  /**
   * A table whose keys and secondary indexes are known: it is never described.
   *
   * @throws IllegalArgumentException if the name is an ARN
   */
  public static TableInfo of(
      String name, TableIndex primaryIndex, SecondaryIndex... secondaryIndexes) {
    return new TableInfo(
        name, Objects.requireNonNull(primaryIndex, "primaryIndex"), List.of(secondaryIndexes));
  }

  /**
   * This table as DescribeTable shows it now. Needs the permission {@code dynamodb:DescribeTable}.
   *
   * @throws TableUnavailableException if the table does not exist or may not be described
   */
  public TableInfo refreshIndexedAttributes(DynamoDbClient client) {
    try {
      return describedBy(client.describeTable(request -> request.tableName(name)));
    } catch (RuntimeException e) {
      throw TableUnavailableException.describing(name, e);
    }
  }

  /** The same without blocking; the future fails with {@link TableUnavailableException}. */
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
    return new TableInfo(name, TableIndex.fromKeySchema(table.keySchema()), indexes);
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

  /** The key attributes of the table and of all its indexes, which must stay readable. */
  public Set<String> protectedIndexKeys() {
    Set<String> names = new LinkedHashSet<>();
    primaryIndex().ifPresent(index -> names.addAll(index.attributes()));
    names.addAll(secondaryIndexKeys());
    return names;
  }

  Set<String> secondaryIndexKeys() {
    Set<String> names = new LinkedHashSet<>();
    secondaryIndexes.forEach(index -> names.addAll(index.keys().attributes()));
    primaryIndex().ifPresent(index -> names.removeAll(index.attributes()));
    return names;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TableInfo other
        && name.equals(other.name)
        && Objects.equals(primaryIndex, other.primaryIndex)
        && secondaryIndexes.equals(other.secondaryIndexes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, primaryIndex, secondaryIndexes);
  }

  @Override
  public String toString() {
    return "TableInfo[name=%s, primaryIndex=%s, secondaryIndexes=%s]"
        .formatted(name, primaryIndex, secondaryIndexes);
  }
}
