package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testing.Threads;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.security.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What both kinds of MetaStore do, on DynamoDB Local. */
abstract class MetaStoreContract {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final String NAME = "orders";
  private static final EncryptionContext WRITING =
      EncryptionContext.builder().tableName("T").build();

  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  static DynamoDbClient client;
  static DynamoDbAsyncClient asyncClient;

  final DynamoDbProbe probe = new DynamoDbProbe();
  final CountingProvider rowKeys = new CountingProvider(wrapped());
  private String table;
  private StoreUnderTest store;

  /** Everything a test may vary of a store. */
  record Setup(
      String table, @Nullable String logicalTable, @Nullable MetaStoreExtraData extraData) {
    Setup(String table) {
      this(table, null, null);
    }
  }

  abstract StoreUnderTest store(Setup setup);

  @BeforeAll
  static void openClients() {
    client = DYNAMO_DB.client();
    asyncClient = DYNAMO_DB.asyncClient();
  }

  @BeforeEach
  void createTable() {
    table = newTable();
    store = store(new Setup(table));
  }

  static String newTable() {
    String name = "Keys" + TABLES.incrementAndGet();
    MetaStore.createTable(client, name);
    return name;
  }

  private static WrappedMaterialsProvider wrapped() {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(TestKeys.aes(256))
        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
        .build();
  }

  /** An encryptor of rows that knows nothing of the MetaStore's own code. */
  private static ItemEncryptor rows(String logicalTable, AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(logicalTable, TableIndex.of("N", "V")))
            .actions(actions)
            .writes(Ddbec.using(wrapped()))
            .build());
  }

  private Map<String, AttributeValue> storedRow(String name, long version) {
    return client.getItem(r -> r.tableName(table).key(key(name, version))).item();
  }

  private Map<String, AttributeValue> openRow(long version) {
    return rows(table, AttributeActions.encryptAndSign()).decryptItem(storedRow(NAME, version));
  }

  private static Map<String, AttributeValue> key(String name, long version) {
    return Map.of(
        "N", AttributeValue.fromS(name), "V", AttributeValue.fromN(Long.toString(version)));
  }

  /** Stores a row with these attributes in place of, or beside, the standard ones. */
  private void putRow(long version, Map<String, AttributeValue> changes) {
    Map<String, AttributeValue> row = new HashMap<>(key(NAME, version));
    row.put("t", AttributeValue.fromS("0"));
    row.put("enc", bytes(32));
    row.put("encAlg", AttributeValue.fromS("AES"));
    row.put("int", bytes(32));
    row.put("intAlg", AttributeValue.fromS("HmacSHA256"));
    row.putAll(changes);
    row.values().removeIf(value -> value.equals(AttributeValue.fromNul(true)));
    client.putItem(
        r ->
            r.tableName(table)
                .item(rows(table, AttributeActions.encryptAndSign()).encryptItem(row)));
  }

  private static AttributeValue bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (length + i);
    }
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  private static Key macKey(MetaStoreMaterialsProvider provider) {
    return provider.encryptionMaterials(WRITING).signingKey();
  }

  /** Whether an item written with one can be read with the other. */
  private static void assertSameKeys(
      MetaStoreMaterialsProvider one, MetaStoreMaterialsProvider other) {
    assertThat(one.version()).isEqualTo(other.version());
    assertThat(macKey(one)).isEqualTo(macKey(other));
    EncryptionMaterials written = one.encryptionMaterials(WRITING);
    assertThat(
            other
                .decryptionMaterials(
                    WRITING.toBuilder().materialDescription(written.materialDescription()).build())
                .decryptionKey())
        .isEqualTo(written.encryptionKey());
  }

  // ---- Rows

  @Test
  void getOrCreate_newVersion_storesTheSpecifiedRow() {
    store.getOrCreate(NAME, 0);
    Map<String, AttributeValue> stored = storedRow(NAME, 0);
    assertThat(stored)
        .containsOnlyKeys(
            "N",
            "V",
            "t",
            "enc",
            "encAlg",
            "int",
            "intAlg",
            "*amzn-ddb-map-desc*",
            "*amzn-ddb-map-sig*")
        .containsEntry("N", AttributeValue.fromS(NAME))
        .containsEntry("V", AttributeValue.fromN("0"));
    assertThat(Set.of("t", "enc", "encAlg", "int", "intAlg"))
        .allSatisfy(name -> assertThat(stored.get(name).b()).isNotNull());
    Map<String, AttributeValue> row = openRow(0);
    assertThat(row)
        .containsEntry("t", AttributeValue.fromS("0"))
        .containsEntry("encAlg", AttributeValue.fromS("AES"))
        .containsEntry("intAlg", AttributeValue.fromS("HmacSHA256"));
    byte[] enc = row.get("enc").b().asByteArray();
    byte[] mac = row.get("int").b().asByteArray();
    assertThat(enc).hasSize(32).isNotEqualTo(mac);
    assertThat(mac).hasSize(32).isEqualTo(macKey(store.provider(NAME, 0)).getEncoded());
  }

  @Test
  void provider_items_carryTheMetaId() {
    MaterialDescription description =
        store.getOrCreate(NAME, 7).encryptionMaterials(WRITING).materialDescription();
    assertThat(description.entries())
        .containsOnlyKeys(
            "amzn-ddb-meta-id", "amzn-ddb-env-key", "amzn-ddb-env-alg", "amzn-ddb-wrap-alg")
        .containsEntry("amzn-ddb-meta-id", "orders#7")
        .containsEntry("amzn-ddb-wrap-alg", "AESWrap");
    assertThat(MetaStore.versionOf(NAME, description)).isEqualTo(7);
  }

  @Test
  void provider_itemOfAnotherVersion_throwsMaterialsUnavailable() {
    EncryptionMaterials written = store.getOrCreate(NAME, 1).encryptionMaterials(WRITING);
    EncryptionContext reading =
        WRITING.toBuilder().materialDescription(written.materialDescription()).build();
    MetaStoreMaterialsProvider other = store.getOrCreate(NAME, 0);
    assertThatThrownBy(() -> other.decryptionMaterials(reading))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("was not written with version 0 of material 'orders'");
  }

  @Test
  void provider_keysOfOtherLengths_areUsed() {
    putRow(5, Map.of("enc", bytes(16), "int", bytes(16)));
    MetaStoreMaterialsProvider provider = store.provider(NAME, 5);
    assertThat(macKey(provider).getEncoded()).isEqualTo(bytes(16).b().asByteArray());
    assertSameKeys(provider, store.provider(NAME, 5));
  }

  @Test
  void provider_macKeyOfPublishedVectors_readsAndDoesNotWrite() {
    putRow(5, Map.of("enc", bytes(16), "int", bytes(8)));
    MetaStoreMaterialsProvider provider = store.provider(NAME, 5);
    MaterialDescription written =
        new MetaStoreMaterialsProvider(
                new MaterialId(NAME, 5),
                new SecretKeySpec(bytes(16).b().asByteArray(), "AES"),
                TestKeys.hmac())
            .encryptionMaterials(WRITING)
            .materialDescription();
    EncryptionContext reading = WRITING.toBuilder().materialDescription(written).build();
    assertThat(provider.decryptionMaterials(reading).verificationKey().getEncoded()).hasSize(8);
    assertThatThrownBy(() -> provider.encryptionMaterials(WRITING))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("version 5 of material 'orders' is too short to write");
  }

  @Test
  void provider_macKeyOfSevenBytes_isRefused() {
    putRow(5, Map.of("int", bytes(7)));
    assertThatThrownBy(() -> store.provider(NAME, 5))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("its integrity key is too short");
  }

  @Test
  void provider_veryOldRowWithAesAsMac_isHmacSha256() {
    putRow(0, Map.of("intAlg", AttributeValue.fromS("AES")));
    assertThat(macKey(store.provider(NAME, 0)).getAlgorithm()).isEqualTo("HmacSHA256");
  }

  @Test
  void provider_missingVersion_throwsMaterialsUnavailable() {
    assertThatThrownBy(() -> store.provider(NAME, 3))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("'" + table + "' has no version 3 of material 'orders'")
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.MATERIAL_VERSION_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "t, '', MATERIAL_TYPE_UNKNOWN, type is unknown",
    "t, 1, MATERIAL_TYPE_UNKNOWN, type is unknown",
    "enc, '', MATERIAL_INCOMPLETE, no usable enc",
    "enc, text, MATERIAL_INCOMPLETE, no usable enc",
    "int, '', MATERIAL_INCOMPLETE, no usable int",
    "encAlg, '', MATERIAL_INCOMPLETE, no usable encAlg",
    "intAlg, '', MATERIAL_INCOMPLETE, no usable intAlg",
    "encAlg, DESede, ALGORITHM_NOT_ALLOWED, not an AES key",
    "intAlg, SHA256withRSA, ALGORITHM_NOT_ALLOWED, not a MAC key",
    "intAlg, HmacMD5, ALGORITHM_NOT_ALLOWED, not a MAC key"
  })
  void provider_oddRow_throwsMaterialsUnavailable(
      String attribute, String text, FailureReason reason, String message) {
    putRow(
        0,
        Map.of(
            attribute, text.isEmpty() ? AttributeValue.fromNul(true) : AttributeValue.fromS(text)));
    assertThatThrownBy(() -> store.provider(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(reason);
  }

  @Test
  void provider_aesKeyOfOddLength_throwsMaterialsUnavailable() {
    putRow(0, Map.of("enc", bytes(31)));
    assertThatThrownBy(() -> store.provider(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("not an AES key");
  }

  @Test
  void provider_rowChanged_throwsWithTheAuthenticationFailureAsCause() {
    store.getOrCreate(NAME, 0);
    Map<String, AttributeValue> row = new HashMap<>(storedRow(NAME, 0));
    row.put("V", AttributeValue.fromN("1"));
    client.putItem(r -> r.tableName(table).item(row));
    assertThatThrownBy(() -> store.provider(NAME, 1))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(ItemAuthenticationException.class)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.NOT_AUTHENTIC);
  }

  @Test
  void provider_plaintextRow_throwsMaterialsUnavailable() {
    Map<String, AttributeValue> row = new HashMap<>(key(NAME, 0));
    row.put("enc", bytes(32));
    client.putItem(r -> r.tableName(table).item(row));
    assertThatThrownBy(() -> store.provider(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.PLAINTEXT_FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#b", "#"})
  void operations_impossibleName_throwIllegalArgument(String name) {
    assertThatThrownBy(() -> store.provider(name, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contains no '#'");
    assertThatThrownBy(() -> store.maxVersion(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.newProvider(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.versions(name)).isInstanceOf(IllegalArgumentException.class);
    assertThat(probe.requests()).isEmpty();
  }

  @Test
  void provider_negativeVersion_throwsIllegalArgument() {
    assertThatThrownBy(() -> store.provider(NAME, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin with 0");
  }

  @Test
  void getOrCreate_nameOfAnyUnicode_isReadBack() {
    String name = "Schlüssel für 鍵 \uD83D\uDD11";
    assertSameKeys(store.getOrCreate(name, 0), store.provider(name, 0));
    assertThat(store.versions(name)).containsExactly(0L);
  }

  // ---- Table name, extra data, key source

  @Test
  void logicalTableName_isWhatRowsBind() {
    store(new Setup(table, "Logical", null)).getOrCreate(NAME, 0);
    assertThat(rows("Logical", AttributeActions.encryptAndSign()).decryptItem(storedRow(NAME, 0)))
        .containsKey("enc");
    assertThatThrownBy(() -> store.provider(NAME, 0))
        .hasCauseInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining(
            "restored under another name, give its first one with logicalTableName(");
  }

  @Test
  void extraData_isStoredEncryptedOrSignedOnly() {
    StoreUnderTest extended = store(new Setup(table, null, extraData(Set.of("owner"))));
    extended.getOrCreate(NAME, 2);
    assertThat(storedRow(NAME, 2)).containsEntry("owner", AttributeValue.fromS("orders/2"));
    assertThat(storedRow(NAME, 2).get("note").b()).isNotNull();
    assertThat(
            rows(table, AttributeActions.encryptAndSign().with("owner", CryptoAction.SIGN_ONLY))
                .decryptItem(storedRow(NAME, 2)))
        .containsEntry("note", AttributeValue.fromS("secret note"));
    assertThatThrownBy(() -> store.provider(NAME, 2))
        .as("who does not know that it is signed only")
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("could not be used to read version 2");
  }

  private static MetaStoreExtraData extraData(Set<String> signedOnly) {
    return new MetaStoreExtraData() {
      @Override
      public Map<String, AttributeValue> attributes(String name, long version) {
        return Map.of(
            "owner", AttributeValue.fromS(name + "/" + version),
            "note", AttributeValue.fromS("secret note"));
      }

      @Override
      public Set<String> signedOnlyNames() {
        return signedOnly;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "enc", "encAlg", "int", "intAlg", "*amzn-ddb-map-sig*"})
  void extraData_signedOnlyKeyField_isRefusedWhenBuilt(String name) {
    assertThatThrownBy(() -> store(new Setup(table, null, extraData(Set.of(name)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"N", "V", "t", "enc", "encAlg", "int", "intAlg"})
  void extraData_standardAttribute_throwsAndStoresNothing(String name) {
    StoreUnderTest overwriting =
        store(new Setup(table, null, (n, v) -> Map.of(name, AttributeValue.fromS("mine"))));
    assertThatThrownBy(() -> overwriting.getOrCreate(NAME, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "', a standard attribute");
    assertThat(storedRow(NAME, 0)).isEmpty();
  }

  // ---- Creating, rotating

  @Test
  void getOrCreate_existingVersion_costsNoWrite() {
    MetaStoreMaterialsProvider created = store.getOrCreate(NAME, 0);
    probe.reset();
    rowKeys.reset();
    assertSameKeys(store.getOrCreate(NAME, 0), created);
    assertThat(probe.requests()).hasSize(1).allMatch(GetItemRequest.class::isInstance);
    assertThat(rowKeys.encryptions()).isZero();
    assertThat(rowKeys.decryptions()).isEqualTo(1);
  }

  @Test
  void reads_areStronglyConsistent() {
    store.newProvider(NAME);
    store.currentProvider(NAME);
    assertThat(probe.requests()).isNotEmpty();
    assertThat(probe.requests())
        .allMatch(
            request ->
                request instanceof PutItemRequest
                    || (request instanceof GetItemRequest get && get.consistentRead())
                    || (request instanceof QueryRequest query && query.consistentRead()));
  }

  @Test
  void getOrCreate_somebodyFaster_givesTheWinnersKeys() {
    probe.once("putItem", () -> putRow(0, Map.of()));
    MetaStoreMaterialsProvider provider = store.getOrCreate(NAME, 0);
    assertThat(macKey(provider).getEncoded()).isEqualTo(bytes(32).b().asByteArray());
    assertSameKeys(provider, store.provider(NAME, 0));
  }

  @Test
  void newProvider_each_isOneVersionHigher() {
    assertThat(store.maxVersion(NAME)).isEmpty();
    assertThat(store.newProvider(NAME).version()).isZero();
    assertThat(store.newProvider(NAME).version()).isEqualTo(1);
    for (int i = 2; i < 12; i++) {
      assertThat(store.newProvider(NAME).version()).isEqualTo(i);
    }
    assertThat(store.maxVersion(NAME)).hasValue(11); // by number: as text, 9 would be higher
    assertThat(store.versions(NAME))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(store.currentProvider(NAME).version()).isEqualTo(11);
    assertThat(store.maxVersion("other")).isEmpty();
  }

  @Test
  void newProvider_somebodyRotatesAtTheSameTime_oneNewVersionForBoth() {
    store.newProvider(NAME);
    List<MetaStoreMaterialsProvider> others = new ArrayList<>();
    probe.once("putItem", () -> others.add(store.newProvider(NAME)));
    MetaStoreMaterialsProvider mine = store.newProvider(NAME);
    assertThat(others).hasSize(1);
    assertSameKeys(mine, others.get(0));
    assertThat(store.versions(NAME)).containsExactly(0L, 1L);
  }

  @Test
  void currentProvider_noVersion_createsVersion0() {
    assertSameKeys(store.currentProvider(NAME), store.provider(NAME, 0));
    assertThat(store.maxVersion(NAME)).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "9223372036854775807", "99999999999999999999"})
  void newProvider_forgedVersion_throwsMaterialsUnavailable(String version) {
    Map<String, AttributeValue> forged =
        Map.of("N", AttributeValue.fromS(NAME), "V", AttributeValue.fromN(version));
    client.putItem(r -> r.tableName(table).item(forged));
    assertThatThrownBy(() -> store.newProvider(NAME))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("no version that is a whole number");
  }

  @Test
  void getOrCreate_sixtyFourThreads_oneKey() throws Exception {
    Set<Key> keys = ConcurrentHashMap.newKeySet();
    Threads.each(
        64,
        thread -> {
          MetaStoreMaterialsProvider provider = store.getOrCreate(NAME, 0);
          keys.add(macKey(provider));
          assertSameKeys(provider, store.provider(NAME, 0));
        });
    assertThat(keys).hasSize(1);
    assertThat(store.versions(NAME)).containsExactly(0L);
  }

  // ---- Replicating

  @Test
  void replicate_otherTable_sameKeysAndExtraData() {
    StoreUnderTest extended = store(new Setup(table, null, extraData(Set.of())));
    extended.getOrCreate(NAME, 0);
    String replica = newTable();
    StoreUnderTest target = store(new Setup(replica));
    MetaStoreMaterialsProvider copy = extended.replicate(NAME, 0, target);
    assertSameKeys(copy, extended.provider(NAME, 0));
    assertSameKeys(copy, target.provider(NAME, 0));
    assertThat(
            rows(replica, AttributeActions.encryptAndSign())
                .decryptItem(client.getItem(r -> r.tableName(replica).key(key(NAME, 0))).item()))
        .containsEntry("note", AttributeValue.fromS("secret note"));
  }

  @Test
  void replicate_again_keepsTheRow() {
    store.getOrCreate(NAME, 0);
    StoreUnderTest target = store(new Setup(newTable()));
    store.replicate(NAME, 0, target);
    probe.reset();
    assertSameKeys(store.replicate(NAME, 0, target), store.provider(NAME, 0));
    assertThat(probe.count(PutItemRequest.class)).isZero();
  }

  @Test
  void replicate_otherKeysThere_throwsAndKeepsThem() {
    store.getOrCreate(NAME, 0);
    StoreUnderTest target = store(new Setup(newTable()));
    MetaStoreMaterialsProvider there = target.getOrCreate(NAME, 0);
    assertThatThrownBy(() -> store.replicate(NAME, 0, target))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("already, with other keys")
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.MATERIAL_CONFLICT);
    assertSameKeys(target.provider(NAME, 0), there);
  }

  @Test
  void replicate_otherKeysAppearMeanwhile_throws() {
    store.getOrCreate(NAME, 0);
    StoreUnderTest target = store(new Setup(newTable()));
    probe.once("putItem", () -> target.getOrCreate(NAME, 0));
    assertThatThrownBy(() -> store.replicate(NAME, 0, target))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("already, with other keys");
  }

  @Test
  void replicate_missingVersion_throwsAndWritesNothing() {
    StoreUnderTest target = store(new Setup(newTable()));
    assertThatThrownBy(() -> store.replicate(NAME, 0, target))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("has no version 0");
    assertThat(target.maxVersion(NAME)).isEmpty();
  }

  // ---- Faults

  @ParameterizedTest
  @CsvSource({
    "query, AccessDeniedException",
    "query, ProvisionedThroughputExceededException",
    "putItem, AccessDeniedException",
    "putItem, ThrottlingException",
    "getItem, AccessDeniedException",
    "getItem, InternalServerError"
  })
  void newProvider_callFails_throwsWithCauseAndHandsOutNothing(String operation, String code) {
    RuntimeException failure = DynamoDbProbe.serviceError(code);
    probe.fail(operation, failure);
    assertThatThrownBy(() -> store.newProvider(NAME))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("'" + table + "' could not be used to")
        .hasCause(failure)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.KEY_SOURCE_FAILED);
    probe.heal();
    assertSameKeys(store.currentProvider(NAME), store.provider(NAME, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"getItem", "putItem"})
  void getOrCreate_networkDown_throwsWithCause(String operation) {
    RuntimeException failure = SdkClientException.create("Connection refused");
    probe.fail(operation, failure);
    assertThatThrownBy(() -> store.getOrCreate(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCause(failure);
    assertThat(storedRow(NAME, 0)).isEmpty();
  }

  @Test
  void getOrCreate_rowKeysDenied_throwsWithCauseAndStoresNothing() {
    RuntimeException failure = DynamoDbProbe.serviceError("AccessDeniedException");
    rowKeys.fail(failure);
    assertThatThrownBy(() -> store.getOrCreate(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCause(failure);
    assertThat(storedRow(NAME, 0)).isEmpty();
  }

  @Test
  void provider_tableMissing_saysSo() {
    assertThatThrownBy(() -> store(new Setup("NoSuchTable")).provider(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.TABLE_NOT_FOUND);
  }
}
