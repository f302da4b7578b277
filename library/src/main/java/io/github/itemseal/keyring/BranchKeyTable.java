package io.github.itemseal.keyring;

import io.github.itemseal.Dbe;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/**
 * The pure half of a branch key store, shared by its two clients: requests, rows, and what is asked
 * of them. Immutable and thread-safe.
 *
 * <p>Sections: the table; new keys; requests to KMS and their answers; reading; failures. Source:
 * docs/keystore.md.
 */
final class BranchKeyTable {
  private final String tableName;
  private final String logicalName;
  private final BranchKeyProtection protection;
  private final KmsRequests requests;
  private final InstantSource clock;
  private final FailureSubject subject;

  /**
   * @param logicalName what KMS binds the rows to
   */
  BranchKeyTable(
      String tableName, String logicalName, BranchKeyProtection protection, InstantSource clock) {
    this.tableName = tableName;
    this.logicalName = logicalName;
    this.protection = protection;
    this.requests = new KmsRequests(protection.grantTokens(), null, null);
    this.clock = clock;
    this.subject =
        FailureSubject.table(tableName)
            .withFormat(Dbe.NAME)
            .withKeyNames(List.of(BranchKeyRow.BRANCH_KEY_ID, BranchKeyRow.TYPE));
  }

  String logicalName() {
    return logicalName;
  }

  // ---- The table

  /**
   * @param throughput null for on-demand capacity
   */
  static CreateTableRequest createTable(
      String tableName, @Nullable ProvisionedThroughput throughput) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(Objects.requireNonNull(tableName, "tableName"))
            .keySchema(
                key(BranchKeyRow.BRANCH_KEY_ID, KeyType.HASH),
                key(BranchKeyRow.TYPE, KeyType.RANGE))
            .attributeDefinitions(text(BranchKeyRow.BRANCH_KEY_ID), text(BranchKeyRow.TYPE));
    return throughput == null
        ? request.billingMode(BillingMode.PAY_PER_REQUEST).build()
        : request.billingMode(BillingMode.PROVISIONED).provisionedThroughput(throughput).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  // ---- New keys: what to ask KMS for, and what to store then

  /** A row and the key that KMS encrypted for it. */
  record StoredKey(BranchKeyRow row, SdkBytes encrypted) {
    @Override
    public String toString() {
      return "StoredKey";
    }
  }

  /**
   * Rows to store, all or none.
   *
   * @param conflict why they could not be, where a condition of theirs fails
   */
  record Write(TransactWriteItemsRequest request, String conflict) {}

  /**
   * What a branch key of a given id must be bound to.
   *
   * @throws IllegalArgumentException if it is empty, or a name in it is
   */
  static Map<String, String> requireContext(Map<String, String> customContext) {
    if (customContext.isEmpty() || customContext.containsKey("")) {
      throw new IllegalArgumentException(
          "A branch key of a given id needs an encryption context, and every name in it has to be"
              + " one.");
    }
    return customContext;
  }

  /**
   * The row of the first version of a new branch key.
   *
   * @throws MaterialsUnavailableException in a discovery mode
   */
  BranchKeyRow firstVersion(String branchKeyId, Map<String, String> customContext) {
    return BranchKeyRow.newVersion(
        new BranchKeyVersion(branchKeyId, UUID.randomUUID()), writingKey(), customContext, clock);
  }

  /** The row of the version that follows the active one. */
  BranchKeyRow nextVersion(StoredKey active) {
    return active.row().toNextVersion(UUID.randomUUID(), clock);
  }

  /** Stores the three rows of a new branch key, if there is none of them. */
  Write create(StoredKey version, StoredKey active, StoredKey beacon) {
    return new Write(
        TransactWriteItemsRequest.builder()
            .transactItems(putNew(version), putNew(active), putNew(beacon))
            .build(),
        "there is one already");
  }

  /**
   * Stores a new version and makes it the active one, if the active row is still the one that the
   * new version was derived from.
   */
  Write rotate(StoredKey old, StoredKey version, StoredKey active) {
    Put replace =
        put(active)
            .conditionExpression("#enc = :enc AND #version = :version")
            .expressionAttributeNames(
                Map.of("#enc", BranchKeyRow.ENCRYPTED, "#version", BranchKeyRow.VERSION))
            .expressionAttributeValues(
                Map.of(
                    ":enc",
                    AttributeValue.fromB(old.encrypted()),
                    ":version",
                    AttributeValue.fromS(old.row().text(BranchKeyRow.VERSION))))
            .build();
    return new Write(
        TransactWriteItemsRequest.builder()
            .transactItems(putNew(version), TransactWriteItem.builder().put(replace).build())
            .build(),
        "somebody else rotated it at the same moment");
  }

  private TransactWriteItem putNew(StoredKey key) {
    Put put =
        put(key)
            .conditionExpression("attribute_not_exists(#id)")
            .expressionAttributeNames(Map.of("#id", BranchKeyRow.BRANCH_KEY_ID))
            .build();
    return TransactWriteItem.builder().put(put).build();
  }

  private Put.Builder put(StoredKey key) {
    Map<String, AttributeValue> item = new HashMap<>(key.row().attributes());
    item.put(BranchKeyRow.ENCRYPTED, AttributeValue.fromB(key.encrypted()));
    return Put.builder().tableName(tableName).item(item);
  }

  // ---- Requests to KMS and their answers

  GenerateDataKeyWithoutPlaintextRequest generate(BranchKeyRow row) {
    return GenerateDataKeyWithoutPlaintextRequest.builder()
        .keyId(keyFor(row))
        .numberOfBytes(BranchKey.LENGTH_BYTES)
        .encryptionContext(row.kmsContext(logicalName))
        .grantTokens(requests.grantTokens())
        .overrideConfiguration(requests.userAgent())
        .build();
  }

  StoredKey generated(BranchKeyRow row, GenerateDataKeyWithoutPlaintextResponse answer) {
    requireAnswer(row, answer.keyId());
    return stored(row, answer.ciphertextBlob());
  }

  /** From one row's key to that of another. */
  ReEncryptRequest reEncrypt(StoredKey from, BranchKeyRow to) {
    return ReEncryptRequest.builder()
        .ciphertextBlob(from.encrypted())
        .sourceKeyId(keyFor(from.row()))
        .sourceEncryptionContext(from.row().kmsContext(logicalName))
        .destinationKeyId(keyFor(to))
        .destinationEncryptionContext(to.kmsContext(logicalName))
        .grantTokens(requests.grantTokens())
        .overrideConfiguration(requests.userAgent())
        .build();
  }

  StoredKey reEncrypted(BranchKeyRow to, ReEncryptResponse answer) {
    requireAnswer(to, answer.sourceKeyId());
    requireAnswer(to, answer.keyId());
    return stored(to, answer.ciphertextBlob());
  }

  DecryptRequest decrypt(StoredKey key) {
    return DecryptRequest.builder()
        .ciphertextBlob(key.encrypted())
        .keyId(keyFor(key.row()))
        .encryptionContext(key.row().kmsContext(logicalName))
        .grantTokens(requests.grantTokens())
        .overrideConfiguration(requests.userAgent())
        .build();
  }

  BranchKey branchKey(StoredKey key, DecryptResponse answer) {
    BranchKeyRow row = key.row();
    return BranchKey.of(
        row.text(BranchKeyRow.BRANCH_KEY_ID),
        row.version().orElseThrow(() -> unusable(row, "it names no version")),
        row.customContext(),
        plaintext(row, answer));
  }

  BeaconKey beaconKey(StoredKey key, DecryptResponse answer) {
    BranchKeyRow row = key.row();
    return BeaconKey.of(
        row.text(BranchKeyRow.BRANCH_KEY_ID), row.customContext(), plaintext(row, answer));
  }

  private byte[] plaintext(BranchKeyRow row, DecryptResponse answer) {
    requireAnswer(row, answer.keyId());
    SdkBytes plaintext = answer.plaintext();
    if (plaintext == null || plaintext.asByteArrayUnsafe().length != BranchKey.LENGTH_BYTES) {
      throw unusable(row, "its key has not 32 bytes");
    }
    return plaintext.asByteArrayUnsafe();
  }

  private StoredKey stored(BranchKeyRow row, @Nullable SdkBytes ciphertext) {
    if (ciphertext == null) {
      throw unusable(row, "AWS KMS answered without a key");
    }
    return new StoredKey(row, ciphertext);
  }

  private void requireAnswer(BranchKeyRow row, @Nullable String answeredKey) {
    if (!keyFor(row).equals(answeredKey)) {
      throw otherKey(row, null);
    }
  }

  private String keyFor(BranchKeyRow row) {
    return protection.keyFor(row.text(BranchKeyRow.KMS_ARN)).orElseThrow(() -> otherKey(row, null));
  }

  private String writingKey() {
    return protection
        .writingKey()
        .orElseThrow(
            () ->
                new MaterialsUnavailableException(
                    FailureReason.KEY_NOT_CONFIGURED,
                    subject,
                    ("The branch key store '%s' reads only: name its KMS key instead of a discovery"
                            + " mode to create or rotate keys.")
                        .formatted(tableName),
                    null));
  }

  /**
   * @throws MaterialsUnavailableException in a discovery mode
   */
  void requireWritable() {
    var unused = writingKey();
  }

  // ---- Reading

  GetItemRequest read(String branchKeyId, String type) {
    return GetItemRequest.builder()
        .tableName(tableName)
        .key(
            Map.of(
                BranchKeyRow.BRANCH_KEY_ID,
                AttributeValue.fromS(BranchKey.requireId(branchKeyId)),
                BranchKeyRow.TYPE,
                AttributeValue.fromS(type)))
        .consistentRead(true)
        .build();
  }

  /** All versions of a branch key, without their keys. */
  QueryRequest versions(String branchKeyId) {
    return QueryRequest.builder()
        .tableName(tableName)
        .keyConditionExpression("#id = :id AND begins_with(#type, :prefix)")
        .projectionExpression("#type, #time")
        .expressionAttributeNames(
            Map.of(
                "#id",
                BranchKeyRow.BRANCH_KEY_ID,
                "#type",
                BranchKeyRow.TYPE,
                "#time",
                BranchKeyRow.CREATE_TIME))
        .expressionAttributeValues(
            Map.of(
                ":id",
                AttributeValue.fromS(BranchKey.requireId(branchKeyId)),
                ":prefix",
                AttributeValue.fromS(BranchKeyRow.VERSION_PREFIX)))
        .consistentRead(true)
        .build();
  }

  /** The versions in the answers to {@link #versions}, oldest first. Nothing is verified. */
  static List<UUID> versionsIn(List<Map<String, AttributeValue>> rows) {
    return rows.stream()
        .map(BranchKeyRow::parse)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(row -> row.text(BranchKeyRow.CREATE_TIME)))
        .flatMap(row -> row.version().stream())
        .toList();
  }

  /**
   * The row that DynamoDB answered with, not verified yet.
   *
   * @throws MaterialsUnavailableException if there is none, or KMS need not be asked about it
   */
  StoredKey found(String branchKeyId, String type, Map<String, AttributeValue> answer) {
    if (answer.isEmpty()) {
      throw failure(
          FailureReason.MATERIAL_VERSION_NOT_FOUND,
          "The branch key store '%s' has no row '%s' of branch key '%s'."
              .formatted(tableName, type, branchKeyId),
          null);
    }
    BranchKeyRow row =
        BranchKeyRow.parse(answer)
            .orElseThrow(
                () -> unusable(branchKeyId, type, "an attribute has another type than it should"));
    if (!row.text(BranchKeyRow.BRANCH_KEY_ID).equals(branchKeyId)
        || !row.text(BranchKeyRow.TYPE).equals(type)) {
      throw failure(
          FailureReason.MATERIALS_MISMATCH,
          "The branch key store '%s' answered with another row than '%s' of branch key '%s'."
              .formatted(tableName, type, branchKeyId),
          null);
    }
    if (!row.text(BranchKeyRow.HIERARCHY_VERSION).equals(BranchKeyRow.HIERARCHY)) {
      throw failure(
          FailureReason.MATERIAL_TYPE_UNKNOWN,
          "Branch key '%s' in branch key store '%s' is not of hierarchy version 1."
              .formatted(branchKeyId, tableName),
          null);
    }
    if (!type.equals(BranchKeyRow.BEACON) && row.version().isEmpty()) {
      throw unusable(row, "it names no version");
    }
    AttributeValue encrypted = answer.get(BranchKeyRow.ENCRYPTED);
    if (encrypted == null || encrypted.b() == null) {
      throw unusable(row, "it has no encrypted key");
    }
    return new StoredKey(row, encrypted.b());
  }

  // ---- Failures

  private MaterialsUnavailableException unusable(BranchKeyRow row, String problem) {
    return unusable(row.text(BranchKeyRow.BRANCH_KEY_ID), row.text(BranchKeyRow.TYPE), problem);
  }

  private MaterialsUnavailableException unusable(String branchKeyId, String type, String problem) {
    return failure(
        FailureReason.MATERIAL_INCOMPLETE,
        "The row '%s' of branch key '%s' in branch key store '%s' cannot be used: %s."
            .formatted(type, branchKeyId, tableName, problem),
        null);
  }

  private MaterialsUnavailableException otherKey(BranchKeyRow row, @Nullable Throwable cause) {
    return failure(
        FailureReason.MATERIALS_MISMATCH,
        "The row '%s' of branch key '%s' in branch key store '%s' is not of the configured KMS key."
            .formatted(
                row.text(BranchKeyRow.TYPE), row.text(BranchKeyRow.BRANCH_KEY_ID), tableName),
        cause);
  }

  private MaterialsUnavailableException failure(
      FailureReason reason, String message, @Nullable Throwable cause) {
    return new MaterialsUnavailableException(reason, subject, message, cause);
  }

  /**
   * The exception for a call to DynamoDB or KMS that failed.
   *
   * @param doing what was being done, such as {@code read branch key 'orders'}
   */
  MaterialsUnavailableException failure(String doing, Throwable cause) {
    return failure(tableName, subject, doing, cause);
  }

  /** The same for a write that failed. */
  MaterialsUnavailableException failure(String doing, Write write, Throwable cause) {
    return cause instanceof TransactionCanceledException cancelled && isConflict(cancelled)
        ? failure(
            FailureReason.MATERIAL_CONFLICT,
            "The branch key store '%s' could not be used to %s: %s. Nothing was stored."
                .formatted(tableName, doing, write.conflict()),
            cause)
        : failure(doing, cause);
  }

  static MaterialsUnavailableException failure(
      String tableName, FailureSubject subject, String doing, Throwable cause) {
    if (cause instanceof MaterialsUnavailableException already) {
      return already;
    }
    return new MaterialsUnavailableException(
        reasonOf(cause),
        subject,
        "The branch key store '%s' could not be used to %s; the cause says why.%s"
            .formatted(
                tableName,
                doing,
                cause instanceof InvalidCiphertextException
                    ? " If the table was restored under another name, give its first one with"
                        + " logicalName(...)."
                    : ""),
        cause);
  }

  private static FailureReason reasonOf(Throwable cause) {
    if (cause instanceof ResourceNotFoundException) {
      return FailureReason.TABLE_NOT_FOUND;
    }
    if (cause instanceof InvalidCiphertextException) {
      return FailureReason.NOT_AUTHENTIC; // the row or its logical name was changed
    }
    return cause instanceof IncorrectKeyException
        ? FailureReason.MATERIALS_MISMATCH
        : FailureReason.KEY_SOURCE_FAILED;
  }

  private static boolean isConflict(TransactionCanceledException cancelled) {
    return cancelled.hasCancellationReasons()
        && cancelled.cancellationReasons().stream()
            .anyMatch(
                reason ->
                    "ConditionalCheckFailed".equals(reason.code())
                        || "TransactionConflict".equals(reason.code()));
  }
}
