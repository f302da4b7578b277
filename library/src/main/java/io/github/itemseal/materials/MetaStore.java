package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * A DynamoDB table of keys: under every material name there are versions 0, 1, 2 …, each an AES key
 * that wraps content keys and a MAC key. The table is the one of the old clients. Thread-safe.
 *
 * <p>Rows are items like any other, encrypted and signed with a provider of yours. Rows never
 * change; a row that is deleted takes all items written with it along.
 *
 * <p>Every read is strongly consistent. Whatever is returned was decrypted from a stored row: keys
 * that were not saved are never handed out. A call that fails throws {@link
 * MaterialsUnavailableException}, with what DynamoDB or the provider of the rows threw as its
 * cause. Reading a version costs one GetItem and one call to that provider; use {@link
 * CachingMostRecentProvider} for items. The twin that does not block is {@link AsyncMetaStore}.
 * Source: docs/metastore.md.
 */
public final class MetaStore {
  private final DynamoDbClient client;
  private final MetaStoreTable table;

  private MetaStore(DynamoDbClient client, MetaStoreTable table) {
    this.client = client;
    this.table = table;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Creates the table with on-demand capacity, and does not wait until it is active.
   *
   * @throws MaterialsUnavailableException if it cannot be, say because there is one already
   */
  public static CreateTableResponse createTable(DynamoDbClient client, String tableName) {
    return create(client, tableName, null);
  }

  /** The same with provisioned capacity. */
  public static CreateTableResponse createTable(
      DynamoDbClient client, String tableName, ProvisionedThroughput throughput) {
    return create(client, tableName, Objects.requireNonNull(throughput, "throughput"));
  }

  private static CreateTableResponse create(
      DynamoDbClient client, String tableName, @Nullable ProvisionedThroughput throughput) {
    try {
      return client.createTable(MetaStoreTable.createTable(tableName, throughput));
    } catch (RuntimeException e) {
      throw MetaStoreTable.failure(
          tableName, FailureSubject.table(tableName), "create the table", e);
    }
  }

  /**
   * The keys of a version.
   *
   * @throws MaterialsUnavailableException if there is no such version, or its row does not hold
   *     keys that can be used
   */
  public MetaStoreMaterialsProvider provider(String materialName, long version) {
    MaterialId id = new MaterialId(materialName, version);
    return table.providerOf(id, require(id));
  }

  /**
   * The keys of a version, made if there are none. However many callers in however many processes
   * ask at the same time, all get the keys of the one whose row was stored. Costs no write if there
   * is such a version.
   */
  public MetaStoreMaterialsProvider getOrCreate(String materialName, long version) {
    MaterialId id = new MaterialId(materialName, version);
    return table.providerOf(id, read(id).orElseGet(() -> createOrRead(id)));
  }

  /**
   * Rotates: the keys of a new version, one above the highest there is. If somebody else rotates at
   * the same moment, both get the one new version: its keys were made after this call had begun, so
   * they are as new as it asked for.
   */
  public MetaStoreMaterialsProvider newProvider(String materialName) {
    OptionalLong newest = maxVersion(materialName);
    MaterialId id = new MaterialId(materialName, newest.orElse(-1) + 1);
    return table.providerOf(id, createOrRead(id));
  }

  /** The keys of the newest version; those of version 0, made if need be, where there is none. */
  public MetaStoreMaterialsProvider currentProvider(String materialName) {
    OptionalLong newest = maxVersion(materialName);
    return newest.isPresent()
        ? provider(materialName, newest.getAsLong())
        : getOrCreate(materialName, 0);
  }

  /** The highest version, without looking at its keys; empty if there is none. */
  public OptionalLong maxVersion(String materialName) {
    QueryRequest newest = table.newest(materialName);
    QueryResponse answer =
        call(
            "find the newest version of material '" + materialName + "'",
            () -> client.query(newest));
    return answer.items().stream().mapToLong(table::versionIn).findFirst();
  }

  /** All versions, in ascending order, without looking at their keys. */
  public List<Long> versions(String materialName) {
    QueryRequest all = table.versions(materialName);
    return call(
        "list the versions of material '" + materialName + "'",
        () -> client.queryPaginator(all).items().stream().map(table::versionIn).toList());
  }

  /**
   * Copies a version, its keys and extra data, into another store, say of another Region. A row
   * that the other store has already is kept, if its keys are the same.
   *
   * <p>Extra data is protected in the copy as the other store says: give both the same signed-only
   * names, or what is encrypted here may be readable there.
   *
   * @return the version as the other store reads it
   * @throws MaterialsUnavailableException if there is no such version here, or the other store has
   *     other keys under the same name and version
   */
  public MetaStoreMaterialsProvider replicate(String materialName, long version, MetaStore target) {
    MaterialId id = new MaterialId(materialName, version);
    Map<String, AttributeValue> source = require(id);
    table.providerOf(id, source); // nothing that is no key gets copied
    Map<String, AttributeValue> copy =
        target
            .read(id)
            .orElseGet(
                () -> {
                  target.createUnlessExists(id, source);
                  return target.require(id);
                });
    return target.table.replicaOf(id, source, copy);
  }

  /**
   * The version of a material that an item was written with.
   *
   * @throws MalformedItemException if its description names no version of a material
   * @throws MaterialsUnavailableException if it names another material
   */
  public static long versionOf(String materialName, MaterialDescription description) {
    return MaterialId.of(materialName, description, FailureSubject.unknown()).version();
  }

  private Map<String, AttributeValue> createOrRead(MaterialId id) {
    createUnlessExists(id, table.newRow(id));
    return require(id); // what is stored now, whoever stored it
  }

  private void createUnlessExists(MaterialId id, Map<String, AttributeValue> row) {
    String doing = "create " + id.describe();
    Map<String, AttributeValue> stored = call(doing, () -> table.encryptor().encryptItem(row));
    try {
      client.putItem(table.create(stored));
    } catch (ConditionalCheckFailedException e) {
      // Somebody else was faster, or the SDK repeated a call that had succeeded.
    } catch (RuntimeException e) {
      throw table.failure(doing, e);
    }
  }

  private Map<String, AttributeValue> require(MaterialId id) {
    return read(id).orElseThrow(() -> table.notFound(id));
  }

  private Optional<Map<String, AttributeValue>> read(MaterialId id) {
    return call(
        "read " + id.describe(),
        () ->
            Optional.of(client.getItem(table.read(id)).item())
                .filter(stored -> !stored.isEmpty())
                .map(table.encryptor()::decryptItem));
  }

  private <T> T call(String doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw table.failure(doing, e);
    }
  }

  /** Builds a {@link MetaStore}. Not thread-safe. */
  public static final class Builder {
    private @Nullable DynamoDbClient client;
    private @Nullable String tableName;
    private @Nullable CryptographicMaterialsProvider protectedBy;
    private @Nullable String logicalTableName;
    private @Nullable MetaStoreExtraData extraData;

    private Builder() {}

    /** An ordinary client, of the table's Region and account. Required; you close it. */
    public Builder client(DynamoDbClient client) {
      this.client = client;
      return this;
    }

    /** The name of the table. Required. */
    public Builder tableName(String tableName) {
      this.tableName = tableName;
      return this;
    }

    /** The keys that protect the rows, usually AWS KMS. Required. */
    public Builder protectedBy(CryptographicMaterialsProvider provider) {
      this.protectedBy = provider;
      return this;
    }

    /**
     * The table name that the rows' signatures bind, where it is not the name of the table. Must
     * never change while there are rows. Default the table's name.
     */
    public Builder logicalTableName(String logicalTableName) {
      this.logicalTableName = logicalTableName;
      return this;
    }

    /** Attributes of your own for new rows. Default none. */
    public Builder extraData(MetaStoreExtraData extraData) {
      this.extraData = extraData;
      return this;
    }

    /**
     * Builds it, without a call to DynamoDB.
     *
     * @throws IllegalArgumentException if a required part is missing, or the extra data would leave
     *     a key readable
     */
    public MetaStore build() {
      if (client == null || tableName == null || protectedBy == null) {
        throw new IllegalArgumentException(
            "A MetaStore needs client(...), tableName(...) and protectedBy(...).");
      }
      return new MetaStore(
          client,
          new MetaStoreTable(tableName, logicalTableName, Ddbec.using(protectedBy), extraData));
    }
  }
}
