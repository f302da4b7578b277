package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.MetaStores.Setup;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A MetaStore of either kind, on DynamoDB Local. */
@ParameterizedClass
@EnumSource(MetaStores.class)
abstract class MetaStoreFixture {
  private static final AtomicInteger TABLES = new AtomicInteger();
  static final String NAME = "orders";
  static final EncryptionContext WRITING = EncryptionContext.builder().tableName("T").build();

  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  static DynamoDbClient client;
  static DynamoDbAsyncClient asyncClient;

  final DynamoDbProbe probe = new DynamoDbProbe();
  final CountingProvider rowKeys = new CountingProvider(wrapped());

  @Parameter MetaStores kind;

  String table;
  StoreUnderTest store;

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

  final StoreUnderTest store(Setup setup) {
    return kind.open(setup, DYNAMO_DB, probe, rowKeys);
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
  static ItemEncryptor rows(String logicalTable, AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(logicalTable, TableIndex.of("N", "V")))
            .actions(actions)
            .writes(Ddbec.using(wrapped()))
            .build());
  }

  Map<String, AttributeValue> storedRow(String name, long version) {
    return client.getItem(r -> r.tableName(table).key(key(name, version))).item();
  }

  Map<String, AttributeValue> openRow(long version) {
    return rows(table, AttributeActions.encryptAndSign()).decryptItem(storedRow(NAME, version));
  }

  static Map<String, AttributeValue> key(String name, long version) {
    return Map.of(
        "N", AttributeValue.fromS(name), "V", AttributeValue.fromN(Long.toString(version)));
  }

  /** Stores a row with these attributes in place of, or beside, the standard ones. */
  void putRow(long version, Map<String, AttributeValue> changes) {
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

  static AttributeValue bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (length + i);
    }
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  static Key macKey(MetaStoreMaterialsProvider provider) {
    return provider.encryptionMaterials(WRITING).signingKey();
  }

  /** Whether an item written with one can be read with the other. */
  static void assertSameKeys(MetaStoreMaterialsProvider one, MetaStoreMaterialsProvider other) {
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

  static MetaStoreExtraData extraData(Set<String> signedOnly) {
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
}
