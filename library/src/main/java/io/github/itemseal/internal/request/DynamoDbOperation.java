package io.github.itemseal.internal.request;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Every operation of DynamoDB, and what the encrypted clients do with it. An operation that is not
 * here cannot be called: the clients implement only these, and a test compares the list with the
 * SDK's own.
 */
public enum DynamoDbOperation {
  GET_ITEM(Treatment.TRANSFORMED, "getItem"),
  PUT_ITEM(Treatment.TRANSFORMED, "putItem"),
  DELETE_ITEM(Treatment.TRANSFORMED, "deleteItem"),
  QUERY(Treatment.TRANSFORMED, "query"),
  SCAN(Treatment.TRANSFORMED, "scan"),
  BATCH_GET_ITEM(Treatment.TRANSFORMED, "batchGetItem"),
  BATCH_WRITE_ITEM(Treatment.TRANSFORMED, "batchWriteItem"),

  UPDATE_ITEM(Treatment.TRANSFORMED, "updateItem"),
  TRANSACT_WRITE_ITEMS(Treatment.TRANSFORMED, "transactWriteItems"),
  TRANSACT_GET_ITEMS(Treatment.TRANSFORMED, "transactGetItems"),
  EXECUTE_STATEMENT("executeStatement", Texts.PARTIQL, Texts.INSTEAD_OF_PARTIQL),
  BATCH_EXECUTE_STATEMENT("batchExecuteStatement", Texts.PARTIQL, Texts.INSTEAD_OF_PARTIQL),
  EXECUTE_TRANSACTION("executeTransaction", Texts.PARTIQL, Texts.INSTEAD_OF_PARTIQL),
  SEARCH_VECTORS(
      "searchVectors", "its results are not decrypted by this version", "Use query or scan."),
  IMPORT_TABLE(
      "importTable",
      "it writes what lies in S3 without encrypting it",
      "Encrypt the files first, and import them with a plain client."),

  CREATE_BACKUP(Treatment.PASSED, "createBackup"),
  CREATE_GLOBAL_TABLE(Treatment.PASSED, "createGlobalTable"),
  CREATE_TABLE(Treatment.PASSED, "createTable"),
  DELETE_BACKUP(Treatment.PASSED, "deleteBackup"),
  DELETE_RESOURCE_POLICY(Treatment.PASSED, "deleteResourcePolicy"),
  DELETE_TABLE(Treatment.PASSED, "deleteTable"),
  DESCRIBE_BACKUP(Treatment.PASSED, "describeBackup"),
  DESCRIBE_CONTINUOUS_BACKUPS(Treatment.PASSED, "describeContinuousBackups"),
  DESCRIBE_CONTRIBUTOR_INSIGHTS(Treatment.PASSED, "describeContributorInsights"),
  DESCRIBE_ENDPOINTS(Treatment.PASSED, "describeEndpoints"),
  DESCRIBE_EXPORT(Treatment.PASSED, "describeExport"),
  DESCRIBE_GLOBAL_TABLE(Treatment.PASSED, "describeGlobalTable"),
  DESCRIBE_GLOBAL_TABLE_SETTINGS(Treatment.PASSED, "describeGlobalTableSettings"),
  DESCRIBE_IMPORT(Treatment.PASSED, "describeImport"),
  DESCRIBE_KINESIS_STREAMING_DESTINATION(Treatment.PASSED, "describeKinesisStreamingDestination"),
  DESCRIBE_LIMITS(Treatment.PASSED, "describeLimits"),
  DESCRIBE_TABLE(Treatment.PASSED, "describeTable"),
  DESCRIBE_TABLE_REPLICA_AUTO_SCALING(Treatment.PASSED, "describeTableReplicaAutoScaling"),
  DESCRIBE_TIME_TO_LIVE(Treatment.PASSED, "describeTimeToLive"),
  DISABLE_KINESIS_STREAMING_DESTINATION(Treatment.PASSED, "disableKinesisStreamingDestination"),
  ENABLE_KINESIS_STREAMING_DESTINATION(Treatment.PASSED, "enableKinesisStreamingDestination"),
  EXPORT_TABLE_TO_POINT_IN_TIME(Treatment.PASSED, "exportTableToPointInTime"),
  GET_RESOURCE_POLICY(Treatment.PASSED, "getResourcePolicy"),
  LIST_BACKUPS(Treatment.PASSED, "listBackups"),
  LIST_CONTRIBUTOR_INSIGHTS(Treatment.PASSED, "listContributorInsights"),
  LIST_EXPORTS(Treatment.PASSED, "listExports"),
  LIST_GLOBAL_TABLES(Treatment.PASSED, "listGlobalTables"),
  LIST_IMPORTS(Treatment.PASSED, "listImports"),
  LIST_TABLES(Treatment.PASSED, "listTables"),
  LIST_TAGS_OF_RESOURCE(Treatment.PASSED, "listTagsOfResource"),
  PUT_RESOURCE_POLICY(Treatment.PASSED, "putResourcePolicy"),
  RESTORE_TABLE_FROM_BACKUP(Treatment.PASSED, "restoreTableFromBackup"),
  RESTORE_TABLE_TO_POINT_IN_TIME(Treatment.PASSED, "restoreTableToPointInTime"),
  TAG_RESOURCE(Treatment.PASSED, "tagResource"),
  UNTAG_RESOURCE(Treatment.PASSED, "untagResource"),
  UPDATE_CONTINUOUS_BACKUPS(Treatment.PASSED, "updateContinuousBackups"),
  UPDATE_CONTRIBUTOR_INSIGHTS(Treatment.PASSED, "updateContributorInsights"),
  UPDATE_GLOBAL_TABLE(Treatment.PASSED, "updateGlobalTable"),
  UPDATE_GLOBAL_TABLE_SETTINGS(Treatment.PASSED, "updateGlobalTableSettings"),
  UPDATE_KINESIS_STREAMING_DESTINATION(Treatment.PASSED, "updateKinesisStreamingDestination"),
  UPDATE_TABLE(Treatment.PASSED, "updateTable"),
  UPDATE_TABLE_REPLICA_AUTO_SCALING(Treatment.PASSED, "updateTableReplicaAutoScaling"),
  UPDATE_TIME_TO_LIVE(Treatment.PASSED, "updateTimeToLive");

  /** What the clients do with an operation. */
  public enum Treatment {
    /** Its items are encrypted on the way in and decrypted on the way out. */
    TRANSFORMED,
    /** It carries no items and goes through as it is. */
    PASSED,
    /** It is refused on protected tables; PartiQL, which names its tables in text, always. */
    REFUSED
  }

  private static final class Texts {
    static final String PARTIQL = "its statements carry items that are not encrypted";
    static final String INSTEAD_OF_PARTIQL =
        "Use putItem, getItem, query or scan; a plain client for tables without encryption.";
  }

  private final Treatment treatment;
  private final String methodName;
  private final String reason;
  private final String fix;

  DynamoDbOperation(Treatment treatment, String methodName) {
    this.treatment = treatment;
    this.methodName = methodName;
    this.reason = "";
    this.fix = "";
  }

  DynamoDbOperation(String methodName, String reason, String fix) {
    this.treatment = Treatment.REFUSED;
    this.methodName = methodName;
    this.reason = reason;
    this.fix = fix;
  }

  public Treatment treatment() {
    return treatment;
  }

  /** The method of the SDK's client interfaces. */
  public String methodName() {
    return methodName;
  }

  /**
   * The exception for a refused operation.
   *
   * @param tableName the protected table that the request names, or null if it names none
   */
  public UnsupportedRequestException refusal(@Nullable String tableName) {
    FailureSubject subject =
        tableName == null ? FailureSubject.unknown() : FailureSubject.table(tableName);
    return new UnsupportedRequestException(
        FailureReason.OPERATION_REFUSED,
        subject,
        "%s is refused%s: %s. %s"
            .formatted(
                methodName,
                tableName == null ? "" : " on the protected table '" + tableName + "'",
                reason,
                fix));
  }
}
