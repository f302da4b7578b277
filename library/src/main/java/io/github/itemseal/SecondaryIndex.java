package io.github.itemseal;

import java.util.Objects;

/**
 * A global or local secondary index of a table. Immutable.
 *
 * @param name the index name
 * @param local whether it is a local index, from which DynamoDB can fetch whole items
 * @param keys its key attributes
 * @param projection the attributes it holds; items read through an index that lacks signed ones
 *     cannot be verified
 */
public record SecondaryIndex(
    String name, boolean local, TableIndex keys, IndexProjection projection) {
  public SecondaryIndex {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(projection, "projection");
  }

  /** A global secondary index. */
  public static SecondaryIndex global(String name, TableIndex keys, IndexProjection projection) {
    return new SecondaryIndex(name, false, keys, projection);
  }

  /** A local secondary index, which has the partition key of its table. */
  public static SecondaryIndex local(String name, TableIndex keys, IndexProjection projection) {
    return new SecondaryIndex(name, true, keys, projection);
  }
}
