package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The table of a MetaStore: its requests and failures, and the encryptor of its rows. Source:
 * docs/metastore.md. Does no I/O; immutable and thread-safe.
 */
final class MetaStoreTable {
  private static final String NAME = "N";
  private static final String VERSION = "V";

  private final String tableName;
  private final ItemEncryptor encryptor;
  private final MetaStoreRows rows;
  private final FailureSubject subject;

  /**
   * @param logicalTableName what the rows' signatures bind; null for the table's name
   * @throws IllegalArgumentException if the extra data would leave a key field readable
   */
  MetaStoreTable(
      String tableName,
      @Nullable String logicalTableName,
      Ddbec format,
      @Nullable MetaStoreExtraData extraData) {
    this.tableName = tableName;
    this.subject = FailureSubject.table(tableName).withKeyNames(List.of(NAME, VERSION));
    this.rows = new MetaStoreRows(tableName, subject, extraData);
    TableEncryption.Builder encryption =
        TableEncryption.of(TableInfo.of(tableName, TableIndex.of(NAME, VERSION)))
            .actions(rows.actions())
            .writes(format);
    if (logicalTableName != null) {
      encryption.logicalTableName(logicalTableName);
    }
    this.encryptor = ItemEncryptor.of(encryption.build());
  }

  /** What is in the rows. */
  MetaStoreRows rows() {
    return rows;
  }

  /** Protects the rows. */
  ItemEncryptor encryptor() {
    return encryptor;
  }

  // ---- Requests

  /**
   * @param throughput null for on-demand capacity
   */
  static CreateTableRequest createTable(
      String tableName, @Nullable ProvisionedThroughput throughput) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(Objects.requireNonNull(tableName, "tableName"))
            .keySchema(keyElement(NAME, KeyType.HASH), keyElement(VERSION, KeyType.RANGE))
            .attributeDefinitions(
                attribute(NAME, ScalarAttributeType.S), attribute(VERSION, ScalarAttributeType.N));
    return throughput == null
        ? request.billingMode(BillingMode.PAY_PER_REQUEST).build()
        : request.billingMode(BillingMode.PROVISIONED).provisionedThroughput(throughput).build();
  }

  private static KeySchemaElement keyElement(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  /** The primary key of a row. */
  static Map<String, AttributeValue> key(MaterialId id) {
    return Map.of(
        NAME,
        AttributeValue.fromS(id.name()),
        VERSION,
        AttributeValue.fromN(Long.toString(id.version())));
  }

  GetItemRequest read(MaterialId id) {
    return GetItemRequest.builder().tableName(tableName).key(key(id)).consistentRead(true).build();
  }

  /** Stores a row unless there is one already. */
  PutItemRequest create(Map<String, AttributeValue> storedRow) {
    return PutItemRequest.builder()
        .tableName(tableName)
        .item(storedRow)
        .conditionExpression("attribute_not_exists(#N) AND attribute_not_exists(#V)")
        .expressionAttributeNames(Map.of("#N", NAME, "#V", VERSION))
        .build();
  }

  /** Finds the newest version. */
  QueryRequest newest(String materialName) {
    return versions(materialName).toBuilder().scanIndexForward(false).limit(1).build();
  }

  /** Finds all versions, oldest first. Versions alone: rows cost a key source call each. */
  QueryRequest versions(String materialName) {
    return QueryRequest.builder()
        .tableName(tableName)
        .keyConditionExpression("#N = :name")
        .projectionExpression("#V")
        .expressionAttributeNames(Map.of("#N", NAME, "#V", VERSION))
        .expressionAttributeValues(
            Map.of(":name", AttributeValue.fromS(MaterialId.requireName(materialName))))
        .consistentRead(true)
        .build();
  }

  /**
   * The version that a row of a query's answer says. It is not verified: a false one leads to a row
   * that is not there or not authentic.
   */
  long versionIn(Map<String, AttributeValue> row) {
    AttributeValue version = row.get(VERSION);
    try {
      long number = Long.parseLong(Objects.requireNonNull(version).n());
      if (number >= 0 && number < Long.MAX_VALUE) { // there must be a next one
        return number;
      }
    } catch (NullPointerException | NumberFormatException e) {
      // the same as a negative one
    }
    throw new MaterialsUnavailableException(
        FailureReason.MATERIAL_INCOMPLETE,
        subject.withAttribute(VERSION),
        "A row of MetaStore table '%s' has no version that is a whole number from 0 to 2^63 - 2."
            .formatted(tableName),
        null);
  }

  // ---- Failures

  MaterialsUnavailableException notFound(MaterialId id) {
    return new MaterialsUnavailableException(
        FailureReason.MATERIAL_VERSION_NOT_FOUND,
        subject,
        "The MetaStore table '%s' has no %s.".formatted(tableName, id.describe()),
        null);
  }

  /**
   * The exception for a call to DynamoDB or to the key source of the rows that failed.
   *
   * @param doing what was being done, such as {@code read version 3 of material 'orders'}
   */
  MaterialsUnavailableException failure(String doing, Throwable cause) {
    return failure(tableName, subject, doing, cause);
  }

  static MaterialsUnavailableException failure(
      String tableName, FailureSubject subject, String doing, Throwable cause) {
    if (cause instanceof MaterialsUnavailableException already) {
      return already;
    }
    FailureReason reason =
        cause instanceof ItemsealException known
            ? known.reason()
            : cause instanceof ResourceNotFoundException
                ? FailureReason.TABLE_NOT_FOUND
                : FailureReason.KEY_SOURCE_FAILED;
    return new MaterialsUnavailableException(
        reason,
        subject,
        "The MetaStore table '%s' could not be used to %s; the cause says why.%s"
            .formatted(
                tableName,
                doing,
                reason == FailureReason.NOT_AUTHENTIC
                    ? " If the table was restored under another name, give its first one with"
                        + " logicalTableName(...)."
                    : ""),
        cause);
  }
}
