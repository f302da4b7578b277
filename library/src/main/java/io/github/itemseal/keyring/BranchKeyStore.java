package io.github.itemseal.keyring;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.BlockingFlow;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A DynamoDB table of branch keys, protected by AWS KMS: the key store of the AWS Database
 * Encryption SDK, byte for byte. Under every branch key id there are versions, one of them active,
 * and a beacon key. Thread-safe.
 *
 * <p>Versions never change; a version that is deleted takes all items written with it along. Every
 * read is strongly consistent, and costs one GetItem and one Decrypt of KMS: keyrings keep what
 * they read. The plaintext of a key is never seen while it is made.
 *
 * <p>A call that fails throws {@link MaterialsUnavailableException}, with what DynamoDB or KMS
 * threw as its cause. With asynchronous clients it is an {@link Async}, which does not block.
 * Source: docs/keystore.md.
 */
public final class BranchKeyStore implements BranchKeySource {
  private final BranchKeyStoreLogic logic;

  private BranchKeyStore(BranchKeyStoreLogic logic) {
    this.logic = logic;
  }

  /**
   * Builds a store with blocking clients. You close them.
   *
   * @param client an ordinary client, of the table's Region and account
   * @param kms a client of the KMS key's Region
   */
  public static Builder<BranchKeyStore> builder(DynamoDbClient client, KmsClient kms) {
    return new Builder<>(new BlockingBranchKeyStoreCalls(client, kms), BranchKeyStore::new);
  }

  /** Builds a store with asynchronous clients. You close them. */
  public static Builder<Async> builder(DynamoDbAsyncClient client, KmsAsyncClient kms) {
    return new Builder<>(new AsyncBranchKeyStoreCalls(client, kms), Async::new);
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
    return BlockingFlow.run(
        BranchKeyTableCreation.create(
            tableName, throughput, request -> Call.blocking(() -> client.createTable(request))));
  }

  /** The same with on-demand capacity, without blocking. */
  public static CompletableFuture<CreateTableResponse> createTable(
      DynamoDbAsyncClient client, String tableName) {
    return create(client, tableName, null);
  }

  /** The same with provisioned capacity, without blocking. */
  public static CompletableFuture<CreateTableResponse> createTable(
      DynamoDbAsyncClient client, String tableName, ProvisionedThroughput throughput) {
    return create(client, tableName, Objects.requireNonNull(throughput, "throughput"));
  }

  private static CompletableFuture<CreateTableResponse> create(
      DynamoDbAsyncClient client, String tableName, @Nullable ProvisionedThroughput throughput) {
    return AsyncFlow.start(
        BranchKeyTableCreation.create(
            tableName, throughput, request -> Call.async(() -> client.createTable(request))),
        Runnable::run);
  }

  /** Makes a branch key with a random id. See {@link #createKey(String, Map)}. */
  public BranchKeyVersion createKey() {
    return BlockingFlow.run(logic.createKey());
  }

  /**
   * Makes a branch key: its first version, which is active, and its beacon key.
   *
   * @param branchKeyId its id; items name it in the clear
   * @param encryptionContext what to bind to the branch key for ever, beside its id: not empty
   * @return its first version
   * @throws IllegalArgumentException if the id, the context or a name in it is empty
   * @throws MaterialsUnavailableException if there is a branch key of this id already, which stays
   *     as it is, or the store is in a discovery mode
   */
  public BranchKeyVersion createKey(String branchKeyId, Map<String, String> encryptionContext) {
    return BlockingFlow.run(logic.createKey(branchKeyId, encryptionContext));
  }

  /**
   * Rotates a branch key: makes a new version and makes it the active one. Older versions stay, for
   * older items. Of several rotations at the same moment one succeeds, and the others store nothing
   * and fail: rotate again if the key must be newer than the call.
   *
   * @return the new version
   * @throws MaterialsUnavailableException if there is no such branch key, its active version is not
   *     authentic, somebody else rotates it at the same moment, or the store is in a discovery mode
   */
  public BranchKeyVersion versionKey(String branchKeyId) {
    return BlockingFlow.run(logic.versionKey(branchKeyId));
  }

  /** The ids of all versions of a branch key, oldest first, without looking at their keys. */
  public List<UUID> versions(String branchKeyId) {
    return BlockingFlow.run(logic.versions(branchKeyId));
  }

  @Override
  public String logicalName() {
    return logic.logicalName();
  }

  @Override
  public BranchKey activeKey(String branchKeyId) {
    return BlockingFlow.run(logic.activeKey(branchKeyId));
  }

  @Override
  public BranchKey keyVersion(String branchKeyId, UUID version) {
    return BlockingFlow.run(logic.keyVersion(branchKeyId, version));
  }

  @Override
  public BeaconKey beaconKey(String branchKeyId) {
    return BlockingFlow.run(logic.beaconKey(branchKeyId));
  }

  /**
   * A {@link BranchKeyStore} that never blocks its caller: the same table, rows, operations and
   * promises. Thread-safe.
   *
   * <p>Futures fail with what a {@link BranchKeyStore} would throw, and complete on a thread of the
   * SDK. Cancelling one cancels the call it waits for, and no call follows; what was sent may have
   * been executed.
   */
  public static final class Async implements AsyncBranchKeySource {
    private final BranchKeyStoreLogic logic;

    private Async(BranchKeyStoreLogic logic) {
      this.logic = logic;
    }

    /** Makes a branch key with a random id. See {@link BranchKeyStore#createKey()}. */
    public CompletableFuture<BranchKeyVersion> createKey() {
      return start(logic.createKey());
    }

    /** Makes a branch key. See {@link BranchKeyStore#createKey(String, Map)}. */
    public CompletableFuture<BranchKeyVersion> createKey(
        String branchKeyId, Map<String, String> encryptionContext) {
      return start(logic.createKey(branchKeyId, encryptionContext));
    }

    /** Rotates a branch key. See {@link BranchKeyStore#versionKey}. */
    public CompletableFuture<BranchKeyVersion> versionKey(String branchKeyId) {
      return start(logic.versionKey(branchKeyId));
    }

    /** The ids of all versions of a branch key. See {@link BranchKeyStore#versions}. */
    public CompletableFuture<List<UUID>> versions(String branchKeyId) {
      return start(logic.versions(branchKeyId));
    }

    @Override
    public String logicalName() {
      return logic.logicalName();
    }

    @Override
    public CompletableFuture<BranchKey> activeKeyAsync(String branchKeyId) {
      return start(logic.activeKey(branchKeyId));
    }

    @Override
    public CompletableFuture<BranchKey> keyVersionAsync(String branchKeyId, UUID version) {
      return start(logic.keyVersion(branchKeyId, version));
    }

    @Override
    public CompletableFuture<BeaconKey> beaconKeyAsync(String branchKeyId) {
      return start(logic.beaconKey(branchKeyId));
    }

    private static <T> CompletableFuture<T> start(Step<T> step) {
      return AsyncFlow.start(step, Runnable::run);
    }
  }

  /**
   * Builds a branch key store. Not thread-safe.
   *
   * @param <S> its kind: {@link BranchKeyStore} or {@link Async}
   */
  public static final class Builder<S> {
    private final BranchKeyStoreCalls calls;
    private final Function<BranchKeyStoreLogic, S> form;
    private @Nullable String tableName;
    private @Nullable String logicalName;
    private @Nullable BranchKeyProtection protection;
    private InstantSource clock = InstantSource.system();

    private Builder(BranchKeyStoreCalls calls, Function<BranchKeyStoreLogic, S> form) {
      this.calls = calls;
      this.form = form;
    }

    /** The name of the table. Required. */
    public Builder<S> tableName(String tableName) {
      this.tableName = tableName;
      return this;
    }

    /**
     * The name that KMS binds the keys to, where it is not the name of the table. Must never change
     * while there are rows. Default the table's name.
     */
    public Builder<S> logicalName(String logicalName) {
      this.logicalName = logicalName;
      return this;
    }

    /** The KMS key that protects the rows. Required. */
    public Builder<S> protectedBy(BranchKeyProtection protection) {
      this.protection = protection;
      return this;
    }

    /** For tests: what time new rows say they were made at. */
    Builder<S> clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Builds it, without a call to DynamoDB or KMS.
     *
     * @throws IllegalArgumentException if a required part is missing
     */
    public S build() {
      if (tableName == null || protection == null) {
        throw new IllegalArgumentException(
            "A branch key store needs tableName(...) and protectedBy(...).");
      }
      String name = logicalName == null ? tableName : logicalName;
      return form.apply(new BranchKeyStoreLogic(calls, tableName, name, protection, clock));
    }
  }
}
