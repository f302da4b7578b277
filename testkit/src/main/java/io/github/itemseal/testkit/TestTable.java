package io.github.itemseal.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Keys, indexes and stream of a table that {@link LocalDynamoDb#createTable} makes. Key attributes
 * of the table and its indexes are strings unless {@link #numbers} or {@link #binaries} names them.
 *
 * <p>Not thread-safe. Mistakes, such as a missing partition key, are DynamoDB's to refuse.
 */
public final class TestTable {
  private final String name;
  private final List<KeySchemaElement> keys = new ArrayList<>();
  private final Map<String, ScalarAttributeType> types = new LinkedHashMap<>();
  private final List<Index> indexes = new ArrayList<>();
  private @Nullable StreamViewType stream;

  private static final class Index {
    final String name;
    final boolean global;
    final List<KeySchemaElement> keys;
    Projection projection = Projection.builder().projectionType(ProjectionType.ALL).build();

    Index(String name, boolean global, List<KeySchemaElement> keys) {
      this.name = name;
      this.global = global;
      this.keys = keys;
    }
  }

  TestTable(String name) {
    this.name = name;
  }

  /** The attribute that is the partition key. */
  public TestTable partitionKey(String attribute) {
    keys.add(key(attribute, KeyType.HASH));
    return this;
  }

  /** The attribute that is the sort key; a table without one has none. */
  public TestTable sortKey(String attribute) {
    keys.add(key(attribute, KeyType.RANGE));
    return this;
  }

  /** Key attributes of the table or its indexes that are numbers. */
  public TestTable numbers(String... attributes) {
    for (String attribute : attributes) {
      types.put(attribute, ScalarAttributeType.N);
    }
    return this;
  }

  /** Key attributes of the table or its indexes that are binary. */
  public TestTable binaries(String... attributes) {
    for (String attribute : attributes) {
      types.put(attribute, ScalarAttributeType.B);
    }
    return this;
  }

  /** Adds a global secondary index of whole items. */
  public TestTable globalIndex(String indexName, String partitionKey) {
    indexes.add(new Index(indexName, true, List.of(key(partitionKey, KeyType.HASH))));
    return this;
  }

  /** Adds a global secondary index of whole items, with a sort key. */
  public TestTable globalIndex(String indexName, String partitionKey, String sortKey) {
    indexes.add(
        new Index(
            indexName,
            true,
            List.of(key(partitionKey, KeyType.HASH), key(sortKey, KeyType.RANGE))));
    return this;
  }

  /** Adds a local secondary index of whole items. Name the table's partition key before. */
  public TestTable localIndex(String indexName, String sortKey) {
    List<KeySchemaElement> both = new ArrayList<>(keys.subList(0, Math.min(1, keys.size())));
    both.add(key(sortKey, KeyType.RANGE));
    indexes.add(new Index(indexName, false, both));
    return this;
  }

  /**
   * The index added last holds keys only.
   *
   * @throws IllegalStateException if there is none
   */
  public TestTable keysOnly() {
    lastIndex().projection = Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
    return this;
  }

  /**
   * The index added last holds keys and these attributes.
   *
   * @throws IllegalStateException if there is none
   */
  public TestTable including(String... attributes) {
    lastIndex().projection =
        Projection.builder()
            .projectionType(ProjectionType.INCLUDE)
            .nonKeyAttributes(attributes)
            .build();
    return this;
  }

  /** The table has a stream of these images. */
  public TestTable stream(StreamViewType images) {
    stream = images;
    return this;
  }

  CreateTableRequest request() {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keys)
            .attributeDefinitions(
                types.entrySet().stream()
                    .map(
                        type ->
                            AttributeDefinition.builder()
                                .attributeName(type.getKey())
                                .attributeType(type.getValue())
                                .build())
                    .toList());
    List<GlobalSecondaryIndex> global =
        indexes.stream()
            .filter(index -> index.global)
            .map(
                index ->
                    GlobalSecondaryIndex.builder()
                        .indexName(index.name)
                        .keySchema(index.keys)
                        .projection(index.projection)
                        .build())
            .toList();
    List<LocalSecondaryIndex> local =
        indexes.stream()
            .filter(index -> !index.global)
            .map(
                index ->
                    LocalSecondaryIndex.builder()
                        .indexName(index.name)
                        .keySchema(index.keys)
                        .projection(index.projection)
                        .build())
            .toList();
    if (!global.isEmpty()) { // DynamoDB refuses empty lists
      request.globalSecondaryIndexes(global);
    }
    if (!local.isEmpty()) {
      request.localSecondaryIndexes(local);
    }
    StreamViewType images = stream;
    if (images != null) {
      request.streamSpecification(spec -> spec.streamEnabled(true).streamViewType(images));
    }
    return request.build();
  }

  private KeySchemaElement key(String attribute, KeyType type) {
    types.putIfAbsent(attribute, ScalarAttributeType.S);
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  private Index lastIndex() {
    if (indexes.isEmpty()) {
      throw new IllegalStateException("Add an index first: this is said of the index before.");
    }
    return indexes.get(indexes.size() - 1);
  }
}
