package io.github.itemseal.keyring;

import io.github.itemseal.Dbe;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.keyring.BranchKeyTable.StoredKey;
import io.github.itemseal.keyring.BranchKeyTable.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/**
 * A {@link BranchKeyStore} that never blocks its caller: the same table, rows, operations and
 * promises. Thread-safe.
 *
 * <p>Futures fail with what {@link BranchKeyStore} would throw. They complete on a thread of the
 * SDK; cancelling one does not stop the calls under way.
 */
public final class AsyncBranchKeyStore implements AsyncBranchKeySource {
  private final DynamoDbAsyncClient client;
  private final KmsAsyncClient kms;
  private final BranchKeyTable table;

  private AsyncBranchKeyStore(
      DynamoDbAsyncClient client, KmsAsyncClient kms, BranchKeyTable table) {
    this.client = client;
    this.kms = kms;
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
    return call(
        () -> client.createTable(BranchKeyTable.createTable(tableName, throughput)),
        cause ->
            BranchKeyTable.failure(
                tableName,
                FailureSubject.table(tableName).withFormat(Dbe.NAME),
                "create the table",
                cause));
  }

  /** Makes a branch key with a random id. See {@link BranchKeyStore#createKey()}. */
  public CompletableFuture<BranchKeyVersion> createKey() {
    return Futures.of(() -> create(UUID.randomUUID().toString(), Map.of()));
  }

  /** Makes a branch key. See {@link BranchKeyStore#createKey(String, Map)}. */
  public CompletableFuture<BranchKeyVersion> createKey(
      String branchKeyId, Map<String, String> encryptionContext) {
    return Futures.of(() -> create(branchKeyId, BranchKeyTable.requireContext(encryptionContext)));
  }

  private CompletableFuture<BranchKeyVersion> create(
      String branchKeyId, Map<String, String> encryptionContext) {
    BranchKeyRow row = table.firstVersion(branchKeyId, encryptionContext);
    String doing = "create branch key '" + branchKeyId + "'";
    return generate(doing, row)
        .thenCompose(
            version ->
                reEncrypt(doing, version, row.toActive())
                    .thenCompose(
                        active ->
                            generate(doing, row.toBeacon())
                                .thenCompose(
                                    beacon -> write(doing, table.create(version, active, beacon)))))
        .thenApply(done -> row.name());
  }

  /** Rotates a branch key. See {@link BranchKeyStore#versionKey}. */
  public CompletableFuture<BranchKeyVersion> versionKey(String branchKeyId) {
    return Futures.of(
        () -> {
          table.requireWritable();
          String doing = "rotate branch key '" + branchKeyId + "'";
          return read(doing, branchKeyId, BranchKeyRow.ACTIVE)
              .thenCompose(
                  old ->
                      reEncrypt(doing, old, old.row()) // nothing is derived from a false row
                          .thenCompose(authentic -> rotate(doing, old)));
        });
  }

  private CompletableFuture<BranchKeyVersion> rotate(String doing, StoredKey old) {
    BranchKeyRow row = table.nextVersion(old);
    return generate(doing, row)
        .thenCompose(
            version ->
                reEncrypt(doing, version, row.toActive())
                    .thenCompose(active -> write(doing, table.rotate(old, version, active))))
        .thenApply(done -> row.name());
  }

  /** The ids of all versions of a branch key. See {@link BranchKeyStore#versions}. */
  public CompletableFuture<List<UUID>> versions(String branchKeyId) {
    return Futures.of(
        () -> {
          QueryRequest all = table.versions(branchKeyId);
          List<Map<String, AttributeValue>> rows = new ArrayList<>();
          return call(
                  "list the versions of branch key '" + branchKeyId + "'",
                  () -> client.queryPaginator(all).items().subscribe(rows::add))
              .thenApply(done -> BranchKeyTable.versionsIn(rows));
        });
  }

  @Override
  public String logicalName() {
    return table.logicalName();
  }

  @Override
  public CompletableFuture<BranchKey> activeKeyAsync(String branchKeyId) {
    return key(branchKeyId, BranchKeyRow.ACTIVE, table::branchKey);
  }

  @Override
  public CompletableFuture<BranchKey> keyVersionAsync(String branchKeyId, UUID version) {
    return key(branchKeyId, BranchKeyRow.VERSION_PREFIX + version, table::branchKey);
  }

  @Override
  public CompletableFuture<BeaconKey> beaconKeyAsync(String branchKeyId) {
    return key(branchKeyId, BranchKeyRow.BEACON, table::beaconKey);
  }

  private <T> CompletableFuture<T> key(
      String branchKeyId, String type, BiFunction<StoredKey, DecryptResponse, T> opened) {
    return Futures.of(
        () -> {
          String doing = "read branch key '" + branchKeyId + "'";
          return read(doing, branchKeyId, type)
              .thenCompose(
                  stored ->
                      call(doing, () -> kms.decrypt(table.decrypt(stored)))
                          .thenApply(answer -> opened.apply(stored, answer)));
        });
  }

  private CompletableFuture<StoredKey> read(String doing, String branchKeyId, String type) {
    GetItemRequest row = table.read(branchKeyId, type);
    return call(doing, () -> client.getItem(row))
        .thenApply(answer -> table.found(branchKeyId, type, answer.item()));
  }

  private CompletableFuture<StoredKey> generate(String doing, BranchKeyRow row) {
    return call(doing, () -> kms.generateDataKeyWithoutPlaintext(table.generate(row)))
        .thenApply(answer -> table.generated(row, answer));
  }

  private CompletableFuture<StoredKey> reEncrypt(String doing, StoredKey from, BranchKeyRow to) {
    return call(doing, () -> kms.reEncrypt(table.reEncrypt(from, to)))
        .thenApply(answer -> table.reEncrypted(to, answer));
  }

  private CompletableFuture<?> write(String doing, Write rows) {
    return call(
        () -> client.transactWriteItems(rows.request()),
        cause -> table.failure(doing, rows, cause));
  }

  private <T> CompletableFuture<T> call(String doing, Supplier<CompletableFuture<T>> call) {
    return call(call, cause -> table.failure(doing, cause));
  }

  private static <T> CompletableFuture<T> call(
      Supplier<CompletableFuture<T>> call,
      Function<Throwable, MaterialsUnavailableException> failed) {
    return Futures.of(call)
        .handle(
            (result, failure) -> {
              if (failure != null) {
                throw failed.apply(Futures.causeOf(failure));
              }
              return result;
            });
  }

  /** Builds an {@link AsyncBranchKeyStore}. Not thread-safe. */
  public static final class Builder {
    private @Nullable DynamoDbAsyncClient client;
    private @Nullable KmsAsyncClient kms;
    private @Nullable String tableName;
    private @Nullable String logicalName;
    private @Nullable BranchKeyProtection protection;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /** An ordinary client, of the table's Region and account. Required; you close it. */
    public Builder client(DynamoDbAsyncClient client) {
      this.client = client;
      return this;
    }

    /** A client of the KMS key's Region. Required; you close it. */
    public Builder kmsClient(KmsAsyncClient kms) {
      this.kms = kms;
      return this;
    }

    /** The name of the table. Required. */
    public Builder tableName(String tableName) {
      this.tableName = tableName;
      return this;
    }

    /**
     * The name that KMS binds the keys to, where it is not the name of the table. Must never change
     * while there are rows. Default the table's name.
     */
    public Builder logicalName(String logicalName) {
      this.logicalName = logicalName;
      return this;
    }

    /** The KMS key that protects the rows. Required. */
    public Builder protectedBy(BranchKeyProtection protection) {
      this.protection = protection;
      return this;
    }

    /** For tests: what time new rows say they were made at. */
    Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Builds it, without a call to DynamoDB or KMS.
     *
     * @throws IllegalArgumentException if a required part is missing
     */
    public AsyncBranchKeyStore build() {
      if (client == null || kms == null || tableName == null || protection == null) {
        throw new IllegalArgumentException(
            "A branch key store needs client(...), kmsClient(...), tableName(...) and"
                + " protectedBy(...).");
      }
      return new AsyncBranchKeyStore(
          client,
          kms,
          new BranchKeyTable(
              tableName, logicalName == null ? tableName : logicalName, protection, clock));
    }
  }
}
