package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.TableUnavailableException;
import io.github.itemseal.materials.AsyncCryptographicMaterialsProvider;
import io.github.itemseal.testing.Threads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tables found by name and ARN, described once, let through; requests left alone. */
class TableHandlingTest {
  private static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/" + PEOPLE;

  private final RecordingDynamoDb recorder =
      new RecordingDynamoDb()
          .answer(PutItemRequest.class, request -> PutItemResponse.builder().build())
          .answer(
              DescribeTableRequest.class,
              request ->
                  DescribeTableResponse.builder()
                      .table(
                          table ->
                              table.keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)))
                      .build());

  private EncryptedDynamoDbClient clientOf(TableInfo table) {
    return EncryptedDynamoDbClient.builder()
        .client(recorder)
        .table(TestTables.encryption(table))
        .passThrough("Log")
        .build();
  }

  private static Map<String, AttributeValue> person(String id) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("id", AttributeValue.fromS(id));
    item.put("ssn", AttributeValue.fromS("secret-value"));
    return item;
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  private List<PutItemRequest> puts() {
    return recorder.calls().stream()
        .filter(PutItemRequest.class::isInstance)
        .map(PutItemRequest.class::cast)
        .toList();
  }

  @Test
  void putItem_tableByArn_isEncrypted() {
    clientOf(TableInfo.of(PEOPLE, TableIndex.of("id")))
        .putItem(request -> request.tableName(ARN).item(person("1")));
    assertThat(puts()).singleElement().extracting(PutItemRequest::tableName).isEqualTo(ARN);
    assertThat(puts().get(0).item().get("ssn").type()).isEqualTo(AttributeValue.Type.B);
  }

  @Test
  void putItem_tableLetThrough_isSentAsItIs() {
    clientOf(TableInfo.of(PEOPLE, TableIndex.of("id")))
        .putItem(request -> request.tableName("Log").item(person("1")));
    assertThat(puts().get(0).item()).isEqualTo(person("1"));
  }

  @Test
  void putItem_callersRequest_isNotChanged() {
    Map<String, AttributeValue> item = person("1");
    PutItemRequest request = PutItemRequest.builder().tableName(PEOPLE).item(item).build();
    clientOf(TableInfo.named(PEOPLE)).putItem(request);
    assertThat(item).isEqualTo(person("1"));
    assertThat(request.item()).isEqualTo(person("1"));
  }

  @Test
  void putItem_fromManyThreads_describesTheTableOnce() throws Exception {
    EncryptedDynamoDbClient client = clientOf(TableInfo.named(PEOPLE));
    Threads.each(64, thread -> client.putItem(r -> r.tableName(PEOPLE).item(person("p" + thread))));
    assertThat(puts()).hasSize(64);
    assertThat(recorder.calls()).filteredOn(DescribeTableRequest.class::isInstance).hasSize(1);
  }

  @Test
  void putItem_afterRefreshTable_describesAgain() {
    EncryptedDynamoDbClient client = clientOf(TableInfo.named(PEOPLE));
    client.table(PEOPLE).putItem(person("1"));
    client.table(PEOPLE).putItem(person("2"));
    client.refreshTable(PEOPLE);
    client.table(PEOPLE).putItem(person("3"));
    assertThat(recorder.calls()).filteredOn(DescribeTableRequest.class::isInstance).hasSize(2);
  }

  @Test
  void putItem_describeEndsWithAnError_leavesNobodyWaitingAndAsksAgainNextTime() {
    AtomicInteger asked = new AtomicInteger();
    RecordingDynamoDb broken =
        new RecordingDynamoDb()
            .answer(PutItemRequest.class, request -> PutItemResponse.builder().build())
            .answer(
                DescribeTableRequest.class,
                request -> {
                  if (asked.getAndIncrement() == 0) {
                    throw new NoClassDefFoundError("a broken class path");
                  }
                  return DescribeTableResponse.builder()
                      .table(t -> t.keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)))
                      .build();
                });
    EncryptedDynamoDbClient client =
        EncryptedDynamoDbClient.builder()
            .client(broken)
            .table(TestTables.encryption(TableInfo.named(PEOPLE)))
            .build();
    assertThatThrownBy(() -> client.table(PEOPLE).putItem(person("1")))
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("a broken class path");
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> client.table(PEOPLE).putItem(person("2")));
    assertThat(asked).hasValue(2);
  }

  @Test
  void putItem_describeDenied_namesThePermissionAndAsksAgainNextTime() {
    recorder.answer(
        DescribeTableRequest.class,
        request -> {
          throw DynamoDbException.builder()
              .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
              .build();
        });
    EncryptedDynamoDbClient client = clientOf(TableInfo.named(PEOPLE));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> client.table(PEOPLE).putItem(person("1")))
          .isInstanceOfSatisfying(
              TableUnavailableException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.DESCRIBE_TABLE_DENIED))
          .hasMessageContaining("permission dynamodb:DescribeTable is missing")
          .hasCauseInstanceOf(DynamoDbException.class);
    }
    assertThat(puts()).isEmpty();
    assertThat(recorder.calls()).hasSize(2);
  }

  @Test
  void batchWriteItem_unprocessedPuts_comeBackAsTheCallersPlaintext() {
    recorder.answer(
        BatchWriteItemRequest.class,
        request -> {
          Map<String, List<WriteRequest>> unprocessed = new LinkedHashMap<>();
          request
              .requestItems()
              .forEach((table, writes) -> unprocessed.put(table, writes.subList(1, 3)));
          return BatchWriteItemResponse.builder().unprocessedItems(unprocessed).build();
        });
    WriteRequest delete =
        WriteRequest.builder()
            .deleteRequest(d -> d.key(Map.of("id", AttributeValue.fromS("4"))))
            .build();
    List<WriteRequest> writes =
        List.of(put(person("1")), put(person("2")), delete, put(person("3")));
    BatchWriteItemRequest request =
        BatchWriteItemRequest.builder().requestItems(Map.of(ARN, writes, "Log", writes)).build();

    BatchWriteItemResponse response =
        clientOf(TableInfo.of(PEOPLE, TableIndex.of("id"))).batchWriteItem(request);

    List<WriteRequest> sent =
        ((BatchWriteItemRequest) recorder.calls().get(0)).requestItems().get(ARN);
    assertThat(sent.toString()).doesNotContain("secret-value");
    assertThat(response.unprocessedItems())
        .isEqualTo(
            Map.of(
                ARN, List.of(put(person("2")), delete), "Log", List.of(put(person("2")), delete)));
    assertThat(request.requestItems().get(ARN)).isEqualTo(writes);
  }

  @Test
  void build_sameTableTwice_throws() {
    assertThatThrownBy(
            () ->
                EncryptedDynamoDbClient.builder()
                    .client(recorder)
                    .table(TestTables.encryption(TableInfo.named(PEOPLE)))
                    .table(TestTables.encryption(TableInfo.named(PEOPLE))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'People' is configured twice");
  }

  @Test
  void build_tableBothEncryptedAndLetThrough_throws() {
    assertThatThrownBy(
            () ->
                EncryptedDynamoDbClient.builder()
                    .client(recorder)
                    .table(TestTables.encryption(TableInfo.named(PEOPLE)))
                    .passThrough(PEOPLE)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both encrypted and let through");
  }

  @Test
  void tableInfo_namedByArn_throws() {
    assertThatThrownBy(() -> TableInfo.named(ARN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known by its name, not its ARN");
  }

  @Test
  void build_tableEncryptedAndLetThroughByArn_throws() {
    assertThatThrownBy(
            () ->
                EncryptedDynamoDbClient.builder()
                    .client(recorder)
                    .table(TestTables.encryption(TableInfo.named(PEOPLE)))
                    .passThrough(ARN)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both encrypted and let through");
  }

  @Test
  void table_byArn_findsAnswersUnderTheTablesName() {
    recorder.answer(
        BatchWriteItemRequest.class,
        request ->
            BatchWriteItemResponse.builder()
                .unprocessedItems(Map.of(PEOPLE, request.requestItems().get(ARN)))
                .build());
    EncryptedTable table = clientOf(TableInfo.of(PEOPLE, TableIndex.of("id"))).table(ARN);
    assertThat(table.batchWriteItem(List.of(put(person("1"))))).containsExactly(put(person("1")));
  }

  @Test
  void build_keySourceThatIsAsynchronousOnly_throws() {
    AsyncCryptographicMaterialsProvider async = TestTables.provider();
    assertThatThrownBy(
            () ->
                EncryptedDynamoDbClient.builder()
                    .client(recorder)
                    .table(
                        TableEncryption.of(TableInfo.named(PEOPLE))
                            .actions(AttributeActions.encryptAndSign())
                            .writes(Ddbec.using(async))
                            .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("asynchronously only");
  }

  @Test
  void updateTable_whileTheOldDescriptionIsRead_isNotForgotten() {
    EncryptedDynamoDbClient client = clientOf(TableInfo.named(PEOPLE));
    recorder.answer(
        UpdateTableRequest.class,
        request -> {
          client.table(PEOPLE).putItem(person("1")); // describes the table as it was
          return UpdateTableResponse.builder().build();
        });
    client.updateTable(request -> request.tableName(PEOPLE));
    client.table(PEOPLE).putItem(person("2"));
    assertThat(recorder.calls()).filteredOn(DescribeTableRequest.class::isInstance).hasSize(2);
  }

  @Test
  void query_newIndexButAnotherPrimaryKey_isRefusedUntilRefreshed() {
    EncryptedDynamoDbClient client = clientOf(TableInfo.named(PEOPLE));
    client.table(PEOPLE).putItem(person("1"));
    recorder.answer(
        DescribeTableRequest.class,
        request ->
            DescribeTableResponse.builder()
                .table(t -> t.keySchema(key -> key.attributeName("ssn").keyType(KeyType.HASH)))
                .build());
    assertThatThrownBy(() -> client.query(r -> r.tableName(PEOPLE).indexName("unheard-of")))
        .isInstanceOfSatisfying(
            TableUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.TABLE_KEY_CHANGED))
        .hasMessageContaining("call refreshTable");
    assertThatThrownBy(() -> client.table(PEOPLE).putItem(person("2")))
        .isInstanceOf(TableUnavailableException.class)
        .hasMessageContaining("Table 'People' has the key [ssn]");
    assertThat(puts()).hasSize(1);
    client.refreshTable(PEOPLE);
    client.table(PEOPLE).putItem(person("3"));
    assertThat(puts()).hasSize(2);
  }
}
