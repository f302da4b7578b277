package io.github.itemseal.materials;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.crypto.KeyWrapping;
import io.github.itemseal.internal.value.DynamoDbEquality;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
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
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The pure half of a MetaStore, shared by its two clients: requests, rows, and what is asked of
 * them. Immutable and thread-safe.
 *
 * <p>Sections: the table; requests; rows and keys; failures. Source: docs/metastore.md.
 */
final class MetaStoreTable {
  private static final String NAME = "N";
  private static final String VERSION = "V";
  private static final String TYPE = "t";
  private static final String ENCRYPTION_KEY = "enc";
  private static final String ENCRYPTION_ALGORITHM = "encAlg";
  private static final String INTEGRITY_KEY = "int";
  private static final String INTEGRITY_ALGORITHM = "intAlg";

  private static final Set<String> KEY_FIELDS =
      Set.of(TYPE, ENCRYPTION_KEY, ENCRYPTION_ALGORITHM, INTEGRITY_KEY, INTEGRITY_ALGORITHM);

  /** The only type of material there is: an AES key that wraps and a MAC key. */
  private static final String KEYS_TYPE = "0";

  private static final String AES = "AES";
  private static final String HMAC_SHA256 = "HmacSHA256";
  private static final int NEW_KEY_BITS = 256;

  private final String tableName;
  private final ItemEncryptor encryptor;
  private final @Nullable MetaStoreExtraData extraData;
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
    this.extraData = extraData;
    TableEncryption.Builder encryption =
        TableEncryption.of(TableInfo.of(tableName, TableIndex.of(NAME, VERSION)))
            .actions(actions(extraData))
            .writes(format);
    if (logicalTableName != null) {
      encryption.logicalTableName(logicalTableName);
    }
    this.encryptor = ItemEncryptor.of(encryption.build());
    this.subject = FailureSubject.table(tableName).withKeyNames(List.of(NAME, VERSION));
  }

  private static AttributeActions actions(@Nullable MetaStoreExtraData extraData) {
    AttributeActions actions = AttributeActions.encryptAndSign();
    if (extraData == null) {
      return actions;
    }
    for (String name : extraData.signedOnlyNames()) {
      if (KEY_FIELDS.contains(name)) {
        throw new IllegalArgumentException(
            "Attribute '%s' of a MetaStore row is always encrypted, it cannot be signed only."
                .formatted(name));
      }
      actions = actions.with(name, CryptoAction.SIGN_ONLY);
    }
    return actions;
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
            .keySchema(key(NAME, KeyType.HASH), key(VERSION, KeyType.RANGE))
            .attributeDefinitions(
                attribute(NAME, ScalarAttributeType.S), attribute(VERSION, ScalarAttributeType.N));
    return throughput == null
        ? request.billingMode(BillingMode.PAY_PER_REQUEST).build()
        : request.billingMode(BillingMode.PROVISIONED).provisionedThroughput(throughput).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  GetItemRequest read(MaterialId id) {
    return GetItemRequest.builder()
        .tableName(tableName)
        .key(keyOf(id))
        .consistentRead(true)
        .build();
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

  // ---- Rows and keys

  private static Map<String, AttributeValue> keyOf(MaterialId id) {
    return Map.of(
        NAME,
        AttributeValue.fromS(id.name()),
        VERSION,
        AttributeValue.fromN(Long.toString(id.version())));
  }

  /**
   * A row of new random keys, in plaintext.
   *
   * @throws IllegalArgumentException if the extra data has the name of a standard attribute
   */
  Map<String, AttributeValue> newRow(MaterialId id) {
    Map<String, AttributeValue> row = new HashMap<>(keyOf(id));
    row.put(TYPE, AttributeValue.fromS(KEYS_TYPE));
    row.put(ENCRYPTION_KEY, randomKey());
    row.put(ENCRYPTION_ALGORITHM, AttributeValue.fromS(AES));
    row.put(INTEGRITY_KEY, randomKey());
    row.put(INTEGRITY_ALGORITHM, AttributeValue.fromS(HMAC_SHA256));
    if (extraData != null) {
      extraData
          .attributes(id.name(), id.version())
          .forEach(
              (name, value) -> {
                if (row.putIfAbsent(name, value) != null) {
                  throw new IllegalArgumentException(
                      "Extra data cannot be stored as '%s', a standard attribute of MetaStore rows."
                          .formatted(name));
                }
              });
    }
    return row;
  }

  private static AttributeValue randomKey() {
    return AttributeValue.fromB(
        SdkBytes.fromByteArrayUnsafe(KeyWrapping.generateAesKey(NEW_KEY_BITS).getEncoded()));
  }

  /** The provider of a row, which is verified and decrypted. */
  MetaStoreMaterialsProvider providerOf(MaterialId id, Map<String, AttributeValue> row) {
    Keys keys = keysOf(id, row);
    return new MetaStoreMaterialsProvider(id, keys.encryption(), keys.integrity());
  }

  /**
   * The provider of a row that was replicated from another table.
   *
   * @param source the other table's row
   * @throws MaterialsUnavailableException if it holds other keys
   */
  MetaStoreMaterialsProvider replicaOf(
      MaterialId id, Map<String, AttributeValue> source, Map<String, AttributeValue> row) {
    Keys expected = keysOf(id, source);
    Keys found = keysOf(id, row);
    if (!same(expected.encryption(), found.encryption())
        || !same(expected.integrity(), found.integrity())) {
      throw new MaterialsUnavailableException(
          FailureReason.MATERIAL_CONFLICT,
          subject,
          "The MetaStore table '%s' has %s already, with other keys; it was left as it is."
              .formatted(tableName, id.describe()),
          null);
    }
    return new MetaStoreMaterialsProvider(id, found.encryption(), found.integrity());
  }

  private static boolean same(SecretKey one, SecretKey other) {
    return one.getAlgorithm().equals(other.getAlgorithm())
        && MessageDigest.isEqual(one.getEncoded(), other.getEncoded());
  }

  private Keys keysOf(MaterialId id, Map<String, AttributeValue> row) {
    if (!keyOf(id).entrySet().stream()
        .allMatch(e -> DynamoDbEquality.same(e.getValue(), row.get(e.getKey())))) {
      // Authentic, but not what was asked for: somebody answered with another row.
      throw unusable(FailureReason.MATERIALS_MISMATCH, id, "the answer is another row");
    }
    AttributeValue type = row.get(TYPE);
    if (type == null || !KEYS_TYPE.equals(type.s())) {
      throw unusable(FailureReason.MATERIAL_TYPE_UNKNOWN, id, "its type is unknown");
    }
    List<String> missing = new ArrayList<>();
    byte[] encryption = bytes(row, ENCRYPTION_KEY, missing);
    String encryptionAlgorithm = text(row, ENCRYPTION_ALGORITHM, missing);
    byte[] integrity = bytes(row, INTEGRITY_KEY, missing);
    String integrityAlgorithm = text(row, INTEGRITY_ALGORITHM, missing);
    if (!missing.isEmpty()) {
      throw unusable(
          FailureReason.MATERIAL_INCOMPLETE, id, "it has no usable " + String.join(", ", missing));
    }
    if (!encryptionAlgorithm.toUpperCase(Locale.ROOT).equals(AES)
        || !KeyStrength.isAesLength(encryption.length * 8)) {
      throw unusable(
          FailureReason.ALGORITHM_NOT_ALLOWED, id, "its encryption key is not an AES key");
    }
    SigningAlgorithm mac = macAlgorithm(integrityAlgorithm);
    if (mac == null) {
      throw unusable(FailureReason.ALGORITHM_NOT_ALLOWED, id, "its integrity key is not a MAC key");
    }
    if (!KeyStrength.Use.READING.allowsMacBits(8 * integrity.length)) {
      throw unusable(FailureReason.ALGORITHM_NOT_ALLOWED, id, "its integrity key is too short");
    }
    return new Keys(
        new SecretKeySpec(encryption, AES), new SecretKeySpec(integrity, mac.jcaName()));
  }

  /** Rows from before November 2015 name their HmacSHA256 key AES. */
  private static @Nullable SigningAlgorithm macAlgorithm(String name) {
    return SigningAlgorithm.fromJcaName(name.equals(AES) ? HMAC_SHA256 : name)
        .filter(SigningAlgorithm::isMac)
        .orElse(null);
  }

  private static byte[] bytes(Map<String, AttributeValue> row, String name, List<String> missing) {
    AttributeValue value = row.get(name);
    byte[] bytes = value == null || value.b() == null ? new byte[0] : value.b().asByteArray();
    if (bytes.length == 0) {
      missing.add(name);
    }
    return bytes;
  }

  private static String text(Map<String, AttributeValue> row, String name, List<String> missing) {
    AttributeValue value = row.get(name);
    if (value == null || value.s() == null) {
      missing.add(name);
      return "";
    }
    return value.s();
  }

  /** What a row is for; no record's {@code toString} for secrets. */
  private record Keys(SecretKey encryption, SecretKey integrity) {
    @Override
    public String toString() {
      return "Keys";
    }
  }

  // ---- Failures

  MaterialsUnavailableException notFound(MaterialId id) {
    return new MaterialsUnavailableException(
        FailureReason.MATERIAL_VERSION_NOT_FOUND,
        subject,
        "The MetaStore table '%s' has no %s.".formatted(tableName, id.describe()),
        null);
  }

  private MaterialsUnavailableException unusable(
      FailureReason reason, MaterialId id, String problem) {
    return new MaterialsUnavailableException(
        reason,
        subject,
        "The row of %s in MetaStore table '%s' cannot be used: %s."
            .formatted(id.describe(), tableName, problem),
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
