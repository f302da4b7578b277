package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.VersionedRecordExtension;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTag;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A schema on a table whose actions were not made of it, with both clients. */
class SchemaChecksTest {
  private static final AttributeActions ENCRYPT = AttributeActions.encryptAndSign();
  private static final ItemFormat DDBEC =
      Ddbec.using(
          WrappedMaterialsProvider.builder()
              .wrappingKey(TestKeys.aes(256))
              .signingKeys(SigningKeys.mac(TestKeys.hmac()))
              .build());

  // ---- refused ----

  @Test
  void table_tagOtherThanTheTablesAction_isRefusedWithBoth() {
    assertRefused(
        "Attribute 'city' is tagged SIGN_ONLY in Row, but table 'Rows' has ENCRYPT_AND_SIGN for it:"
            + " make the actions of the table from the schemas of all its classes with"
            + " TypedActions.of(...), or change one of the two.",
        ENCRYPT,
        schema("city", AttributeActionTags.signOnly()));
    assertRefused(
        "Attribute 'city' is tagged ENCRYPT_AND_SIGN in Row, but table 'Rows' has DO_NOTHING",
        ENCRYPT.with("city", CryptoAction.DO_NOTHING),
        schema("city", AttributeActionTags.encryptAndSign()));
  }

  @Test
  void table_keyThatIsNotToBeSigned_isRefused() {
    assertRefused(
        "Attribute 'city' is tagged DO_NOTHING in Row, but table 'Rows' has SIGN_ONLY for it",
        ENCRYPT.withIndexKeys("city"),
        schema(
            "city",
            AttributeActionTags.doNothing(),
            StaticAttributeTags.secondaryPartitionKey("byCity")));
  }

  @Test
  void table_indexKeyThatTheTableEncryptsByName_isRefused() {
    assertRefused(
        "Attribute 'city' is a key of the index 'byCity' in Row, but table 'Rows' has"
            + " ENCRYPT_AND_SIGN",
        ENCRYPT.with("city", CryptoAction.ENCRYPT_AND_SIGN),
        schema("city", StaticAttributeTags.secondaryPartitionKey("byCity")));
  }

  @Test
  void table_indexKeyOfAnIndexThatTheTableWasNotGiven_isRefused() {
    assertRefused(
        "Attribute 'city' is a key of the index 'byCity' in Row, but table 'Rows' has"
            + " ENCRYPT_AND_SIGN",
        encryption(TableInfo.of("Rows", TableIndex.of("id")), ENCRYPT, DDBEC),
        schema("city", StaticAttributeTags.secondaryPartitionKey("byCity")));
    assertRefused( // a description would not change that
        "Attribute 'city' is a key of the index 'byCity' in Row, but table 'Rows' has"
            + " ENCRYPT_AND_SIGN",
        ENCRYPT,
        schema("city", StaticAttributeTags.secondaryPartitionKey("byCity")));
  }

  @Test
  void table_versionThatTheTableEncrypts_isRefused() {
    assertRefused(
        "Attribute 'version' is the version that writes compare in Row, but table 'Rows' has"
            + " ENCRYPT_AND_SIGN",
        ENCRYPT,
        versioned());
  }

  @Test
  void table_schemaThatContradictsItself_isRefused() {
    assertRefused(
        "Attribute 'city' is tagged ENCRYPT_AND_SIGN in Row but is a key of the index 'byCity'",
        ENCRYPT,
        schema(
            "city",
            AttributeActionTags.encryptAndSign(),
            StaticAttributeTags.secondaryPartitionKey("byCity")));
  }

  @Test
  void table_refusedOnce_isRefusedAgain() {
    TableSchema<?> schema = schema("city", AttributeActionTags.signOnly());
    SchemaChecks checks =
        new SchemaChecks(name -> Optional.of(encryption(TableInfo.named("Rows"), ENCRYPT, DDBEC)));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> checks.require("Rows", schema))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'city'");
    }
  }

  // ---- fine ----

  @Test
  void table_withTheActionsOfItsSchema_isFine() {
    TableSchema<?> schema = schema("city", AttributeActionTags.doNothing());
    assertFits(TypedActions.of(schema), schema);
    assertFits(TypedActions.of(Models.PERSON), Models.PERSON);
  }

  @Test
  void table_attributeWithoutATag_isWhatTheTableSays() {
    for (CryptoAction action : List.of(CryptoAction.SIGN_ONLY, CryptoAction.DO_NOTHING)) {
      assertFits(ENCRYPT.with("city", action), schema("city"));
    }
    assertFits(AttributeActions.namedOnly(), schema("city"));
  }

  @Test
  void table_indexKeysThatItsActionsName_areFine() {
    assertFits(
        ENCRYPT.withIndexKeys("city"),
        schema("city", StaticAttributeTags.secondaryPartitionKey("byCity")));
    assertFits(
        ENCRYPT.withIndexKeys("city"),
        schema(
            "city",
            AttributeActionTags.signOnly(),
            StaticAttributeTags.secondaryPartitionKey("byCity")));
  }

  @Test
  void table_keyOfItemsWithContextAttributes_isIncludedToo() {
    TableSchema<?> schema = schema("city", AttributeActionTags.signAndIncludeInEncryptionContext());
    AttributeActions actions =
        ENCRYPT.with("city", CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT);
    Dbe format = Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)));

    assertFits(encryption(TableInfo.named("Rows"), actions, format), schema);
    assertFits(encryption(TableInfo.of("Rows", TableIndex.of("id")), actions, format), schema);
  }

  @Test
  void table_attributeThatTheFormatLeavesUnsigned_isDoNothing() {
    Dbe format = Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256))).unsignedPrefix(":");

    assertFits(
        encryption(TableInfo.named("Rows"), ENCRYPT, format),
        schema(":note", AttributeActionTags.doNothing()));
  }

  @Test
  void table_withoutEncryption_takesEverySchema() {
    TableSchema<?> schema = schema("city", AttributeActionTags.signOnly());
    onBoth(
        encryption(TableInfo.named("Other"), ENCRYPT, DDBEC),
        client -> assertThatCode(() -> client.accept(schema)).doesNotThrowAnyException());
  }

  // ---- helpers ----

  private static void assertRefused(
      String message, AttributeActions actions, TableSchema<?> schema) {
    assertRefused(message, encryption(TableInfo.named("Rows"), actions, DDBEC), schema);
  }

  private static void assertRefused(
      String message, TableEncryption encryption, TableSchema<?> schema) {
    onBoth(
        encryption,
        client ->
            assertThatThrownBy(() -> client.accept(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
  }

  private static void assertFits(AttributeActions actions, TableSchema<?> schema) {
    assertFits(encryption(TableInfo.named("Rows"), actions, DDBEC), schema);
  }

  private static void assertFits(TableEncryption encryption, TableSchema<?> schema) {
    onBoth(
        encryption,
        client -> assertThatCode(() -> client.accept(schema)).doesNotThrowAnyException());
  }

  /** What asks each client for its table 'Rows' with a schema. */
  private static void onBoth(TableEncryption encryption, Consumer<Consumer<TableSchema<?>>> test) {
    EncryptedDynamoDbEnhancedClient blocking =
        EncryptedDynamoDbEnhancedClient.of(
            EncryptedDynamoDbClient.builder().client(new NoDynamoDb()).table(encryption).build());
    EncryptedDynamoDbEnhancedAsyncClient async =
        EncryptedDynamoDbEnhancedAsyncClient.of(
            EncryptedDynamoDbAsyncClient.builder()
                .client(new NoAsyncDynamoDb())
                .table(encryption)
                .build());
    test.accept(schema -> blocking.table("Rows", schema));
    test.accept(schema -> async.table("Rows", schema));
  }

  private static TableEncryption encryption(
      TableInfo table, AttributeActions actions, ItemFormat format) {
    return TableEncryption.of(table).actions(actions).writes(format).build();
  }

  /** An item of texts. */
  private interface Row extends Map<String, String> {}

  private static TableSchema<Row> schema(String name, StaticAttributeTag... tags) {
    return withKey()
        .addAttribute(
            String.class,
            a -> a.name(name).getter(row -> null).setter((row, value) -> {}).tags(tags))
        .build();
  }

  private static TableSchema<Row> versioned() {
    return withKey()
        .addAttribute(
            Long.class,
            a ->
                a.name("version")
                    .getter(row -> null)
                    .setter((row, value) -> {})
                    .tags(VersionedRecordExtension.AttributeTags.versionAttribute()))
        .build();
  }

  private static StaticTableSchema.Builder<Row> withKey() {
    return StaticTableSchema.builder(Row.class)
        .addAttribute(
            String.class,
            a ->
                a.name("id")
                    .getter(row -> null)
                    .setter((row, value) -> {})
                    .tags(StaticAttributeTags.primaryPartitionKey()));
  }

  /** Nobody to call. */
  private static final class NoDynamoDb implements DynamoDbClient {
    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  /** Nobody to call. */
  private static final class NoAsyncDynamoDb implements DynamoDbAsyncClient {
    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
