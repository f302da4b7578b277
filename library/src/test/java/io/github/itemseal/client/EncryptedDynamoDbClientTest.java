package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The operations with items, against DynamoDB Local; the table is described by the client. */
class EncryptedDynamoDbClientTest {
  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient plain;

  private EncryptedDynamoDbClient client;

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
  }

  @BeforeEach
  void createTable() {
    TestTables.create(plain, PEOPLE);
    client =
        EncryptedDynamoDbClient.builder()
            .client(plain)
            .table(TestTables.encryption(TableInfo.named(PEOPLE)))
            .build();
  }

  @AfterEach
  void deleteTable() {
    plain.deleteTable(request -> request.tableName(PEOPLE));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> person(String id, String city) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "city", AttributeValue.fromS(city),
        "email", AttributeValue.fromS(id + "@example.com"),
        "ssn", AttributeValue.fromS("ssn-of-" + id),
        "age", AttributeValue.fromN("41"),
        "note", AttributeValue.fromS("free text"));
  }

  private void put(Map<String, AttributeValue> item) {
    client.putItem(request -> request.tableName(PEOPLE).item(item));
  }

  private Map<String, AttributeValue> stored(String id) {
    return plain.getItem(request -> request.tableName(PEOPLE).key(key(id))).item();
  }

  private void tamper(String id, String name, AttributeValue value) {
    Map<String, AttributeValue> item = new HashMap<>(stored(id));
    item.put(name, value);
    plain.putItem(request -> request.tableName(PEOPLE).item(item));
  }

  @Test
  void putItem_thenGetItem_storesCiphertextAndReturnsPlaintext() {
    put(person("ann", "Oslo"));

    Map<String, AttributeValue> stored = stored("ann");
    assertThat(stored)
        .containsEntry("id", AttributeValue.fromS("ann"))
        .containsEntry("city", AttributeValue.fromS("Oslo"))
        .containsEntry("email", AttributeValue.fromS("ann@example.com")) // key of an index
        .containsEntry("note", AttributeValue.fromS("free text"))
        .containsKeys("*amzn-ddb-map-desc*", "*amzn-ddb-map-sig*");
    assertThat(stored.get("ssn").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(stored.get("age").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(client.getItem(request -> request.tableName(PEOPLE).key(key("ann"))).item())
        .isEqualTo(person("ann", "Oslo"));
  }

  @Test
  void getItem_nothingThere_hasNoItem() {
    assertThat(client.getItem(request -> request.tableName(PEOPLE).key(key("nobody"))).hasItem())
        .isFalse();
  }

  @Test
  void putItem_returningOldItem_returnsPlaintext() {
    put(person("ann", "Oslo"));
    assertThat(
            client
                .putItem(
                    request ->
                        request
                            .tableName(PEOPLE)
                            .item(person("ann", "Rome"))
                            .returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(person("ann", "Oslo"));
  }

  @Test
  void putItem_conditionFails_throwsTheSdksExceptionWithPlaintextImage() {
    put(person("ann", "Oslo"));
    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                client.putItem(
                    request ->
                        request
                            .tableName(PEOPLE)
                            .item(person("ann", "Rome"))
                            .conditionExpression("attribute_not_exists(id)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertThat(failure.item()).isEqualTo(person("ann", "Oslo"));
    assertThat(failure.statusCode()).isEqualTo(400);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("ConditionalCheckFailedException");
  }

  @Test
  void putItem_conditionFailsOnItemThatCannotBeOpened_leavesTheImageOut() {
    plain.putItem(request -> request.tableName(PEOPLE).item(person("eve", "Oslo")));
    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                client.putItem(
                    request ->
                        request
                            .tableName(PEOPLE)
                            .item(person("eve", "Rome"))
                            .conditionExpression("attribute_not_exists(id)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertThat(failure.hasItem()).isFalse();
    assertThat(failure.getSuppressed()).singleElement().isInstanceOf(ForbiddenItemException.class);
  }

  @Test
  void deleteItem_returningOldItem_returnsPlaintextAndDeletes() {
    put(person("ann", "Oslo"));
    assertThat(
            client
                .deleteItem(
                    request ->
                        request
                            .tableName(PEOPLE)
                            .key(key("ann"))
                            .conditionExpression("city = :c")
                            .expressionAttributeValues(Map.of(":c", AttributeValue.fromS("Oslo")))
                            .returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(person("ann", "Oslo"));
    assertThat(stored("ann")).isEmpty();
  }

  @Test
  void query_throughIndexWithFilterOnReadableAttributes_returnsPlaintext() {
    put(person("ann", "Oslo"));
    put(person("bob", "Oslo"));
    put(person("cay", "Rome"));
    assertThat(
            client
                .query(
                    request ->
                        request
                            .tableName(PEOPLE)
                            .indexName("byCity")
                            .keyConditionExpression("city = :c")
                            .filterExpression("note = :n")
                            .expressionAttributeValues(
                                Map.of(
                                    ":c", AttributeValue.fromS("Oslo"),
                                    ":n", AttributeValue.fromS("free text"))))
                .items())
        .containsExactlyInAnyOrder(person("ann", "Oslo"), person("bob", "Oslo"));
  }

  @Test
  void query_counting_returnsCountWithoutItems() {
    put(person("ann", "Oslo"));
    var response =
        client.query(
            request ->
                request
                    .tableName(PEOPLE)
                    .keyConditionExpression("id = :i")
                    .expressionAttributeValues(Map.of(":i", AttributeValue.fromS("ann")))
                    .select(Select.COUNT));
    assertThat(response.count()).isEqualTo(1);
    assertThat(response.items()).isEmpty();
  }

  @Test
  void scanPaginator_severalPages_returnsEveryItemInPlaintext() {
    for (int i = 0; i < 25; i++) {
      put(person("p" + i, "Oslo"));
    }
    var pages = client.scanPaginator(request -> request.tableName(PEOPLE).limit(4));
    assertThat(pages.stream().count()).isGreaterThan(6);
    assertThat(pages.items()).hasSize(25).allSatisfy(item -> assertThat(item).containsKey("ssn"));
    assertThat(pages.items())
        .allSatisfy(item -> assertThat(item).isEqualTo(person(item.get("id").s(), "Oslo")));
  }

  @Test
  void queryPaginator_severalPages_returnsEveryItemInPlaintext() {
    for (int i = 0; i < 9; i++) {
      put(person("p" + i, "Oslo"));
    }
    assertThat(
            client
                .queryPaginator(
                    request ->
                        request
                            .tableName(PEOPLE)
                            .indexName("byCity")
                            .limit(2)
                            .keyConditionExpression("city = :c")
                            .expressionAttributeValues(Map.of(":c", AttributeValue.fromS("Oslo"))))
                .items())
        .hasSize(9)
        .allSatisfy(item -> assertThat(item).isEqualTo(person(item.get("id").s(), "Oslo")));
  }

  @Test
  void batchWriteItem_thenBatchGetItem_roundTrips() {
    put(person("old", "Rome"));
    client.batchWriteItem(
        request ->
            request.requestItems(
                Map.of(
                    PEOPLE,
                    List.of(
                        write(person("ann", "Oslo")),
                        write(person("bob", "Rome")),
                        WriteRequest.builder()
                            .deleteRequest(DeleteRequest.builder().key(key("old")).build())
                            .build()))));
    assertThat(stored("ann").get("ssn").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(stored("old")).isEmpty();
    var response =
        client.batchGetItem(
            request ->
                request.requestItems(
                    Map.of(
                        PEOPLE,
                        KeysAndAttributes.builder()
                            .keys(key("ann"), key("bob"), key("nobody"))
                            .build())));
    assertThat(response.responses().get(PEOPLE))
        .containsExactlyInAnyOrder(person("ann", "Oslo"), person("bob", "Rome"));
  }

  private static WriteRequest write(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  @Test
  void getItem_signedAttributeChanged_throwsAuthentication() {
    put(person("ann", "Oslo"));
    tamper("ann", "city", AttributeValue.fromS("Rome"));
    assertThatThrownBy(() -> client.getItem(request -> request.tableName(PEOPLE).key(key("ann"))))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("item of table 'People' failed authentication");
  }

  @Test
  void getItem_unprotectedAttributeChanged_isRead() {
    put(person("ann", "Oslo"));
    tamper("ann", "note", AttributeValue.fromS("changed"));
    assertThat(client.getItem(request -> request.tableName(PEOPLE).key(key("ann"))).item())
        .containsEntry("note", AttributeValue.fromS("changed"));
  }

  @Test
  void scan_plaintextItemAmongOthers_throwsForbidden() {
    put(person("ann", "Oslo"));
    plain.putItem(request -> request.tableName(PEOPLE).item(person("eve", "Oslo")));
    assertThatThrownBy(() -> client.scan(request -> request.tableName(PEOPLE)))
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.PLAINTEXT_FORBIDDEN))
        .hasMessageContaining("is plaintext");
  }

  @Test
  void updateTable_addsIndex_itsKeyStaysEncrypted() {
    put(person("ann", "Oslo"));
    assertThat(stored("ann").get("age").type()).isEqualTo(AttributeValue.Type.B);
    client.updateTable(
        request ->
            request
                .tableName(PEOPLE)
                .attributeDefinitions(a -> a.attributeName("age").attributeType("N"))
                .globalSecondaryIndexUpdates(
                    update ->
                        update.create(
                            index ->
                                index
                                    .indexName("byAge")
                                    .keySchema(k -> k.attributeName("age").keyType("HASH"))
                                    .projection(p -> p.projectionType("ALL")))));
    assertThatThrownBy(() -> put(person("bob", "Oslo")))
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.INDEX_KEY_ENCRYPTED))
        .hasMessageContaining("attribute 'age' of table 'People' is a key of the index 'byAge'");
    assertThat(stored("bob")).isEmpty();
  }

  @Test
  void tableHelpers_putGetDeleteAndItems_work() {
    EncryptedTable table = client.table(PEOPLE);
    table.putItem(person("ann", "Oslo"));
    table.putItem(person("bob", "Oslo"));
    assertThat(table.getItem(key("ann"))).contains(person("ann", "Oslo"));
    assertThat(table.items()).hasSize(2);
    assertThat(table.batchWriteItem(List.of(write(person("cay", "Rome"))))).isEmpty();
    assertThat(table.batchGetItem(List.of(key("cay"), key("nobody"))))
        .containsExactly(person("cay", "Rome"));
    table.deleteItem(key("ann"));
    assertThat(table.getItem(key("ann"))).isEmpty();

    EncryptedResource resource = EncryptedResource.of(client);
    assertThat(resource.tables()).extracting(EncryptedTable::name).containsExactly(PEOPLE);
    assertThat(
            resource
                .batchGetItem(
                    BatchGetItemRequest.builder()
                        .requestItems(
                            Map.of(PEOPLE, KeysAndAttributes.builder().keys(key("bob")).build()))
                        .build())
                .responses()
                .get(PEOPLE))
        .containsExactly(person("bob", "Oslo"));
  }
}
