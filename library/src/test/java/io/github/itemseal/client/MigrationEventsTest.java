package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.RecordedEvents;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * What a listener is told of a table on its way from plaintext over DDBEC to DBE: one item of each
 * is in it, read by every operation of both clients.
 */
class MigrationEventsTest {
  private static final String NEW = "opened DBE";
  private static final String OLD = "opened DDBEC old";
  private static final String PLAINTEXT = "opened plaintext plaintext old";

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient plain;
  private static DynamoDbAsyncClient plainAsync;

  private final RecordedEvents events = new RecordedEvents();
  private final TableEncryption migrating =
      TableEncryption.of(TableInfo.of(PEOPLE, TableIndex.of("id")))
          .actions(
              AttributeActions.encryptAndSign()
                  .with("city", CryptoAction.SIGN_ONLY)
                  .with("note", CryptoAction.DO_NOTHING))
          .writes(StoredFormat.DBE.format())
          .reads(StoredFormat.DBE.format(), StoredFormat.DDBEC.format(), Plaintext.readable())
          .listener(events)
          .build();

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
    plainAsync = DYNAMO_DB.asyncClient();
    TestTables.create(plain, PEOPLE);
  }

  @BeforeEach
  void fillTable() {
    plain.putItem(request -> request.tableName(PEOPLE).item(person("plaintext")));
    put(StoredFormat.DDBEC, person("old"));
    put(StoredFormat.DBE, person("new"));
  }

  private static void put(StoredFormat format, Map<String, AttributeValue> item) {
    EncryptedDynamoDbClient.builder()
        .client(plain)
        .table(format.encryption())
        .build()
        .putItem(request -> request.tableName(PEOPLE).item(item));
  }

  private DynamoDbClient client(boolean async) {
    return async
        ? AsyncAsBlocking.of(
            EncryptedDynamoDbAsyncClient.builder().client(plainAsync).table(migrating).build())
        : EncryptedDynamoDbClient.builder().client(plain).table(migrating).build();
  }

  private static Map<String, AttributeValue> person(String id) {
    return Map.of("id", AttributeValue.fromS(id), "ssn", AttributeValue.fromS("1"));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  @ParameterizedTest(name = "async={0}")
  @ValueSource(booleans = {false, true})
  void reads_ofEachFormat_areToldAsNewOldOrPlaintext(boolean async) {
    DynamoDbClient client = client(async);
    client.getItem(r -> r.tableName(PEOPLE).key(key("new")));
    client.getItem(r -> r.tableName(PEOPLE).key(key("old")));
    client.getItem(r -> r.tableName(PEOPLE).key(key("plaintext")));
    assertThat(events.drain()).containsExactly(NEW, OLD, PLAINTEXT);

    client.scan(r -> r.tableName(PEOPLE));
    assertThat(events.drain()).containsExactlyInAnyOrder(NEW, OLD, PLAINTEXT);

    client.query(
        r ->
            r.tableName(PEOPLE)
                .keyConditionExpression("id = :id")
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("old"))));
    assertThat(events.drain()).containsExactly(OLD);

    client.batchGetItem(
        r ->
            r.requestItems(
                Map.of(
                    PEOPLE,
                    KeysAndAttributes.builder().keys(key("old"), key("plaintext")).build())));
    assertThat(events.drain()).containsExactlyInAnyOrder(OLD, PLAINTEXT);

    client.transactGetItems(
        r ->
            r.transactItems(
                g -> g.get(Get.builder().tableName(PEOPLE).key(key("plaintext")).build()),
                g -> g.get(Get.builder().tableName(PEOPLE).key(key("new")).build())));
    assertThat(events.drain()).containsExactlyInAnyOrder(PLAINTEXT, NEW);
  }

  @ParameterizedTest(name = "async={0}")
  @ValueSource(booleans = {false, true})
  void writes_overTheOldItem_areToldOnceSealedAndOnceOpened(boolean async) {
    DynamoDbClient client = client(async);
    client.putItem(r -> r.tableName(PEOPLE).item(person("old")).returnValues(ReturnValue.ALL_OLD));
    assertThat(events.drain()).containsExactly("sealed DBE", OLD);
    client.deleteItem(
        r -> r.tableName(PEOPLE).key(key("plaintext")).returnValues(ReturnValue.ALL_OLD));
    assertThat(events.drain()).containsExactly(PLAINTEXT);
    client.getItem(r -> r.tableName(PEOPLE).key(key("old")));
    assertThat(events.drain()).as("rewritten").containsExactly(NEW);
  }

  @ParameterizedTest(name = "async={0}")
  @ValueSource(booleans = {false, true})
  void safeUpdate_ofTheOldItem_isToldAsAnOldRead(boolean async) {
    if (async) {
      EncryptedDynamoDbAsyncClient.builder()
          .client(plainAsync)
          .table(migrating)
          .build()
          .table(PEOPLE)
          .update(key("old"), MigrationEventsTest::changed)
          .join();
    } else {
      EncryptedDynamoDbClient.builder()
          .client(plain)
          .table(migrating)
          .build()
          .table(PEOPLE)
          .update(key("old"), MigrationEventsTest::changed);
    }
    assertThat(events.drain()).containsExactly(OLD, "sealed DBE");
  }

  private static Map<String, AttributeValue> changed(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    changed.put("ssn", AttributeValue.fromS("2"));
    return changed;
  }

  @ParameterizedTest(name = "async={0}")
  @ValueSource(booleans = {false, true})
  void itemThatDoesNotVerify_isToldWithItsReasonAndNotAsRead(boolean async) {
    plain.updateItem(
        r ->
            r.tableName(PEOPLE)
                .key(key("new"))
                .updateExpression("SET city = :c")
                .expressionAttributeValues(Map.of(":c", AttributeValue.fromS("Oslo"))));
    assertThatThrownBy(() -> client(async).getItem(r -> r.tableName(PEOPLE).key(key("new"))))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
    assertThat(events.drain()).isEqualTo(List.of("failed DECRYPT " + FailureReason.NOT_AUTHENTIC));
  }
}
