package io.github.itemseal.keyring;

import io.github.itemseal.Dbe;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.keyring.BranchKeyTable.StoredKey;
import io.github.itemseal.keyring.BranchKeyTable.Write;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

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
 * threw as its cause. The twin that does not block is {@link AsyncBranchKeyStore}. Source:
 * docs/keystore.md.
 */
public final class BranchKeyStore implements BranchKeySource {
  private final DynamoDbClient client;
  private final KmsClient kms;
  private final BranchKeyTable table;

  private BranchKeyStore(DynamoDbClient client, KmsClient kms, BranchKeyTable table) {
    this.client = client;
    this.kms = kms;
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
      return client.createTable(BranchKeyTable.createTable(tableName, throughput));
    } catch (RuntimeException e) {
      throw BranchKeyTable.failure(
          tableName, FailureSubject.table(tableName).withFormat(Dbe.NAME), "create the table", e);
    }
  }

  /** Makes a branch key with a random id. See {@link #createKey(String, Map)}. */
  public BranchKeyVersion createKey() {
    return create(UUID.randomUUID().toString(), Map.of());
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
    return create(branchKeyId, BranchKeyTable.requireContext(encryptionContext));
  }

  private BranchKeyVersion create(String branchKeyId, Map<String, String> encryptionContext) {
    BranchKeyRow row = table.firstVersion(branchKeyId, encryptionContext);
    String doing = "create branch key '" + branchKeyId + "'";
    StoredKey version = generate(doing, row);
    StoredKey active = reEncrypt(doing, version, row.toActive());
    StoredKey beacon = generate(doing, row.toBeacon());
    write(doing, table.create(version, active, beacon));
    return version.row().name();
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
    table.requireWritable();
    String doing = "rotate branch key '" + branchKeyId + "'";
    StoredKey old = read(doing, branchKeyId, BranchKeyRow.ACTIVE);
    var unused = reEncrypt(doing, old, old.row()); // nothing is derived from a false row
    StoredKey version = generate(doing, table.nextVersion(old));
    StoredKey active = reEncrypt(doing, version, version.row().toActive());
    write(doing, table.rotate(old, version, active));
    return version.row().name();
  }

  /** The ids of all versions of a branch key, oldest first, without looking at their keys. */
  public List<UUID> versions(String branchKeyId) {
    QueryRequest all = table.versions(branchKeyId);
    return call(
        "list the versions of branch key '" + branchKeyId + "'",
        () -> BranchKeyTable.versionsIn(client.queryPaginator(all).items().stream().toList()));
  }

  @Override
  public String logicalName() {
    return table.logicalName();
  }

  @Override
  public BranchKey activeKey(String branchKeyId) {
    return key(branchKeyId, BranchKeyRow.ACTIVE, table::branchKey);
  }

  @Override
  public BranchKey keyVersion(String branchKeyId, UUID version) {
    return key(branchKeyId, BranchKeyRow.VERSION_PREFIX + version, table::branchKey);
  }

  @Override
  public BeaconKey beaconKey(String branchKeyId) {
    return key(branchKeyId, BranchKeyRow.BEACON, table::beaconKey);
  }

  private <T> T key(
      String branchKeyId, String type, BiFunction<StoredKey, DecryptResponse, T> opened) {
    String doing = "read branch key '" + branchKeyId + "'";
    StoredKey stored = read(doing, branchKeyId, type);
    return opened.apply(stored, call(doing, () -> kms.decrypt(table.decrypt(stored))));
  }

  private StoredKey read(String doing, String branchKeyId, String type) {
    GetItemRequest row = table.read(branchKeyId, type);
    return table.found(branchKeyId, type, call(doing, () -> client.getItem(row).item()));
  }

  private StoredKey generate(String doing, BranchKeyRow row) {
    return table.generated(
        row, call(doing, () -> kms.generateDataKeyWithoutPlaintext(table.generate(row))));
  }

  private StoredKey reEncrypt(String doing, StoredKey from, BranchKeyRow to) {
    return table.reEncrypted(to, call(doing, () -> kms.reEncrypt(table.reEncrypt(from, to))));
  }

  private void write(String doing, Write rows) {
    try {
      client.transactWriteItems(rows.request());
    } catch (RuntimeException e) {
      throw table.failure(doing, rows, e);
    }
  }

  private <T> T call(String doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw table.failure(doing, e);
    }
  }

  /** Builds a {@link BranchKeyStore}. Not thread-safe. */
  public static final class Builder {
    private @Nullable DynamoDbClient client;
    private @Nullable KmsClient kms;
    private @Nullable String tableName;
    private @Nullable String logicalName;
    private @Nullable BranchKeyProtection protection;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /** An ordinary client, of the table's Region and account. Required; you close it. */
    public Builder client(DynamoDbClient client) {
      this.client = client;
      return this;
    }

    /** A client of the KMS key's Region. Required; you close it. */
    public Builder kmsClient(KmsClient kms) {
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
    public BranchKeyStore build() {
      if (client == null || kms == null || tableName == null || protection == null) {
        throw new IllegalArgumentException(
            "A branch key store needs client(...), kmsClient(...), tableName(...) and"
                + " protectedBy(...).");
      }
      return new BranchKeyStore(
          client,
          kms,
          new BranchKeyTable(
              tableName, logicalName == null ? tableName : logicalName, protection, clock));
    }
  }
}
