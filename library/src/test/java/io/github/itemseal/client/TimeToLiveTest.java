package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.RecordedEvents;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;

/** Items do not expire by an encrypted attribute: that is said, not found out years later. */
@Timeout(60)
class TimeToLiveTest {
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("1"));
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", KEY.get("id"), "expires", AttributeValue.fromN("1900000000"));

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private final RecordedEvents events = new RecordedEvents();
  private final DynamoDbProbe probe = new DynamoDbProbe();

  @BeforeEach
  void createTable() {
    TestTables.create(DYNAMO_DB.client(), PEOPLE);
  }

  /** DynamoDB Local fails later requests of others if it still expires items of a deleted table. */
  @AfterEach
  void deleteTable() {
    if (TimeToLive.attributeIn(
            DYNAMO_DB.client().describeTimeToLive(request -> request.tableName(PEOPLE)))
        .isPresent()) {
      turnOn(DYNAMO_DB.client(), false);
    }
    DYNAMO_DB.client().deleteTable(request -> request.tableName(PEOPLE));
  }

  private TableEncryption encryption(TableInfo table, AttributeActions actions) {
    return TableEncryption.of(table)
        .actions(actions.withIndexKeys("city", "email"))
        .writes(Ddbec.using(TestTables.provider()))
        .listener(events)
        .build();
  }

  private TableEncryption encryption(AttributeActions actions) {
    return encryption(TableInfo.named(PEOPLE), actions);
  }

  private EncryptedDynamoDbClient client(AttributeActions actions) {
    return EncryptedDynamoDbClient.builder()
        .client(probe.watch(DYNAMO_DB.client()))
        .table(encryption(actions))
        .build();
  }

  private EncryptedDynamoDbAsyncClient asyncClient(AttributeActions actions) {
    return EncryptedDynamoDbAsyncClient.builder()
        .client(probe.watch(DYNAMO_DB.asyncClient()))
        .table(encryption(actions))
        .build();
  }

  private static void turnOn(DynamoDbClient client, boolean enabled) {
    client.updateTimeToLive(
        r ->
            r.tableName(PEOPLE)
                .timeToLiveSpecification(s -> s.attributeName("expires").enabled(enabled)));
  }

  @Test
  void updateTimeToLive_byAnEncryptedAttribute_isRefusedWithTheFix() {
    EncryptedDynamoDbClient client = client(AttributeActions.encryptAndSign());
    assertThatThrownBy(() -> turnOn(client, true))
        .isInstanceOfSatisfying(
            UnsupportedRequestException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.TIME_TO_LIVE_ENCRYPTED))
        .hasMessageContaining("encrypted attribute 'expires' of table 'People'")
        .hasMessageContaining("SIGN_ONLY or DO_NOTHING");
    EncryptedDynamoDbAsyncClient async = asyncClient(AttributeActions.encryptAndSign());
    assertThatThrownBy(
            () ->
                async
                    .updateTimeToLive(
                        r ->
                            r.tableName(PEOPLE)
                                .timeToLiveSpecification(
                                    s -> s.attributeName("expires").enabled(true)))
                    .join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(UnsupportedRequestException.class);
  }

  @Test
  void updateTimeToLive_byAReadableAttributeOrAKey_isSent() {
    turnOn(client(AttributeActions.encryptAndSign().with("expires", CryptoAction.SIGN_ONLY)), true);
    assertThat(
            DYNAMO_DB
                .client()
                .describeTimeToLive(r -> r.tableName(PEOPLE))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("expires");
    client(AttributeActions.encryptAndSign())
        .updateTimeToLive(
            r ->
                r.tableName(PEOPLE)
                    .timeToLiveSpecification(s -> s.attributeName("expires").enabled(false)));
  }

  @Test
  void putItem_tableExpiresByAnEncryptedAttribute_isRefusedAndTold() {
    turnOn(DYNAMO_DB.client(), true);
    EncryptedDynamoDbClient client = client(AttributeActions.encryptAndSign());
    client.putItem(r -> r.tableName(PEOPLE).item(KEY)); // never meant to expire
    assertThatThrownBy(() -> client.putItem(r -> r.tableName(PEOPLE).item(ITEM)))
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.TIME_TO_LIVE_ENCRYPTED))
        .hasMessageContaining("attribute 'expires' of table 'People' says when items expire")
        .hasMessageContaining("ENCRYPT_AND_SIGN, and they never do");
    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(KEY)).item()).isEqualTo(KEY);
    assertThat(events.drain()).contains("needed expires TIME_TO_LIVE");
  }

  @Test
  void putItem_async_isRefusedToo() {
    turnOn(DYNAMO_DB.client(), true);
    EncryptedDynamoDbAsyncClient client = asyncClient(AttributeActions.encryptAndSign());
    client.getItem(r -> r.tableName(PEOPLE).key(KEY)).join();
    assertThatThrownBy(() -> client.putItem(r -> r.tableName(PEOPLE).item(ITEM)).join())
        .hasCauseInstanceOf(ForbiddenItemException.class);
  }

  @Test
  void putItem_encryptedByName_isWrittenAndTold() {
    turnOn(DYNAMO_DB.client(), true);
    client(AttributeActions.encryptAndSign().with("expires", CryptoAction.ENCRYPT_AND_SIGN))
        .putItem(r -> r.tableName(PEOPLE).item(ITEM));
    assertThat(events.drain()).contains("needed expires TIME_TO_LIVE");
  }

  @Test
  void putItem_timeToLiveMayNotBeDescribed_worksAndTellsOnce() {
    turnOn(DYNAMO_DB.client(), true);
    probe.fail("describeTimeToLive", DynamoDbProbe.serviceError("AccessDeniedException"));
    EncryptedDynamoDbClient client = client(AttributeActions.encryptAndSign());
    client.putItem(r -> r.tableName(PEOPLE).item(ITEM));
    client.refreshTable(PEOPLE);
    client.putItem(r -> r.tableName(PEOPLE).item(ITEM));
    assertThat(events.drain()).containsOnlyOnce("time to live unknown AccessDeniedException");
  }

  @Test
  void putItem_noAnswerInTime_isUnknownToBothClients() {
    turnOn(DYNAMO_DB.client(), true);
    probe.fail("describeTimeToLive", ApiCallTimeoutException.create(2000));
    client(AttributeActions.encryptAndSign()).putItem(r -> r.tableName(PEOPLE).item(ITEM));
    asyncClient(AttributeActions.encryptAndSign())
        .putItem(r -> r.tableName(PEOPLE).item(ITEM))
        .join();
    assertThat(events.drain())
        .filteredOn(line -> line.startsWith("time to live"))
        .containsExactly(
            "time to live unknown ApiCallTimeoutException",
            "time to live unknown ApiCallTimeoutException");
    assertThat(probe.requests())
        .filteredOn(DescribeTimeToLiveRequest.class::isInstance)
        .hasSize(2)
        .allMatch(
            request -> request.overrideConfiguration().orElseThrow().apiCallTimeout().isPresent());
  }

  @Test
  void putItem_interruptedWhileAsking_endsAndTheNextCallAsksAgain() {
    turnOn(DYNAMO_DB.client(), true);
    probe.fail("describeTimeToLive", AbortedException.create("Interrupted."));
    EncryptedDynamoDbClient client = client(AttributeActions.encryptAndSign());
    assertThatThrownBy(() -> client.putItem(r -> r.tableName(PEOPLE).item(KEY)))
        .isInstanceOf(AbortedException.class);
    probe.heal();
    assertThatThrownBy(() -> client.putItem(r -> r.tableName(PEOPLE).item(ITEM)))
        .isInstanceOf(ForbiddenItemException.class);
    assertThat(events.drain()).noneMatch(line -> line.startsWith("time to live unknown"));
  }

  @Test
  void putItem_turnedOffElsewhere_isWrittenOnceTheTableIsDescribedAnew() {
    turnOn(DYNAMO_DB.client(), true);
    EncryptedDynamoDbClient client = client(AttributeActions.encryptAndSign());
    assertThatThrownBy(() -> client.putItem(r -> r.tableName(PEOPLE).item(ITEM)))
        .isInstanceOf(ForbiddenItemException.class);
    turnOn(DYNAMO_DB.client(), false);
    assertThatThrownBy( // an unknown index: the table is described anew
            () -> client.scan(r -> r.tableName(PEOPLE).indexName("none")))
        .isInstanceOf(RuntimeException.class);
    client.putItem(r -> r.tableName(PEOPLE).item(ITEM));
  }

  @Test
  void putItem_nothingIsEncrypted_asksNothing() {
    client(AttributeActions.withDefault(CryptoAction.SIGN_ONLY))
        .putItem(r -> r.tableName(PEOPLE).item(ITEM));
    assertThat(probe.count(DescribeTimeToLiveRequest.class)).isZero();
  }

  @Test
  void encryptItem_timeToLiveGivenByTheProgram_isRefused() {
    TableInfo table = TableInfo.of(PEOPLE, TableIndex.of("id")).withTimeToLive("expires");
    ItemEncryptor encryptor =
        ItemEncryptor.of(encryption(table, AttributeActions.encryptAndSign()));
    assertThatThrownBy(() -> encryptor.encryptItem(ITEM))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("'expires'");
  }
}
