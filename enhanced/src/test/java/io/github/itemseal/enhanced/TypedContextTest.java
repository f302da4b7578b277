package io.github.itemseal.enhanced;

import static io.github.itemseal.CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;
import static io.github.itemseal.enhanced.AttributeActionTags.signAndIncludeInEncryptionContext;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Dbe;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.keyring.DecryptionMaterials;
import io.github.itemseal.keyring.EncryptionMaterials;
import io.github.itemseal.keyring.LocalKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attributes in the encryption context, by annotation and by tag, with both clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedContextTest {
  private static final String LETTERS = "Letters";
  private static final Key KEY = Key.builder().partitionValue("1").build();

  /** A letter of a tenant. */
  @DynamoDbBean
  public static class Letter {
    private String id;
    private String tenant;
    private String text;

    static Letter of(String id, String tenant, String text) {
      Letter letter = new Letter();
      letter.id = id;
      letter.tenant = tenant;
      letter.text = text;
      return letter;
    }

    @DynamoDbPartitionKey
    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }

    @Protection(SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT)
    public String getTenant() {
      return tenant;
    }

    public void setTenant(String tenant) {
      this.tenant = tenant;
    }

    public String getText() {
      return text;
    }

    public void setText(String text) {
      this.text = text;
    }
  }

  private static final TableSchema<Letter> ANNOTATED = TableSchema.fromBean(Letter.class);
  private static final TableSchema<Letter> BUILT =
      StaticTableSchema.builder(Letter.class)
          .newItemSupplier(Letter::new)
          .addAttribute(
              String.class,
              a ->
                  a.name("id")
                      .getter(Letter::getId)
                      .setter(Letter::setId)
                      .tags(StaticAttributeTags.primaryPartitionKey()))
          .addAttribute(
              String.class,
              a ->
                  a.name("tenant")
                      .getter(Letter::getTenant)
                      .setter(Letter::setTenant)
                      .tags(signAndIncludeInEncryptionContext()))
          .addAttribute(
              String.class, a -> a.name("text").getter(Letter::getText).setter(Letter::setText))
          .build();

  /** Keeps what it is told of the item that it is asked to encrypt. */
  private static final class WatchedKeyring implements LocalKeyring {
    private final LocalKeyring keyring = RawAesKeyring.of("ns", "kn", TestKeys.aes(256));
    private final AtomicReference<Map<String, AttributeValue>> seen = new AtomicReference<>();

    @Override
    public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
      seen.set(materials.contextAttributes());
      return keyring.onEncrypt(materials);
    }

    @Override
    public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
      return keyring.onDecrypt(materials);
    }
  }

  private final WatchedKeyring keyring = new WatchedKeyring();

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private DynamoDbClient raw;
  private DynamoDbAsyncClient rawAsync;

  @BeforeAll
  void openClients() {
    raw = DYNAMO_DB.client();
    rawAsync = DYNAMO_DB.asyncClient();
  }

  @AfterEach
  void deleteTable() {
    raw.deleteTable(request -> request.tableName(LETTERS));
  }

  static Stream<Arguments> schemasAndClients() {
    return Stream.of(ANNOTATED, BUILT)
        .flatMap(schema -> Stream.of(Arguments.of(schema, false), Arguments.of(schema, true)));
  }

  private DynamoDbTable<Letter> table(TableSchema<Letter> schema, boolean async) {
    TableEncryption encryption =
        TableEncryption.of(TableInfo.named(LETTERS))
            .actions(TypedActions.of(schema))
            .writes(Dbe.using(keyring))
            .build();
    DynamoDbTable<Letter> letters =
        async
            ? AsyncAsBlocking.of(
                EncryptedDynamoDbEnhancedAsyncClient.of(
                        EncryptedDynamoDbAsyncClient.builder()
                            .client(rawAsync)
                            .table(encryption)
                            .build())
                    .table(LETTERS, schema))
            : EncryptedDynamoDbEnhancedClient.of(
                    EncryptedDynamoDbClient.builder().client(raw).table(encryption).build())
                .table(LETTERS, schema);
    letters.createTable();
    return letters;
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("schemasAndClients")
  void attributeInTheContext_isSeenByTheKeyringAndReadable(
      TableSchema<Letter> schema, boolean async) {
    DynamoDbTable<Letter> letters = table(schema, async);

    letters.putItem(Letter.of("1", "acme", "Dear Ann"));

    assertThat(keyring.seen.get())
        .containsEntry("id", AttributeValue.fromS("1"))
        .containsEntry("tenant", AttributeValue.fromS("acme"))
        .doesNotContainKey("text");
    assertThat(stored().get("tenant")).isEqualTo(AttributeValue.fromS("acme"));
    assertThat(stored().get("text").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(letters.getItem(KEY)).usingRecursiveComparison().isEqualTo(letter("Dear Ann"));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("schemasAndClients")
  void update_ofAnAttributeInTheContext_sealsTheItemInTheNewOne(
      TableSchema<Letter> schema, boolean async) {
    DynamoDbTable<Letter> letters = table(schema, async);
    letters.putItem(Letter.of("1", "other", "Dear Ann"));

    letters.updateItem(Letter.of("1", "acme", "Dear Bob"));

    assertThat(keyring.seen.get()).containsEntry("tenant", AttributeValue.fromS("acme"));
    assertThat(letters.getItem(KEY)).usingRecursiveComparison().isEqualTo(letter("Dear Bob"));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("schemasAndClients")
  void attributeInTheContext_changedByOthers_isRefused(TableSchema<Letter> schema, boolean async) {
    DynamoDbTable<Letter> letters = table(schema, async);
    letters.putItem(Letter.of("1", "acme", "Dear Ann"));

    raw.updateItem(
        update ->
            update
                .tableName(LETTERS)
                .key(Map.of("id", AttributeValue.fromS("1")))
                .updateExpression("SET tenant = :t")
                .expressionAttributeValues(Map.of(":t", AttributeValue.fromS("other"))));

    assertThatThrownBy(() -> letters.getItem(KEY))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("'Letters'");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("schemasAndClients")
  void objectWithoutTheAttributeInTheContext_isRefusedByName(
      TableSchema<Letter> schema, boolean async) {
    DynamoDbTable<Letter> letters = table(schema, async);

    assertThatThrownBy(() -> letters.putItem(Letter.of("1", null, "Dear Ann")))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("tenant")
        .hasMessageContaining("SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT");
  }

  private static Letter letter(String text) {
    return Letter.of("1", "acme", text);
  }

  private Map<String, AttributeValue> stored() {
    return raw.getItem(get -> get.tableName(LETTERS).key(Map.of("id", AttributeValue.fromS("1"))))
        .item();
  }
}
