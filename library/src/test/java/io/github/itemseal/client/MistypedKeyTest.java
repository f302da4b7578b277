package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.IndexProjection;
import io.github.itemseal.SecondaryIndex;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A slip in the name of a key is answered with the names of the keys, never with SIGN_ONLY. */
class MistypedKeyTest {
  private static final Map<String, AttributeValue> KEY =
      Map.of("idd", AttributeValue.fromS("secret-value"));

  private final RecordingDynamoDb recorder = new RecordingDynamoDb();
  private final EncryptedDynamoDbClient client =
      EncryptedDynamoDbClient.builder()
          .client(recorder)
          .table(
              TestTables.encryption(
                  TableInfo.of(
                      PEOPLE,
                      TableIndex.of("id", "number"),
                      SecondaryIndex.global(
                          "byCity", TableIndex.of("city"), IndexProjection.all()))))
          .build();

  private void assertSaid(String expected, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining("touches the encrypted attribute 'idd' of table 'People'")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("SIGN_ONLY")
        .hasMessageNotContaining("secret-value");
    assertThat(recorder.calls()).isEmpty();
  }

  private QueryRequest.Builder query() {
    return QueryRequest.builder()
        .tableName(PEOPLE)
        .keyConditionExpression("idd = :i")
        .expressionAttributeValues(Map.of(":i", KEY.get("idd")));
  }

  @Test
  void keys_ofEveryOperation_nameTheKeysOfTheTable() {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("getItem", () -> client.getItem(r -> r.tableName(PEOPLE).key(KEY)));
    calls.put("deleteItem", () -> client.deleteItem(r -> r.tableName(PEOPLE).key(KEY)));
    calls.put(
        "updateItem",
        () -> client.updateItem(r -> r.tableName(PEOPLE).key(KEY).updateExpression("REMOVE note")));
    calls.put(
        "batchGetItem",
        () ->
            client.batchGetItem(
                r ->
                    r.requestItems(Map.of(PEOPLE, KeysAndAttributes.builder().keys(KEY).build()))));
    calls.put(
        "batchWriteItem",
        () ->
            client.batchWriteItem(
                r ->
                    r.requestItems(
                        Map.of(
                            PEOPLE,
                            List.of(
                                WriteRequest.builder().deleteRequest(d -> d.key(KEY)).build())))));
    calls.put(
        "transactGetItems",
        () ->
            client.transactGetItems(
                r ->
                    r.transactItems(
                        TransactGetItem.builder()
                            .get(Get.builder().tableName(PEOPLE).key(KEY).build())
                            .build())));
    for (TransactWriteItem part :
        List.of(
            TransactWriteItem.builder()
                .delete(Delete.builder().tableName(PEOPLE).key(KEY).build())
                .build(),
            TransactWriteItem.builder()
                .update(
                    Update.builder()
                        .tableName(PEOPLE)
                        .key(KEY)
                        .updateExpression("REMOVE note")
                        .build())
                .build(),
            TransactWriteItem.builder()
                .conditionCheck(
                    ConditionCheck.builder()
                        .tableName(PEOPLE)
                        .key(KEY)
                        .conditionExpression("attribute_exists(id)")
                        .build())
                .build())) {
      calls.put(part.toString(), () -> client.transactWriteItems(r -> r.transactItems(part)));
    }
    calls.put("update", () -> client.table(PEOPLE).update(KEY, item -> item));
    calls.put(
        "updateAll",
        () ->
            EncryptedResource.of(client)
                .updateAll(List.of(ItemUpdate.of(PEOPLE, KEY, item -> item).build())));
    calls
        .values()
        .forEach(
            call -> assertSaid("no key of this table ('id' and 'number'). Check the name", call));
  }

  @Test
  void startKeys_withNoKeyAmongThem_nameTheKeysOfTableAndIndex() {
    assertSaid(
        "no key of this table ('id' and 'number')",
        () -> client.scan(r -> r.tableName(PEOPLE).exclusiveStartKey(KEY)));
    assertSaid(
        "no key of this table or the index 'byCity' ('id' and 'number' and 'city')",
        () -> client.scan(r -> r.tableName(PEOPLE).indexName("byCity").exclusiveStartKey(KEY)));
    assertSaid(
        "no key of this table ('id' and 'number')",
        () ->
            client.query(
                r ->
                    r.tableName(PEOPLE)
                        .keyConditionExpression("id = :i")
                        .expressionAttributeValues(Map.of(":i", KEY.get("idd")))
                        .exclusiveStartKey(KEY)));
  }

  @Test
  void query_conditionOnNoKey_namesTheKeysOfTableOrIndex() {
    assertSaid("no key of this table ('id' and 'number')", () -> client.query(query().build()));
    assertSaid(
        "no key of the index 'byCity' ('city')",
        () -> client.query(query().indexName("byCity").build()));
    assertSaid(
        "no key of this table ('id' and 'number')",
        () ->
            client.query(
                r ->
                    r.tableName(PEOPLE)
                        .keyConditions(
                            Map.of(
                                "idd",
                                Condition.builder()
                                    .comparisonOperator("EQ")
                                    .attributeValueList(KEY.get("idd"))
                                    .build()))));
  }
}
