package io.github.itemseal.internal.request;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every operation of DynamoDB, and what the encrypted clients do with it. An operation that is not
 * here cannot be called: the clients implement only these, and a test compares the list with the
 * SDK's own.
 */
public enum DynamoDbOperation {
  GET_ITEM(Treatment.TRANSFORMED, "getItem", Texts.PARTS, Texts.UNREADABLE),
  PUT_ITEM(
      Treatment.TRANSFORMED,
      "putItem",
      Texts.CONDITION,
      Texts.IMAGE,
      Texts.ROLES,
      "An item that uses a reserved attribute name is refused; so is one without its key, or with a name or value that DynamoDB would refuse, before it is sealed."),
  DELETE_ITEM(Treatment.TRANSFORMED, "deleteItem", Texts.CONDITION, Texts.IMAGE),
  QUERY(Treatment.TRANSFORMED, "query", Texts.PARTS, Texts.FILTER, Texts.PAGE),
  SCAN(Treatment.TRANSFORMED, "scan", Texts.PARTS, Texts.FILTER, Texts.PAGE),
  BATCH_GET_ITEM(Treatment.TRANSFORMED, "batchGetItem", Texts.PARTS, Texts.PAGE, Texts.NAMED_ONCE),
  BATCH_WRITE_ITEM(
      Treatment.TRANSFORMED,
      "batchWriteItem",
      Texts.ROLES,
      "Unprocessed puts come back as the caller's own plaintext.",
      "One item that cannot be sealed fails the call, and nothing is sent.",
      Texts.NAMED_ONCE),

  UPDATE_ITEM(
      Treatment.TRANSFORMED,
      "updateItem",
      "Refused if it reads or writes an attribute that is not DO_NOTHING; use EncryptedTable.update.",
      "Creates no item: one that is not there is an ItemUpdateException, or ConditionalCheckFailedException if the caller's own condition cannot hold without an item; one without a signature is a ForbiddenItemException, unless the table reads plaintext.",
      "AttributeUpdates with ConditionalOperator=OR, with an Expected that a missing signature fulfils, or on a table that reads two formats, are refused.",
      Texts.CONDITION,
      "UPDATED_OLD and UPDATED_NEW return unsigned attributes as they are; ALL_OLD and ALL_NEW fail if the item does not verify, although it was updated."),
  TRANSACT_WRITE_ITEMS(
      Treatment.TRANSFORMED,
      "transactWriteItems",
      "Each part like the operation of its name.",
      "The same ClientRequestToken in a second call is an IdempotentParameterMismatchException where there are puts: their items are sealed anew. The retries of the SDK are one call.",
      "An update of an item that is not there, or has no signature, cancels the transaction; an ItemUpdateException that says so is suppressed in the exception, if the part had no condition of its own.",
      Texts.IMAGE),
  TRANSACT_GET_ITEMS(Treatment.TRANSFORMED, "transactGetItems", Texts.PARTS, Texts.UNREADABLE),
  EXECUTE_STATEMENT("executeStatement", Texts.PARTIQL, Texts.INSTEAD_OF_PARTIQL),
  BATCH_EXECUTE_STATEMENT("batchExecuteStatement", Texts.PARTIQL, Texts.INSTEAD_OF_PARTIQL),
  EXECUTE_TRANSACTION("executeTransaction", Texts.PARTIQL, Texts.INSTEAD_OF_PARTIQL),
  SEARCH_VECTORS(
      "searchVectors",
      "a vector index keeps its vectors in 32-bit precision, so that signed items need not verify as it returns them",
      "Search for keys with a plain client, then read those items with batchGetItem."),
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
  UPDATE_TIME_TO_LIVE(
      Treatment.PASSED,
      "updateTimeToLive",
      "Refused if items of an encrypted table would expire by an encrypted attribute.");

  /** What the clients do with an operation. */
  public enum Treatment {
    /** Its items are encrypted on the way in and decrypted on the way out. */
    TRANSFORMED,
    /** It carries no items and goes through as it is, but for the differences that it names. */
    PASSED,
    /** It is refused on protected tables; PartiQL also where its table is not certain. */
    REFUSED
  }

  private static final class Texts {
    static final String PARTS =
        "Projections, and indexes that lack signed attributes, are refused unless the client may read"
            + " what is missing.";
    static final String UNREADABLE = "An item that cannot be opened fails the call.";
    static final String PAGE =
        "An item that cannot be opened fails the call, or is left out of the page and handed to"
            + " unreadableItems(...); counts stay what DynamoDB counted.";
    static final String CONDITION =
        "A condition on the value of an encrypted attribute is refused; on its existence it works.";
    static final String FILTER =
        "A key condition or filter on the value of an encrypted attribute is refused; on its existence"
            + " it works.";
    static final String IMAGE =
        "An image of a failed condition that cannot be opened is left out; why is a suppressed"
            + " exception.";
    static final String ROLES =
        "An item is refused if it has an attribute that is encrypted by default, but is an index key"
            + " or says when the item expires.";
    static final String NAMED_ONCE =
        "A table that is named twice, by name and by ARN, is refused: the answers could not be told"
            + " apart.";
    static final String PARTIQL = "its statements carry items that are not encrypted";
    static final String INSTEAD_OF_PARTIQL =
        "Use putItem, getItem, query or scan; a plain client for tables without encryption.";
  }

  private final Treatment treatment;
  private final String methodName;
  private final String reason;
  private final String fix;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is
  private final List<String> differences;

  DynamoDbOperation(Treatment treatment, String methodName, String... differences) {
    this.treatment = treatment;
    this.methodName = methodName;
    this.reason = "";
    this.fix = "";
    this.differences = List.of(differences);
  }

  DynamoDbOperation(String methodName, String reason, String fix) {
    this.treatment = Treatment.REFUSED;
    this.methodName = methodName;
    this.reason = reason;
    this.fix = fix;
    this.differences = List.of();
  }

  public Treatment treatment() {
    return treatment;
  }

  /** The method of the SDK's client interfaces. */
  public String methodName() {
    return methodName;
  }

  /** Where a transformed operation answers differently from a plain client, in sentences. */
  public List<String> differences() {
    return differences;
  }

  /** Why a refused operation is refused; the end of a sentence. */
  public String reason() {
    return reason;
  }

  /** What to do instead of a refused operation, a sentence. */
  public String fix() {
    return fix;
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
