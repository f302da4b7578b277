package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.IndexProjection;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.SecondaryIndex;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What is refused before anything is sent. */
class RequestRefusalTest {
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("1"));
  private static final Map<String, AttributeValue> VALUES =
      Map.of(":v", AttributeValue.fromS("secret-value"));

  private final RecordingDynamoDb recorder =
      new RecordingDynamoDb()
          .answer(QueryRequest.class, q -> QueryResponse.builder().build())
          .answer(DeleteItemRequest.class, d -> DeleteItemResponse.builder().build());
  private final EncryptedDynamoDbClient client =
      EncryptedDynamoDbClient.builder()
          .client(recorder)
          .table(
              TestTables.encryption(
                  TableInfo.of(
                      PEOPLE,
                      TableIndex.of("id"),
                      SecondaryIndex.global("byCity", TableIndex.of("city"), IndexProjection.all()),
                      SecondaryIndex.global(
                          "byEmail", TableIndex.of("email"), IndexProjection.keysOnly()))))
          .passThrough("Log")
          .build();

  private void assertRefused(FailureReason reason, String text, ThrowingCallable call) {
    int before = recorder.calls().size();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UnsupportedRequestException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(text)
        .hasMessageNotContaining("secret-value");
    assertThat(recorder.calls()).hasSize(before);
  }

  @AfterEach
  void nothingWasSentThatWasRefused() {
    assertThat(recorder.calls()).noneMatch(call -> call.toString().contains("secret-value"));
  }

  private void query(Consumer<QueryRequest.Builder> request) {
    client.query(request.andThen(builder -> builder.tableName(PEOPLE)));
  }

  @Test
  void putItem_conditionOnEncryptedAttribute_isRefused() {
    assertRefused(
        FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
        "condition touches the encrypted attribute 'ssn' of table 'People'",
        () ->
            client.putItem(
                request ->
                    request
                        .tableName(PEOPLE)
                        .item(KEY)
                        .conditionExpression("attribute_not_exists(id) OR #s = :v")
                        .expressionAttributeNames(Map.of("#s", "ssn"))
                        .expressionAttributeValues(VALUES)));
  }

  @Test
  void deleteItem_legacyConditionOnEncryptedAttribute_isRefused() {
    assertRefused(
        FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
        "attribute 'ssn'",
        () ->
            client.deleteItem(
                request ->
                    request
                        .tableName(PEOPLE)
                        .key(KEY)
                        .expected(
                            Map.of(
                                "ssn",
                                ExpectedAttributeValue.builder()
                                    .value(VALUES.get(":v"))
                                    .build()))));
  }

  @Test
  void query_filterOnNameThatBeginsLikeAKeyword_isRefused() {
    // "notes" is the encrypted attribute, not NOT and something else.
    assertRefused(
        FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
        "filter touches the encrypted attribute 'notes'",
        () ->
            query(
                q ->
                    q.keyConditionExpression("id = :i")
                        .filterExpression("notes = :v")
                        .expressionAttributeValues(VALUES)));
  }

  @Test
  void query_legacyFilterOnEncryptedAttribute_isRefused() {
    assertRefused(
        FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
        "'ssn'",
        () ->
            query(
                q ->
                    q.queryFilter(
                        Map.of(
                            "ssn",
                            Condition.builder().attributeValueList(VALUES.get(":v")).build()))));
  }

  @Test
  void query_unreadableExpression_isRefused() {
    assertRefused(
        FailureReason.EXPRESSION_INVALID,
        "cannot be read: the character at 5 has no place in it",
        () -> query(q -> q.keyConditionExpression("id = 'i'")));
  }

  @Test
  void query_existenceOfEncryptedAttribute_isSent() {
    query(
        q ->
            q.keyConditionExpression("id = :i")
                .filterExpression("attribute_exists(ssn) AND attribute_not_exists(#n)")
                .expressionAttributeNames(Map.of("#n", "notes")));
    Condition missing = Condition.builder().comparisonOperator("NULL").build();
    query(q -> q.queryFilter(Map.of("ssn", missing)));
    assertThat(recorder.calls()).hasSize(2);
  }

  @Test
  void query_typeOrPartOfEncryptedAttribute_isRefused() {
    for (String filter :
        List.of("attribute_type(ssn, :v)", "attribute_exists(ssn.year)", "size(ssn) > :v")) {
      assertRefused(
          FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
          "It can say whether the attribute exists",
          () -> query(q -> q.filterExpression(filter).expressionAttributeValues(VALUES)));
    }
  }

  @Test
  void deleteItem_legacyExpectationOnEncryptedAttribute_isSentIfItHasNoValue() {
    ExpectedAttributeValue absent = ExpectedAttributeValue.builder().exists(false).build();
    ExpectedAttributeValue equal =
        absent.toBuilder().comparisonOperator("NULL").value(VALUES.get(":v")).build();
    client.deleteItem(d -> d.tableName(PEOPLE).key(KEY).expected(Map.of("ssn", absent)));
    assertThat(recorder.calls()).hasSize(1);
    assertRefused(
        FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
        "Expected condition touches the encrypted attribute 'ssn'",
        () -> client.deleteItem(d -> d.tableName(PEOPLE).key(KEY).expected(Map.of("ssn", equal))));
  }

  @Test
  void query_undefinedPlaceholder_isDynamoDbsToRefuse() {
    query(q -> q.keyConditionExpression("#x = :i"));
    assertThat(recorder.calls()).hasSize(1);
  }

  @Test
  void reads_ofPartsOfItems_areRefused() {
    FailureReason reason = FailureReason.PARTIAL_ITEMS_REQUESTED;
    String text = "parts of items of table 'People' cannot be verified";
    assertRefused(
        reason,
        text,
        () -> client.getItem(g -> g.tableName(PEOPLE).key(KEY).projectionExpression("id")));
    assertRefused(
        reason,
        text,
        () -> client.getItem(g -> g.tableName(PEOPLE).key(KEY).attributesToGet("id")));
    assertRefused(reason, text, () -> query(q -> q.projectionExpression("id")));
    assertRefused(
        reason, text, () -> client.scan(s -> s.tableName(PEOPLE).projectionExpression("id")));
    assertRefused(
        reason,
        text,
        () ->
            client.batchGetItem(
                BatchGetItemRequest.builder()
                    .requestItems(
                        Map.of(
                            PEOPLE,
                            KeysAndAttributes.builder()
                                .keys(List.of(KEY))
                                .projectionExpression("id")
                                .build()))
                    .build()));
  }

  @Test
  void query_throughPartialIndex_isRefusedUnlessItCounts() {
    assertRefused(
        FailureReason.PARTIAL_ITEMS_REQUESTED,
        "index 'byEmail' of table 'People' does not hold whole items: any attribute that is left out",
        () -> query(q -> q.indexName("byEmail").keyConditionExpression("email = :e")));
    query(q -> q.indexName("byEmail").keyConditionExpression("email = :e").select(Select.COUNT));
    query(q -> q.indexName("byCity").keyConditionExpression("city = :e"));
    assertThat(recorder.calls()).hasSize(2);
  }

  @Test
  void anyOperation_onUnknownTable_isRefused() {
    FailureReason reason = FailureReason.TABLE_NOT_CONFIGURED;
    String text = "Table 'Other' has no table encryption";
    assertRefused(reason, text, () -> client.putItem(p -> p.tableName("Other").item(KEY)));
    assertRefused(reason, text, () -> client.getItem(g -> g.tableName("Other").key(KEY)));
    assertRefused(reason, text, () -> client.deleteItem(d -> d.tableName("Other").key(KEY)));
    assertRefused(reason, text, () -> client.updateItem(u -> u.tableName("Other").key(KEY)));
    assertRefused(reason, text, () -> client.table("Other"));
    assertRefused(
        reason,
        text,
        () ->
            client.batchWriteItem(
                BatchWriteItemRequest.builder()
                    .requestItems(Map.of(PEOPLE, List.of(put(KEY)), "Other", List.of(put(KEY))))
                    .build()));
  }

  @Test
  void transactWriteItems_oneUpdateOfProtectedAttribute_isRefused() {
    assertRefused(
        FailureReason.OPERATION_REFUSED,
        "touches the protected attributes 'ssn', which it cannot sign anew",
        () ->
            client.transactWriteItems(
                t ->
                    t.transactItems(
                        item -> item.put(p -> p.tableName("Log").item(KEY)),
                        item ->
                            item.update(
                                u ->
                                    u.tableName(
                                            "arn:aws:dynamodb:eu-west-1:000000000000:table/People")
                                        .key(KEY)
                                        .updateExpression("SET ssn = :v")
                                        .expressionAttributeValues(VALUES)))));
  }

  @Test
  void putItem_itemThatIsEncryptedAlready_throwsForbidden() {
    assertThatThrownBy(
            () ->
                client.putItem(
                    p ->
                        p.tableName(PEOPLE)
                            .item(
                                Map.of(
                                    "id", AttributeValue.fromS("1"),
                                    "*amzn-ddb-map-sig*", AttributeValue.fromS("x")))))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("'*amzn-ddb-map-sig*' of table 'People' bears a name reserved");
    assertThat(recorder.calls()).isEmpty();
  }

  @Test
  void batchWriteItem_oneBadItem_sendsNothing() {
    assertThatThrownBy(
            () ->
                client.batchWriteItem(
                    BatchWriteItemRequest.builder()
                        .requestItems(
                            Map.of(
                                PEOPLE,
                                List.of(
                                    put(KEY), put(Map.of("ssn", AttributeValue.fromS("no key"))))))
                        .build()))
        .isInstanceOfSatisfying(
            MalformedItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_ATTRIBUTE_MISSING))
        .hasMessageContaining("key attribute 'id' of table 'People' is missing");
    assertThat(recorder.calls()).isEmpty();
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  @Test
  void anyOperation_withoutTableName_isRefused() {
    FailureReason reason = FailureReason.REQUEST_INCOMPLETE;
    String text = "names no table";
    assertRefused(reason, text, () -> client.putItem(p -> p.item(KEY)));
    assertRefused(reason, text, () -> client.getItem(g -> g.key(KEY)));
    assertRefused(reason, text, () -> client.deleteItem(d -> d.key(KEY)));
    assertRefused(reason, text, () -> client.query(q -> {}));
    assertRefused(reason, text, () -> client.scan(s -> {}));
    assertRefused(reason, text, () -> client.updateItem(u -> u.key(KEY)));
    assertRefused(reason, text, () -> client.importTable(i -> {}));
  }

  @Test
  void transactions_elementOfWhichTheTableIsUnknown_areRefused() {
    FailureReason reason = FailureReason.REQUEST_INCOMPLETE;
    String text = "names no table";
    assertRefused(reason, text, () -> client.transactWriteItems(t -> t.transactItems(item -> {})));
    assertRefused(
        reason,
        text,
        () ->
            client.transactWriteItems(
                t ->
                    t.transactItems(
                        item -> item.put(p -> p.tableName("Log").item(KEY)),
                        item -> item.put(p -> p.item(VALUES)))));
    assertRefused(
        reason,
        text,
        () -> client.transactWriteItems(t -> t.transactItems((TransactWriteItem) null)));
    assertRefused(reason, text, () -> client.transactGetItems(t -> t.transactItems(item -> {})));
  }

  @Test
  void batchWriteItem_javaNullAmongTheWrites_isRefused() {
    assertRefused(
        FailureReason.REQUEST_INCOMPLETE,
        "table 'People' has a Java null among its writes",
        () ->
            client.batchWriteItem(
                b -> b.requestItems(Map.of(PEOPLE, Collections.singletonList(null)))));
  }

  @Test
  void keys_withAnEncryptedAttribute_areRefused() {
    FailureReason reason = FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE;
    Map<String, AttributeValue> key = Map.of("id", KEY.get("id"), "ssn", VALUES.get(":v"));
    String text = "key touches the encrypted attribute 'ssn'";
    assertRefused(reason, text, () -> client.getItem(g -> g.tableName(PEOPLE).key(key)));
    assertRefused(reason, text, () -> client.deleteItem(d -> d.tableName(PEOPLE).key(key)));
    assertRefused(reason, text, () -> query(q -> q.exclusiveStartKey(key)));
    assertRefused(reason, text, () -> client.scan(s -> s.tableName(PEOPLE).exclusiveStartKey(key)));
    for (int length : List.of(0, 17, 32)) { // ciphertext is in the keys of an index only
      Map<String, AttributeValue> binary =
          Map.of(
              "id",
              KEY.get("id"),
              "ssn",
              AttributeValue.fromB(SdkBytes.fromByteArray(new byte[length])));
      assertRefused(
          reason,
          "start key touches the encrypted attribute 'ssn'",
          () -> query(q -> q.exclusiveStartKey(binary)));
      assertRefused(
          reason,
          "start key touches the encrypted attribute 'ssn'",
          () -> client.scan(s -> s.tableName(PEOPLE).exclusiveStartKey(binary)));
    }
    Map<String, KeysAndAttributes> get =
        Map.of(PEOPLE, KeysAndAttributes.builder().keys(key).build());
    assertRefused(reason, text, () -> client.batchGetItem(b -> b.requestItems(get)));
    WriteRequest delete = WriteRequest.builder().deleteRequest(d -> d.key(key)).build();
    assertRefused(
        reason,
        text,
        () -> client.batchWriteItem(b -> b.requestItems(Map.of(PEOPLE, List.of(delete)))));
  }

  @Test
  void query_conditionOnTheFormatsOwnAttribute_isSent() {
    query(
        q ->
            q.filterExpression("attribute_exists(#s)")
                .expressionAttributeNames(Map.of("#s", "*amzn-ddb-map-sig*")));
    assertThat(recorder.calls()).hasSize(1);
  }
}
