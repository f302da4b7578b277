package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What both clients promise, against DynamoDB Local. */
abstract class ClientContract {
  private static final String LOG = "Log";

  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  static DynamoDbClient plain;

  private final List<ItemsealException> unreadable = new CopyOnWriteArrayList<>();
  private DynamoDbClient client;

  /** The client under test, over {@link #DYNAMO_DB}; the handler may be null. */
  abstract DynamoDbClient client(UnreadableItemHandler handler, String passThrough);

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
  }

  @BeforeEach
  void createTables() {
    TestTables.create(plain, PEOPLE);
    TestTables.create(plain, LOG);
    client = client(null, LOG);
  }

  @AfterEach
  void deleteTables() {
    plain.deleteTable(request -> request.tableName(PEOPLE));
    plain.deleteTable(request -> request.tableName(LOG));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> person(String id, String note) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "city", AttributeValue.fromS("Oslo"),
        "ssn", AttributeValue.fromS("ssn-of-" + id),
        "note", AttributeValue.fromS(note));
  }

  private void put(Map<String, AttributeValue> item) {
    client.putItem(request -> request.tableName(PEOPLE).item(item));
  }

  private Map<String, AttributeValue> read(String id) {
    return client.getItem(request -> request.tableName(PEOPLE).key(key(id))).item();
  }

  private Map<String, AttributeValue> stored(String id) {
    return plain.getItem(request -> request.tableName(PEOPLE).key(key(id))).item();
  }

  private static Consumer<UpdateItemRequest.Builder> setNote(String id) {
    return request ->
        request
            .tableName(PEOPLE)
            .key(key(id))
            .updateExpression("SET note = :n")
            .expressionAttributeValues(Map.of(":n", AttributeValue.fromS("new")));
  }

  // ---- updates ----

  @Test
  void updateItem_ofUnsignedAttribute_changesItAndTheItemStillVerifies() {
    put(person("ann", "old"));
    assertThat(
            client
                .updateItem(setNote("ann").andThen(r -> r.returnValues(ReturnValue.UPDATED_OLD)))
                .attributes())
        .isEqualTo(Map.of("note", AttributeValue.fromS("old")));
    assertThat(read("ann")).isEqualTo(person("ann", "new"));
  }

  @Test
  void updateItem_returningWholeItem_returnsPlaintext() {
    put(person("ann", "old"));
    assertThat(
            client
                .updateItem(setNote("ann").andThen(r -> r.returnValues(ReturnValue.ALL_NEW)))
                .attributes())
        .isEqualTo(person("ann", "new"));
    assertThat(
            client
                .updateItem(setNote("ann").andThen(r -> r.returnValues(ReturnValue.ALL_OLD)))
                .attributes())
        .isEqualTo(person("ann", "new"));
  }

  @Test
  void updateItem_noSuchItem_throwsAndCreatesNothing() {
    assertThatThrownBy(() -> client.updateItem(setNote("nobody")))
        .isInstanceOfSatisfying(
            ItemUpdateException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.ITEM_ABSENT))
        .hasMessageContaining("There is no such item of table 'People' to update");
    assertThat(stored("nobody")).isEmpty();
  }

  @Test
  void updateItem_noSuchItemAndConditionThatCouldHold_throwsAbsent() {
    assertThatThrownBy(
            () ->
                client.updateItem(
                    setNote("nobody")
                        .andThen(r -> r.conditionExpression("attribute_not_exists(id)"))))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("cannot create one");
  }

  @Test
  void updateItem_noSuchItemAndConditionThatCannotHold_throwsTheSdksException() {
    assertThatThrownBy(
            () ->
                client.updateItem(
                    setNote("nobody").andThen(r -> r.conditionExpression("attribute_exists(id)"))))
        .isInstanceOf(ConditionalCheckFailedException.class)
        .hasMessageContaining("conditional request failed");
  }

  @Test
  void updateItem_ownConditionFails_throwsTheSdksExceptionWithTheImageThatWasAskedFor() {
    put(person("ann", "old"));
    Consumer<UpdateItemRequest.Builder> update =
        setNote("ann").andThen(r -> r.conditionExpression("note = :n OR city = :n"));
    ConditionalCheckFailedException without =
        catchThrowableOfType(
            ConditionalCheckFailedException.class, () -> client.updateItem(update));
    assertThat(without.hasItem()).isFalse();
    ConditionalCheckFailedException with =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                client.updateItem(
                    update.andThen(
                        r ->
                            r.returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD))));
    assertThat(with.item()).isEqualTo(person("ann", "old"));
  }

  @Test
  void updateItem_plaintextItem_throwsForbidden() {
    plain.putItem(request -> request.tableName(PEOPLE).item(person("eve", "old")));
    assertThatThrownBy(() -> client.updateItem(setNote("eve")))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("is plaintext");
    assertThat(stored("eve")).isEqualTo(person("eve", "old"));
  }

  @Test
  void updateItem_legacyUpdates_areGuardedToo() {
    put(person("ann", "old"));
    Map<String, AttributeValueUpdate> updates =
        Map.of(
            "note",
            AttributeValueUpdate.builder()
                .action(AttributeAction.PUT)
                .value(AttributeValue.fromS("new"))
                .build());
    client.updateItem(r -> r.tableName(PEOPLE).key(key("ann")).attributeUpdates(updates));
    assertThat(read("ann")).isEqualTo(person("ann", "new"));
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r -> r.tableName(PEOPLE).key(key("nobody")).attributeUpdates(updates)))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("no such item");
    assertThat(stored("nobody")).isEmpty();
  }

  @Test
  void updateItem_ofProtectedAttributes_isRefusedNamingThem() {
    for (String expression :
        List.of(
            "SET ssn = :n",
            "SET note = ssn",
            "SET note = if_not_exists(#s, :n)",
            "REMOVE note, city",
            "set note = :n add ssn :n",
            "SET note = :n DELETE ssn.part :n")) {
      assertThatThrownBy(
              () ->
                  client.updateItem(
                      r ->
                          r.tableName(PEOPLE)
                              .key(key("ann"))
                              .updateExpression(expression)
                              .expressionAttributeNames(Map.of("#s", "ssn"))
                              .expressionAttributeValues(
                                  Map.of(":n", AttributeValue.fromS("secret-value")))))
          .as(expression)
          .isInstanceOf(UnsupportedRequestException.class)
          .hasMessageContaining("EncryptedTable.update")
          .hasMessageContaining(expression.contains("city") ? "'city'" : "'ssn'")
          .hasMessageNotContaining("secret-value");
    }
  }

  // ---- transactions ----

  @Test
  void transactWriteItems_thenTransactGetItems_storesCiphertextAndReturnsPlaintext() {
    put(person("ann", "old"));
    put(person("bob", "old"));
    client.transactWriteItems(
        r ->
            r.transactItems(
                part(p -> p.put(Put.builder().tableName(PEOPLE).item(person("cay", "n")).build())),
                part(
                    p ->
                        p.update(
                            Update.builder()
                                .tableName(PEOPLE)
                                .key(key("ann"))
                                .updateExpression("SET note = :n")
                                .expressionAttributeValues(
                                    Map.of(":n", AttributeValue.fromS("new")))
                                .build())),
                part(p -> p.delete(Delete.builder().tableName(PEOPLE).key(key("bob")).build()))));
    assertThat(stored("cay").get("ssn").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(
            client
                .transactGetItems(r -> r.transactItems(get("ann"), get("bob"), get("cay")))
                .responses())
        .extracting(response -> response.item())
        .containsExactly(person("ann", "new"), Map.of(), person("cay", "n"));
  }

  private static TransactWriteItem part(Consumer<TransactWriteItem.Builder> part) {
    return TransactWriteItem.builder().applyMutation(part).build();
  }

  private static TransactGetItem get(String id) {
    return TransactGetItem.builder()
        .get(Get.builder().tableName(PEOPLE).key(key(id)).build())
        .build();
  }

  @Test
  void transactWriteItems_conditionFails_cancellationReasonsHoldPlaintext() {
    put(person("ann", "old"));
    TransactionCanceledException cancelled =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                client.transactWriteItems(
                    r ->
                        r.transactItems(
                            part(
                                p ->
                                    p.put(
                                        Put.builder()
                                            .tableName(LOG)
                                            .item(person("x", "n"))
                                            .build())),
                            part(
                                p ->
                                    p.put(
                                        Put.builder()
                                            .tableName(PEOPLE)
                                            .item(person("ann", "n"))
                                            .conditionExpression("attribute_not_exists(id)")
                                            .returnValuesOnConditionCheckFailure(
                                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                                            .build())))));
    assertThat(cancelled.cancellationReasons().get(0).code()).isEqualTo("None");
    assertThat(cancelled.cancellationReasons().get(1).item()).isEqualTo(person("ann", "old"));
  }

  @Test
  void transactWriteItems_updateOfNobody_createsNothing() {
    assertThatThrownBy(
            () ->
                client.transactWriteItems(
                    r ->
                        r.transactItems(
                            part(
                                p ->
                                    p.update(
                                        Update.builder()
                                            .tableName(PEOPLE)
                                            .key(key("nobody"))
                                            .updateExpression("SET note = :n")
                                            .expressionAttributeValues(
                                                Map.of(":n", AttributeValue.fromS("new")))
                                            .build())))))
        .isInstanceOf(TransactionCanceledException.class)
        .hasMessageContaining("ConditionalCheckFailed")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        ItemUpdateException.class,
                        told -> assertThat(told.reason()).isEqualTo(FailureReason.ITEM_ABSENT)));
    assertThat(stored("nobody")).isEmpty();
  }

  // ---- pages ----

  @Test
  void scan_unreadableItemWithHandler_isLeftOutAndTold() {
    client = client((table, item, reason) -> unreadable.add(reason), LOG);
    put(person("ann", "old"));
    plain.putItem(request -> request.tableName(PEOPLE).item(person("eve", "old")));
    var page = client.scan(r -> r.tableName(PEOPLE));
    assertThat(page.items()).containsExactly(person("ann", "old"));
    assertThat(page.count()).isEqualTo(2);
    assertThat(unreadable)
        .singleElement()
        .isInstanceOf(ForbiddenItemException.class)
        .extracting(ItemsealException::reason)
        .isEqualTo(FailureReason.PLAINTEXT_FORBIDDEN);
    assertThatThrownBy(() -> read("eve"))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("is plaintext");
  }

  @Test
  void scan_unreadableItemWithoutHandler_failsTheCall() {
    plain.putItem(request -> request.tableName(PEOPLE).item(person("eve", "old")));
    assertThatThrownBy(() -> client.scan(r -> r.tableName(PEOPLE)))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("is plaintext");
  }

  @Test
  void putItem_metadata_isTheSdksOwn() {
    var response =
        client.putItem(
            r ->
                r.tableName(PEOPLE)
                    .item(person("ann", "old"))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(response.sdkHttpResponse().statusCode()).isEqualTo(200);
    assertThat(response.responseMetadata().requestId()).isNotEqualTo("UNKNOWN");
    assertThat(response.consumedCapacity().tableName()).isEqualTo(PEOPLE);
  }

  // ---- PartiQL ----

  @Test
  void executeStatement_onTableLetThrough_isRun() {
    client.executeStatement(r -> r.statement("INSERT INTO \"Log\" VALUE {'id': '1', 'a': 'b'}"));
    assertThat(
            client.executeStatement(r -> r.statement("SELECT * FROM Log WHERE id = '1'")).items())
        .hasSize(1);
  }

  @Test
  void executeStatement_onProtectedTable_isRefused() {
    assertThatThrownBy(() -> client.executeStatement(r -> r.statement("SELECT * FROM \"People\"")))
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining("executeStatement is refused on the protected table 'People'");
  }
}
