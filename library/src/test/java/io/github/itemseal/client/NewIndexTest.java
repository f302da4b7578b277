package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.testing.RecordedEvents;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Somebody without keys adds an index over an encrypted attribute of a table in use. */
class NewIndexTest {
  private static final AttributeValue EMAIL = AttributeValue.fromS("ann@example.com");

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private final RecordedEvents events = new RecordedEvents();

  @BeforeEach
  void createTable() {
    DYNAMO_DB
        .client()
        .createTable(
            request ->
                request
                    .tableName(PEOPLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                    .keySchema(k -> k.attributeName("id").keyType("HASH")));
  }

  @AfterEach
  void deleteTable() {
    DYNAMO_DB.client().deleteTable(request -> request.tableName(PEOPLE));
  }

  private static void addIndex(ScalarAttributeType type) {
    DYNAMO_DB
        .client()
        .updateTable(
            request ->
                request
                    .tableName(PEOPLE)
                    .attributeDefinitions(
                        a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("email").attributeType(type))
                    .globalSecondaryIndexUpdates(
                        update ->
                            update.create(
                                index ->
                                    index
                                        .indexName("byEmail")
                                        .keySchema(k -> k.attributeName("email").keyType("HASH"))
                                        .projection(p -> p.projectionType("ALL")))));
  }

  private TableEncryption encryption(StoredFormat format, AttributeActions actions) {
    return TableEncryption.of(TableInfo.named(PEOPLE))
        .actions(actions.with("note", CryptoAction.DO_NOTHING))
        .writes(format.format())
        .listener(events)
        .build();
  }

  private EncryptedDynamoDbClient client(StoredFormat format, AttributeActions actions) {
    return EncryptedDynamoDbClient.builder()
        .client(DYNAMO_DB.client())
        .table(encryption(format, actions))
        .build();
  }

  private EncryptedDynamoDbClient client(StoredFormat format) {
    return client(format, AttributeActions.encryptAndSign());
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> person(String id) {
    Map<String, AttributeValue> item = new HashMap<>(key(id));
    item.put("email", EMAIL);
    item.put("ssn", AttributeValue.fromS("1"));
    return item;
  }

  private static Map<String, AttributeValue> withSsn(Map<String, AttributeValue> item, String ssn) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    changed.put("ssn", AttributeValue.fromS(ssn));
    return changed;
  }

  private static List<Map<String, AttributeValue>> stored() {
    return DYNAMO_DB.client().scan(request -> request.tableName(PEOPLE)).items();
  }

  private static void assertRefused(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.INDEX_KEY_ENCRYPTED))
        .hasMessageContaining("attribute 'email' of table 'People' is a key of the index 'byEmail'")
        .hasMessageContaining("ENCRYPT_AND_SIGN");
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  /** Every way to write an item; none may store the attribute in plaintext, or change an item. */
  private static void assertWritesRefusedAndReadsGoOn(EncryptedDynamoDbClient client) {
    List<Map<String, AttributeValue>> before = stored();
    assertRefused(() -> client.putItem(r -> r.tableName(PEOPLE).item(person("new"))));
    assertRefused(
        () ->
            client.batchWriteItem(r -> r.requestItems(Map.of(PEOPLE, List.of(put(person("n")))))));
    assertRefused(
        () ->
            client.transactWriteItems(
                r ->
                    r.transactItems(
                        TransactWriteItem.builder()
                            .put(Put.builder().tableName(PEOPLE).item(person("n")).build())
                            .build())));
    assertRefused(() -> client.table(PEOPLE).update(key("old"), item -> withSsn(item, "2")));
    assertThat(stored()).isEqualTo(before);

    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(key("old"))).item())
        .isEqualTo(person("old"));
    assertThat(client.scan(r -> r.tableName(PEOPLE)).items()).containsExactly(person("old"));
    assertThatThrownBy(
            () ->
                client.query(
                    r ->
                        r.tableName(PEOPLE)
                            .indexName("byEmail")
                            .keyConditionExpression("email = :e")
                            .expressionAttributeValues(Map.of(":e", EMAIL))))
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining(
            "the encrypted attribute 'email' of table 'People', the key of the index")
        .hasMessageContaining("SIGN_ONLY or DO_NOTHING by name");
    client.deleteItem(r -> r.tableName(PEOPLE).key(key("old")));
    client.table(PEOPLE).putItem(withSsn(key("sparse"), "1")); // does not concern the index
    client.table(PEOPLE).update(key("sparse"), item -> withSsn(item, "2"));
    client.updateItem(
        r ->
            r.tableName(PEOPLE)
                .key(key("sparse"))
                .updateExpression("SET note = :n")
                .expressionAttributeValues(Map.of(":n", AttributeValue.fromS("n"))));
  }

  @ParameterizedTest
  @EnumSource(StoredFormat.class)
  void write_indexAddedBeforeARestart_isRefused(StoredFormat format) {
    client(format).putItem(r -> r.tableName(PEOPLE).item(person("old")));
    addIndex(ScalarAttributeType.S);
    events.drain();
    assertWritesRefusedAndReadsGoOn(client(format));
    assertThat(events.drain())
        .containsOnlyOnce("needed email INDEX_KEY byEmail")
        .contains("failed ENCRYPT INDEX_KEY_ENCRYPTED");
  }

  @ParameterizedTest
  @EnumSource(StoredFormat.class)
  void write_afterAReadThroughTheNewIndex_isRefused(StoredFormat format) {
    EncryptedDynamoDbClient client = client(format);
    client.putItem(r -> r.tableName(PEOPLE).item(person("old")));
    addIndex(ScalarAttributeType.S);
    client.scan(r -> r.tableName(PEOPLE).indexName("byEmail"));
    assertWritesRefusedAndReadsGoOn(client);
  }

  @ParameterizedTest
  @EnumSource(StoredFormat.class)
  void write_withTheAsynchronousClient_isRefused(StoredFormat format) {
    client(format).putItem(r -> r.tableName(PEOPLE).item(person("old")));
    addIndex(ScalarAttributeType.S);
    List<Map<String, AttributeValue>> before = stored();
    EncryptedDynamoDbAsyncClient client =
        EncryptedDynamoDbAsyncClient.builder()
            .client(DYNAMO_DB.asyncClient())
            .table(encryption(format, AttributeActions.encryptAndSign()))
            .build();
    assertThat(client.putItem(r -> r.tableName(PEOPLE).item(person("new"))))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ForbiddenItemException.class)
        .withMessageContaining("key of the index 'byEmail'");
    assertThat(client.table(PEOPLE).update(key("old"), item -> withSsn(item, "2")))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ForbiddenItemException.class);
    assertThat(stored()).isEqualTo(before);
    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(key("old"))).join().item())
        .isEqualTo(person("old"));
  }

  @ParameterizedTest
  @EnumSource(StoredFormat.class)
  void write_indexKeyNamedSignOnly_isThereInPlaintext(StoredFormat format) {
    addIndex(ScalarAttributeType.S);
    EncryptedDynamoDbClient client =
        client(format, AttributeActions.encryptAndSign().withIndexKeys("email"));
    client.putItem(r -> r.tableName(PEOPLE).item(person("ann")));
    assertThat(stored().get(0)).containsEntry("email", EMAIL);
    assertThat(
            client
                .query(
                    r ->
                        r.tableName(PEOPLE)
                            .indexName("byEmail")
                            .keyConditionExpression("email = :e")
                            .expressionAttributeValues(Map.of(":e", EMAIL)))
                .items())
        .containsExactly(person("ann"));
    assertThat(events.drain()).noneMatch(line -> line.startsWith("needed"));
  }

  @ParameterizedTest
  @EnumSource(StoredFormat.class)
  void write_indexKeyNamedEncryptAndSign_goesInAsCiphertext(StoredFormat format) {
    addIndex(ScalarAttributeType.B);
    EncryptedDynamoDbClient client =
        client(
            format, AttributeActions.encryptAndSign().with("email", CryptoAction.ENCRYPT_AND_SIGN));
    client.putItem(r -> r.tableName(PEOPLE).item(person("ann")));
    assertThat(stored().get(0).get("email").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(client.scan(r -> r.tableName(PEOPLE).indexName("byEmail")).items())
        .containsExactly(person("ann"));
  }
}
