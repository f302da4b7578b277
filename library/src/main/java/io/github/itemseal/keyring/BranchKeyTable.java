package io.github.itemseal.keyring;

import io.github.itemseal.MaterialsUnavailableException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * The rows of a branch key store: how DynamoDB is asked for them, what its answers must be, and how
 * new ones are stored. Immutable and thread-safe. Source: docs/keystore.md.
 */
final class BranchKeyTable {
  private final String tableName;
  private final BranchKeyStoreFailures failures;

  BranchKeyTable(String tableName, BranchKeyStoreFailures failures) {
    this.tableName = tableName;
    this.failures = failures;
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

  /**
   * The row that DynamoDB answered with, not verified yet.
   *
   * @throws MaterialsUnavailableException if there is none, or KMS need not be asked about it
   */
  StoredBranchKey found(String branchKeyId, String type, Map<String, AttributeValue> answer) {
    if (answer.isEmpty()) {
      throw failures.noRow(branchKeyId, type);
    }
    BranchKeyRow row =
        BranchKeyRow.parse(answer)
            .orElseThrow(
                () ->
                    failures.unusable(
                        branchKeyId, type, "an attribute has another type than it should"));
    if (!row.text(BranchKeyRow.BRANCH_KEY_ID).equals(branchKeyId)
        || !row.text(BranchKeyRow.TYPE).equals(type)) {
      throw failures.otherRow(branchKeyId, type);
    }
    if (!row.text(BranchKeyRow.HIERARCHY_VERSION).equals(BranchKeyRow.HIERARCHY)) {
      throw failures.otherHierarchy(branchKeyId);
    }
    if (!type.equals(BranchKeyRow.BEACON) && row.version().isEmpty()) {
      throw failures.unusable(row, "it names no version");
    }
    AttributeValue encrypted = answer.get(BranchKeyRow.ENCRYPTED);
    if (encrypted == null || encrypted.b() == null) {
      throw failures.unusable(row, "it has no encrypted key");
    }
    return new StoredBranchKey(row, encrypted.b());
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

  // ---- Storing

  /**
   * Rows to store, all or none.
   *
   * @param conflict why they could not be, where a condition of theirs fails
   */
  record Write(TransactWriteItemsRequest request, String conflict) {}

  /** Stores the three rows of a new branch key, if there is none of them. */
  Write create(StoredBranchKey version, StoredBranchKey active, StoredBranchKey beacon) {
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
  Write rotate(StoredBranchKey old, StoredBranchKey version, StoredBranchKey active) {
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

  private TransactWriteItem putNew(StoredBranchKey key) {
    Put put =
        put(key)
            .conditionExpression("attribute_not_exists(#id)")
            .expressionAttributeNames(Map.of("#id", BranchKeyRow.BRANCH_KEY_ID))
            .build();
    return TransactWriteItem.builder().put(put).build();
  }

  private Put.Builder put(StoredBranchKey key) {
    Map<String, AttributeValue> item = new HashMap<>(key.row().attributes());
    item.put(BranchKeyRow.ENCRYPTED, AttributeValue.fromB(key.encrypted()));
    return Put.builder().tableName(tableName).item(item);
  }
}
