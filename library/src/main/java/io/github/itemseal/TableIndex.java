package io.github.itemseal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/**
 * The key attributes of a table or of one of its secondary indexes. Immutable.
 *
 * <p>A table has one partition key and at most one sort key; a global secondary index may have
 * several of each.
 *
 * @param partitionKeys names of the partition key attributes, in key order; at least one
 * @param sortKeys names of the sort key attributes, in key order; may be empty
 */
public record TableIndex(List<String> partitionKeys, List<String> sortKeys) {
  public TableIndex {
    partitionKeys = List.copyOf(partitionKeys);
    sortKeys = List.copyOf(sortKeys);
    if (partitionKeys.isEmpty()) {
      throw new IllegalArgumentException("An index has at least one partition key attribute.");
    }
  }

  /** An index with a partition key alone. */
  public static TableIndex of(String partitionKey) {
    return new TableIndex(List.of(partitionKey), List.of());
  }

  /** An index with a partition key and a sort key. */
  public static TableIndex of(String partitionKey, String sortKey) {
    return new TableIndex(List.of(partitionKey), List.of(sortKey));
  }

  /**
   * The index that a DescribeTable key schema describes.
   *
   * @throws IllegalArgumentException if the schema names no partition key
   */
  public static TableIndex fromKeySchema(List<KeySchemaElement> keySchema) {
    List<String> partitionKeys = new ArrayList<>();
    List<String> sortKeys = new ArrayList<>();
    for (KeySchemaElement element : keySchema) {
      (element.keyType() == KeyType.HASH ? partitionKeys : sortKeys).add(element.attributeName());
    }
    return new TableIndex(partitionKeys, sortKeys);
  }

  /** The (first) partition key attribute. */
  public String partitionKey() {
    return partitionKeys.get(0);
  }

  /** The (first) sort key attribute, if there is one. */
  public Optional<String> sortKey() {
    return sortKeys.isEmpty() ? Optional.empty() : Optional.of(sortKeys.get(0));
  }

  /** All key attributes, partition keys first. */
  public Set<String> attributes() {
    Set<String> names = new LinkedHashSet<>(partitionKeys);
    names.addAll(sortKeys);
    return names;
  }
}
