package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.concurrent.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * A {@link MetaStore} that never blocks its caller: the same table, rows, operations and promises.
 * Thread-safe.
 *
 * <p>Futures fail with what {@link MetaStore} would throw. They complete on a thread of the SDK or
 * of the rows' provider; cancelling one does not stop the calls under way.
 */
public final class AsyncMetaStore {
  private final DynamoDbAsyncClient client;
  private final MetaStoreTable table;

  private AsyncMetaStore(DynamoDbAsyncClient client, MetaStoreTable table) {
    this.client = client;
    this.table = table;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Creates the table with on-demand capacity, and does not wait until it is active. */
  public static CompletableFuture<CreateTableResponse> createTable(
      DynamoDbAsyncClient client, String tableName) {
    return create(client, tableName, null);
  }

  /** The same with provisioned capacity. */
  public static CompletableFuture<CreateTableResponse> createTable(
      DynamoDbAsyncClient client, String tableName, ProvisionedThroughput throughput) {
    return create(client, tableName, Objects.requireNonNull(throughput, "throughput"));
  }

  private static CompletableFuture<CreateTableResponse> create(
      DynamoDbAsyncClient client, String tableName, @Nullable ProvisionedThroughput throughput) {
    return Futures.of(() -> client.createTable(MetaStoreTable.createTable(tableName, throughput)))
        .handle(
            (response, failure) -> {
              if (failure != null) {
                throw MetaStoreTable.failure(
                    tableName,
                    FailureSubject.table(tableName),
                    "create the table",
                    Futures.causeOf(failure));
              }
              return response;
            });
  }

  /** The keys of a version. See {@link MetaStore#provider}. */
  public CompletableFuture<MetaStoreMaterialsProvider> provider(String materialName, long version) {
    return Futures.of(
        () -> {
          MaterialId id = new MaterialId(materialName, version);
          return require(id).thenApply(row -> table.providerOf(id, row));
        });
  }

  /** The keys of a version, made if there are none. See {@link MetaStore#getOrCreate}. */
  public CompletableFuture<MetaStoreMaterialsProvider> getOrCreate(
      String materialName, long version) {
    return Futures.of(
        () -> {
          MaterialId id = new MaterialId(materialName, version);
          return read(id)
              .thenCompose(
                  found ->
                      found
                          .map(CompletableFuture::completedFuture)
                          .orElseGet(() -> createOrRead(id)))
              .thenApply(row -> table.providerOf(id, row));
        });
  }

  /** Rotates: the keys of a new version. See {@link MetaStore#newProvider}. */
  public CompletableFuture<MetaStoreMaterialsProvider> newProvider(String materialName) {
    return maxVersion(materialName)
        .thenCompose(
            newest -> {
              MaterialId id = new MaterialId(materialName, newest.orElse(-1) + 1);
              return createOrRead(id).thenApply(row -> table.providerOf(id, row));
            });
  }

  /** The keys of the newest version, or of version 0. See {@link MetaStore#currentProvider}. */
  public CompletableFuture<MetaStoreMaterialsProvider> currentProvider(String materialName) {
    return maxVersion(materialName)
        .thenCompose(
            newest ->
                newest.isPresent()
                    ? provider(materialName, newest.getAsLong())
                    : getOrCreate(materialName, 0));
  }

  /** The highest version, without looking at its keys; empty if there is none. */
  public CompletableFuture<OptionalLong> maxVersion(String materialName) {
    return Futures.of(
        () -> {
          QueryRequest newest = table.newest(materialName);
          return call(
                  "find the newest version of material '" + materialName + "'",
                  () -> client.query(newest))
              .thenApply(answer -> answer.items().stream().mapToLong(table::versionIn).findFirst());
        });
  }

  /** All versions, in ascending order, without looking at their keys. */
  public CompletableFuture<List<Long>> versions(String materialName) {
    return Futures.of(
        () -> {
          QueryRequest all = table.versions(materialName);
          List<Long> versions = new ArrayList<>();
          return call(
                  "list the versions of material '" + materialName + "'",
                  () ->
                      client
                          .queryPaginator(all)
                          .items()
                          .subscribe(row -> versions.add(table.versionIn(row))))
              .thenApply(done -> List.copyOf(versions));
        });
  }

  /** Copies a version into another store. See {@link MetaStore#replicate}. */
  public CompletableFuture<MetaStoreMaterialsProvider> replicate(
      String materialName, long version, AsyncMetaStore target) {
    return Futures.of(
        () -> {
          MaterialId id = new MaterialId(materialName, version);
          return require(id)
              .thenCompose(
                  source -> {
                    table.providerOf(id, source); // nothing that is no key gets copied
                    return target
                        .copyOf(id, source)
                        .thenApply(copy -> target.table.replicaOf(id, source, copy));
                  });
        });
  }

  /**
   * The version of a material that an item was written with.
   *
   * @throws MalformedItemException if its description names no version of a material
   * @throws MaterialsUnavailableException if it names another material
   */
  public static long versionOf(String materialName, MaterialDescription description) {
    return MetaStore.versionOf(materialName, description);
  }

  private CompletableFuture<Map<String, AttributeValue>> copyOf(
      MaterialId id, Map<String, AttributeValue> source) {
    return read(id)
        .thenCompose(
            found ->
                found
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(
                        () -> createUnlessExists(id, source).thenCompose(done -> require(id))));
  }

  private CompletableFuture<Map<String, AttributeValue>> createOrRead(MaterialId id) {
    return createUnlessExists(id, table.newRow(id))
        .thenCompose(done -> require(id)); // what is stored now, whoever stored it
  }

  private CompletableFuture<Boolean> createUnlessExists(
      MaterialId id, Map<String, AttributeValue> row) {
    String doing = "create " + id.describe();
    return call(doing, () -> table.encryptor().encryptItemAsync(row))
        .thenCompose(
            stored ->
                call(
                    doing,
                    () ->
                        Futures.of(() -> client.putItem(table.create(stored)))
                            .handle((response, failure) -> isCreated(failure))));
  }

  /** Not if somebody else was faster, or the SDK repeated a call that had succeeded. */
  private static boolean isCreated(@Nullable Throwable failure) {
    if (failure == null) {
      return true;
    }
    if (Futures.causeOf(failure) instanceof ConditionalCheckFailedException) {
      return false;
    }
    throw Futures.completion(failure);
  }

  private CompletableFuture<Map<String, AttributeValue>> require(MaterialId id) {
    return read(id).thenApply(found -> found.orElseThrow(() -> table.notFound(id)));
  }

  private CompletableFuture<Optional<Map<String, AttributeValue>>> read(MaterialId id) {
    return call(
        "read " + id.describe(),
        () ->
            client
                .getItem(table.read(id))
                .thenCompose(
                    response ->
                        response.item().isEmpty()
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : table
                                .encryptor()
                                .decryptItemAsync(response.item())
                                .thenApply(Optional::of)));
  }

  private <T> CompletableFuture<T> call(String doing, Supplier<CompletableFuture<T>> call) {
    return Futures.of(call)
        .handle(
            (result, failure) -> {
              if (failure != null) {
                throw table.failure(doing, Futures.causeOf(failure));
              }
              return result;
            });
  }

  /** Builds an {@link AsyncMetaStore}. Not thread-safe. */
  public static final class Builder {
    private @Nullable DynamoDbAsyncClient client;
    private @Nullable String tableName;
    private @Nullable AsyncCryptographicMaterialsProvider protectedBy;
    private @Nullable String logicalTableName;
    private @Nullable MetaStoreExtraData extraData;

    private Builder() {}

    /** An ordinary client, of the table's Region and account. Required; you close it. */
    public Builder client(DynamoDbAsyncClient client) {
      this.client = client;
      return this;
    }

    /** The name of the table. Required. */
    public Builder tableName(String tableName) {
      this.tableName = tableName;
      return this;
    }

    /** The keys that protect the rows, usually AWS KMS. Required. */
    public Builder protectedBy(AsyncCryptographicMaterialsProvider provider) {
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
    public AsyncMetaStore build() {
      if (client == null || tableName == null || protectedBy == null) {
        throw new IllegalArgumentException(
            "A MetaStore needs client(...), tableName(...) and protectedBy(...).");
      }
      return new AsyncMetaStore(
          client,
          new MetaStoreTable(tableName, logicalTableName, Ddbec.using(protectedBy), extraData));
    }
  }
}
