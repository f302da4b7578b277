package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.TableInfo;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table that is not there is told as a plain client tells it, from every operation. */
class AbsentTableTest {
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("1"));

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static EncryptedDynamoDbClient client() {
    return EncryptedDynamoDbClient.builder()
        .client(DYNAMO_DB.client())
        .table(TestTables.encryption(TableInfo.named(PEOPLE)))
        .build();
  }

  private static EncryptedDynamoDbAsyncClient asyncClient() {
    return EncryptedDynamoDbAsyncClient.builder()
        .client(DYNAMO_DB.asyncClient())
        .table(TestTables.encryption(TableInfo.named(PEOPLE)))
        .build();
  }

  private static List<WriteRequest> writes() {
    return List.of(
        WriteRequest.builder().putRequest(PutRequest.builder().item(KEY).build()).build());
  }

  private static KeysAndAttributes keys() {
    return KeysAndAttributes.builder().keys(KEY).build();
  }

  private static List<TransactWriteItem> transactWrites() {
    return List.of(
        TransactWriteItem.builder().put(Put.builder().tableName(PEOPLE).item(KEY).build()).build());
  }

  private static TransactGetItem transactGet() {
    return TransactGetItem.builder().get(Get.builder().tableName(PEOPLE).key(KEY).build()).build();
  }

  private static Map<String, Consumer<EncryptedDynamoDbClient>> calls() {
    Map<String, Consumer<EncryptedDynamoDbClient>> calls = new LinkedHashMap<>();
    calls.put("putItem", c -> c.putItem(r -> r.tableName(PEOPLE).item(KEY)));
    calls.put("getItem", c -> c.getItem(r -> r.tableName(PEOPLE).key(KEY)));
    calls.put("deleteItem", c -> c.deleteItem(r -> r.tableName(PEOPLE).key(KEY)));
    calls.put(
        "updateItem",
        c -> c.updateItem(r -> r.tableName(PEOPLE).key(KEY).updateExpression("REMOVE note")));
    calls.put("query", c -> c.query(r -> r.tableName(PEOPLE).keyConditionExpression("id = :i")));
    calls.put("query of an index", c -> c.query(r -> r.tableName(PEOPLE).indexName("byCity")));
    calls.put("scan", c -> c.scan(r -> r.tableName(PEOPLE)));
    calls.put(
        "scanPaginator", c -> c.scanPaginator(r -> r.tableName(PEOPLE)).items().forEach(i -> {}));
    calls.put("batchGetItem", c -> c.batchGetItem(r -> r.requestItems(Map.of(PEOPLE, keys()))));
    calls.put(
        "batchWriteItem", c -> c.batchWriteItem(r -> r.requestItems(Map.of(PEOPLE, writes()))));
    calls.put("transactGetItems", c -> c.transactGetItems(r -> r.transactItems(transactGet())));
    calls.put(
        "transactWriteItems", c -> c.transactWriteItems(r -> r.transactItems(transactWrites())));
    calls.put(
        "transactWriteItems, others",
        c ->
            c.transactWriteItems(
                r ->
                    r.transactItems(
                        i -> i.delete(Delete.builder().tableName(PEOPLE).key(KEY).build()),
                        i ->
                            i.conditionCheck(
                                ConditionCheck.builder()
                                    .tableName(PEOPLE)
                                    .key(KEY)
                                    .conditionExpression("attribute_exists(id)")
                                    .build()))));
    calls.put("describeTable", c -> c.describeTable(r -> r.tableName(PEOPLE)));
    calls.put("update", c -> c.table(PEOPLE).update(KEY, item -> item));
    calls.put(
        "updateAll",
        c ->
            EncryptedResource.of(c)
                .updateAll(List.of(ItemUpdate.of(PEOPLE, KEY, item -> item).build())));
    return calls;
  }

  private static Map<String, Function<EncryptedDynamoDbAsyncClient, CompletableFuture<?>>>
      asyncCalls() {
    Map<String, Function<EncryptedDynamoDbAsyncClient, CompletableFuture<?>>> calls =
        new LinkedHashMap<>();
    calls.put("putItem", c -> c.putItem(r -> r.tableName(PEOPLE).item(KEY)));
    calls.put("getItem", c -> c.getItem(r -> r.tableName(PEOPLE).key(KEY)));
    calls.put("deleteItem", c -> c.deleteItem(r -> r.tableName(PEOPLE).key(KEY)));
    calls.put("scan", c -> c.scan(r -> r.tableName(PEOPLE)));
    calls.put(
        "scanPaginator", c -> c.scanPaginator(r -> r.tableName(PEOPLE)).items().subscribe(i -> {}));
    calls.put("query of an index", c -> c.query(r -> r.tableName(PEOPLE).indexName("byCity")));
    calls.put("batchGetItem", c -> c.batchGetItem(r -> r.requestItems(Map.of(PEOPLE, keys()))));
    calls.put(
        "batchWriteItem", c -> c.batchWriteItem(r -> r.requestItems(Map.of(PEOPLE, writes()))));
    calls.put("transactGetItems", c -> c.transactGetItems(r -> r.transactItems(transactGet())));
    calls.put(
        "transactWriteItems", c -> c.transactWriteItems(r -> r.transactItems(transactWrites())));
    calls.put("update", c -> c.table(PEOPLE).update(KEY, item -> item));
    return calls;
  }

  @Test
  void everyOperation_tableIsNotThere_throwsWhatAPlainClientThrows() {
    calls()
        .forEach(
            (name, call) ->
                assertThatThrownBy(() -> call.accept(client()))
                    .as(name)
                    .isInstanceOf(ResourceNotFoundException.class));
  }

  @Test
  void everyOperation_async_completesWithWhatAPlainClientCompletesWith() {
    asyncCalls()
        .forEach(
            (name, call) ->
                assertThatThrownBy(() -> call.apply(asyncClient()).join())
                    .as(name)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ResourceNotFoundException.class));
  }

  @Test
  void putItem_programMakesTheTableThen_works() {
    EncryptedDynamoDbClient client = client();
    try {
      client.putItem(r -> r.tableName(PEOPLE).item(KEY));
    } catch (ResourceNotFoundException e) {
      TestTables.create(client, PEOPLE);
      client.putItem(r -> r.tableName(PEOPLE).item(KEY));
    }
    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(KEY)).item()).isEqualTo(KEY);
    DYNAMO_DB.client().deleteTable(r -> r.tableName(PEOPLE));
  }
}
