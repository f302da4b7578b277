package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.BlockingFlow;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/**
 * A DynamoDB table of keys: under every material name there are versions 0, 1, 2 …, each an AES key
 * that wraps content keys and a MAC key. The table is the one of the old clients. With an
 * asynchronous client it is an {@link Async}, which does not block. Thread-safe.
 *
 * <p>Rows are items like any other, encrypted and signed with a provider of yours. Rows never
 * change; a row that is deleted takes all items written with it along.
 *
 * <p>Every read is strongly consistent. Whatever is returned was decrypted from a stored row: keys
 * that were not saved are never handed out. A call that fails throws {@link
 * MaterialsUnavailableException}, with what DynamoDB or the provider of the rows threw as its
 * cause. Reading a version costs one GetItem and one call to that provider; use {@link
 * CachingMostRecentProvider} for items. Source: docs/metastore.md.
 */
public final class MetaStore {
  private final MaterialVersions versions;

  private MetaStore(MaterialVersions versions) {
    this.versions = versions;
  }

  /**
   * Begins a store that blocks.
   *
   * @param client an ordinary client, of the table's Region and account; you close it
   */
  public static Builder<MetaStore, CryptographicMaterialsProvider> builder(DynamoDbClient client) {
    Objects.requireNonNull(client, "client");
    return new Builder<>(
        Ddbec::using,
        table ->
            new MetaStore(
                new MaterialVersions(
                    table, new BlockingMetaStoreCalls(client, table.encryptor()))));
  }

  /**
   * Begins a store that does not block.
   *
   * @param client an ordinary client, of the table's Region and account; you close it
   */
  public static Builder<Async, AsyncCryptographicMaterialsProvider> builder(
      DynamoDbAsyncClient client) {
    Objects.requireNonNull(client, "client");
    return new Builder<>(
        Ddbec::using,
        table ->
            new Async(
                new MaterialVersions(table, new AsyncMetaStoreCalls(client, table.encryptor()))));
  }

  /**
   * Creates the table with on-demand capacity, and does not wait until it is active.
   *
   * @throws MaterialsUnavailableException if it cannot be, say because there is one already
   */
  public static CreateTableResponse createTable(DynamoDbClient client, String tableName) {
    return BlockingFlow.run(created(client, tableName, null));
  }

  /** The same with provisioned capacity. */
  public static CreateTableResponse createTable(
      DynamoDbClient client, String tableName, ProvisionedThroughput throughput) {
    Objects.requireNonNull(throughput, "throughput");
    return BlockingFlow.run(created(client, tableName, throughput));
  }

  /** Creates the table with on-demand capacity without blocking. */
  public static CompletableFuture<CreateTableResponse> createTable(
      DynamoDbAsyncClient client, String tableName) {
    return started(created(client, tableName, null));
  }

  /** The same with provisioned capacity. */
  public static CompletableFuture<CreateTableResponse> createTable(
      DynamoDbAsyncClient client, String tableName, ProvisionedThroughput throughput) {
    Objects.requireNonNull(throughput, "throughput");
    return started(created(client, tableName, throughput));
  }

  private static Step<CreateTableResponse> created(
      DynamoDbClient client, String tableName, @Nullable ProvisionedThroughput throughput) {
    return MaterialVersions.createTable(
        tableName, throughput, request -> Call.blocking(() -> client.createTable(request)));
  }

  private static Step<CreateTableResponse> created(
      DynamoDbAsyncClient client, String tableName, @Nullable ProvisionedThroughput throughput) {
    return MaterialVersions.createTable(
        tableName, throughput, request -> Call.async(() -> client.createTable(request)));
  }

  private static <T> CompletableFuture<T> started(Step<T> step) {
    return AsyncFlow.start(step, Runnable::run);
  }

  /**
   * The keys of a version.
   *
   * @throws MaterialsUnavailableException if there is no such version, or its row does not hold
   *     keys that can be used
   */
  public MetaStoreMaterialsProvider provider(String materialName, long version) {
    return BlockingFlow.run(versions.provider(materialName, version));
  }

  /**
   * The keys of a version, made if there are none. However many callers in however many processes
   * ask at the same time, all get the keys of the one whose row was stored. Costs no write if there
   * is such a version.
   */
  public MetaStoreMaterialsProvider getOrCreate(String materialName, long version) {
    return BlockingFlow.run(versions.getOrCreate(materialName, version));
  }

  /**
   * Rotates: the keys of a new version, one above the highest there is. If somebody else rotates at
   * the same moment, both get the one new version: its keys were made after this call had begun, so
   * they are as new as it asked for.
   */
  public MetaStoreMaterialsProvider newProvider(String materialName) {
    return BlockingFlow.run(versions.newProvider(materialName));
  }

  /** The keys of the newest version; those of version 0, made if need be, where there is none. */
  public MetaStoreMaterialsProvider currentProvider(String materialName) {
    return BlockingFlow.run(versions.currentProvider(materialName));
  }

  /** The highest version, without looking at its keys; empty if there is none. */
  public OptionalLong maxVersion(String materialName) {
    return BlockingFlow.run(versions.maxVersion(materialName));
  }

  /** All versions, in ascending order, without looking at their keys. */
  public List<Long> versions(String materialName) {
    return BlockingFlow.run(versions.versions(materialName));
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
    return BlockingFlow.run(versions.replicate(materialName, version, target.versions));
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

  /** The operations, for a provider that keeps what they give. */
  MaterialVersions steps() {
    return versions;
  }

  /**
   * A {@link MetaStore} that never blocks its caller: the same table, rows, operations and
   * promises. Thread-safe.
   *
   * <p>Futures fail with what {@link MetaStore} would throw. They complete on a thread of the SDK
   * or of the rows' provider. Cancelling one cancels the call under way, and no other follows; a
   * row whose call was sent may be stored all the same.
   */
  public static final class Async {
    private final MaterialVersions versions;

    private Async(MaterialVersions versions) {
      this.versions = versions;
    }

    /** The keys of a version. See {@link MetaStore#provider}. */
    public CompletableFuture<MetaStoreMaterialsProvider> provider(
        String materialName, long version) {
      return started(versions.provider(materialName, version));
    }

    /** The keys of a version, made if there are none. See {@link MetaStore#getOrCreate}. */
    public CompletableFuture<MetaStoreMaterialsProvider> getOrCreate(
        String materialName, long version) {
      return started(versions.getOrCreate(materialName, version));
    }

    /** Rotates: the keys of a new version. See {@link MetaStore#newProvider}. */
    public CompletableFuture<MetaStoreMaterialsProvider> newProvider(String materialName) {
      return started(versions.newProvider(materialName));
    }

    /** The keys of the newest version, or of version 0. See {@link MetaStore#currentProvider}. */
    public CompletableFuture<MetaStoreMaterialsProvider> currentProvider(String materialName) {
      return started(versions.currentProvider(materialName));
    }

    /** The highest version, without looking at its keys; empty if there is none. */
    public CompletableFuture<OptionalLong> maxVersion(String materialName) {
      return started(versions.maxVersion(materialName));
    }

    /** All versions, in ascending order, without looking at their keys. */
    public CompletableFuture<List<Long>> versions(String materialName) {
      return started(versions.versions(materialName));
    }

    /** Copies a version into another store. See {@link MetaStore#replicate}. */
    public CompletableFuture<MetaStoreMaterialsProvider> replicate(
        String materialName, long version, Async target) {
      return started(versions.replicate(materialName, version, target.versions));
    }

    /** The operations, for a provider that keeps what they give. */
    MaterialVersions steps() {
      return versions;
    }
  }

  /**
   * Builds a {@link MetaStore} or an {@link Async}. Not thread-safe.
   *
   * @param <S> the store
   * @param <P> the provider of its rows, which waits as the store does
   */
  public static final class Builder<S, P> {
    private final Function<P, Ddbec> format;
    private final Function<MetaStoreTable, S> store;
    private @Nullable String tableName;
    private @Nullable P protectedBy;
    private @Nullable String logicalTableName;
    private @Nullable MetaStoreExtraData extraData;

    private Builder(Function<P, Ddbec> format, Function<MetaStoreTable, S> store) {
      this.format = format;
      this.store = store;
    }

    /** The name of the table. Required. */
    public Builder<S, P> tableName(String tableName) {
      this.tableName = tableName;
      return this;
    }

    /** The keys that protect the rows, usually AWS KMS. Required. */
    public Builder<S, P> protectedBy(P provider) {
      this.protectedBy = provider;
      return this;
    }

    /**
     * The table name that the rows' signatures bind, where it is not the name of the table. Must
     * never change while there are rows. Default the table's name.
     */
    public Builder<S, P> logicalTableName(String logicalTableName) {
      this.logicalTableName = logicalTableName;
      return this;
    }

    /** Attributes of your own for new rows. Default none. */
    public Builder<S, P> extraData(MetaStoreExtraData extraData) {
      this.extraData = extraData;
      return this;
    }

    /**
     * Builds it, without a call to DynamoDB.
     *
     * @throws IllegalArgumentException if a required part is missing, or the extra data would leave
     *     a key readable
     */
    public S build() {
      if (tableName == null || protectedBy == null) {
        throw new IllegalArgumentException(
            "A MetaStore needs tableName(...) and protectedBy(...).");
      }
      return store.apply(
          new MetaStoreTable(tableName, logicalTableName, format.apply(protectedBy), extraData));
    }
  }
}
