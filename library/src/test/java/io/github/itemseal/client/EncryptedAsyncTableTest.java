package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static io.github.itemseal.client.TestTables.PEOPLE_ARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The helpers for one table and for all, of the asynchronous client, on DynamoDB Local. */
@ParameterizedClass
@EnumSource
class EncryptedAsyncTableTest {
  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient plain;
  private static DynamoDbAsyncClient plainAsync;

  @Parameter StoredFormat format;

  private EncryptedDynamoDbAsyncClient client;
  private EncryptedAsyncTable people;

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
    plainAsync = DYNAMO_DB.asyncClient();
  }

  @BeforeEach
  void createTable() {
    TestTables.create(plain, PEOPLE);
    client =
        EncryptedDynamoDbAsyncClient.builder()
            .client(plainAsync)
            .table(format.encryption())
            .build();
    people = client.table(PEOPLE);
  }

  @AfterEach
  void deleteTable() {
    plain.deleteTable(request -> request.tableName(PEOPLE));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> person(String id) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "city", AttributeValue.fromS("Oslo"),
        "ssn", AttributeValue.fromS("ssn-of-" + id));
  }

  private static WriteRequest putting(String id) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(person(id)).build()).build();
  }

  private static WriteRequest deleting(String id) {
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key(id))).build();
  }

  private Map<String, AttributeValue> stored(String id) {
    return plain.getItem(request -> request.tableName(PEOPLE).key(key(id))).item();
  }

  private static <T> List<T> all(SdkPublisher<T> publisher) {
    List<T> items = new ArrayList<>();
    publisher.subscribe(items::add).join();
    return items;
  }

  @Test
  void putGetDelete_byKey_storeCiphertextAndReturnPlaintext() {
    assertThat(people.name()).isEqualTo(PEOPLE);
    assertThat(people.getItem(key("ann")).join()).isEmpty();
    people.putItem(person("ann")).join();
    assertThat(stored("ann")).containsKey(format.signature);
    assertThat(stored("ann").get("ssn").s()).isNull();
    assertThat(people.getItem(key("ann")).join()).contains(person("ann"));
    people.deleteItem(key("ann")).join();
    assertThat(stored("ann")).isEmpty();
  }

  @Test
  void putGetDelete_byRequest_nameTheTableThemselves() {
    people.putItem(request -> request.item(person("ann")).tableName("another")).join();
    assertThat(
            people.getItem(request -> request.key(key("ann")).consistentRead(true)).join().item())
        .isEqualTo(person("ann"));
    DeleteItemResponse deleted =
        people
            .deleteItem(request -> request.key(key("ann")).returnValues(ReturnValue.ALL_OLD))
            .join();
    assertThat(deleted.attributes()).isEqualTo(person("ann"));
  }

  @Test
  void batches_ofOneTable_writeDeleteAndRead() {
    List<WriteRequest> puts = IntStream.range(0, 25).mapToObj(i -> putting("p" + i)).toList();
    assertThat(people.batchWriteItem(puts).join()).as("unprocessed").isEmpty();
    assertThat(people.batchWriteItem(List.of(deleting("p3"), putting("p25"))).join()).isEmpty();
    assertThat(stored("p25")).containsKey(format.signature);
    List<Map<String, AttributeValue>> keys =
        IntStream.range(0, 30).mapToObj(i -> key("p" + i)).toList();
    assertThat(all(people.batchGetItem(keys)))
        .hasSize(25)
        .contains(person("p0"), person("p25"))
        .doesNotContain(person("p3"));
    assertThat(all(client.table(PEOPLE_ARN).batchGetItem(keys))).as("by PEOPLE_ARN").hasSize(25);
  }

  @Test
  void pages_ofQueryScanAndItems_areAllThere() {
    people.batchWriteItem(IntStream.range(0, 10).mapToObj(i -> putting("p" + i)).toList()).join();
    assertThat(all(people.scan(request -> request.limit(3)))).hasSizeGreaterThanOrEqualTo(4);
    assertThat(all(people.scan(request -> request.limit(3)).items())).hasSize(10);
    assertThat(all(people.items())).hasSize(10).contains(person("p7"));
    assertThat(
            all(
                people
                    .query(
                        request ->
                            request
                                .keyConditionExpression("id = :i")
                                .expressionAttributeValues(
                                    Map.of(":i", AttributeValue.fromS("p4"))))
                    .items()))
        .containsExactly(person("p4"));
  }

  @Test
  void items_oneIsPlaintext_publisherFails() {
    people.putItem(person("ann")).join();
    plain.putItem(request -> request.tableName(PEOPLE).item(person("eve")));
    assertThatThrownBy(() -> all(people.items()))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("is plaintext");
  }

  @Test
  void resource_batches_areThoseOfTheClient() {
    EncryptedAsyncResource resource = EncryptedAsyncResource.of(client);
    assertThat(resource.tables()).extracting(EncryptedAsyncTable::name).containsExactly(PEOPLE);
    assertThat(resource.table(PEOPLE).name()).isEqualTo(PEOPLE);
    assertThatThrownBy(() -> resource.table("Other"))
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining("no table encryption");
    resource
        .batchWriteItem(
            BatchWriteItemRequest.builder()
                .requestItems(Map.of(PEOPLE, List.of(putting("ann"), putting("bob"))))
                .build())
        .join();
    assertThat(stored("ann")).containsKey(format.signature);
    BatchGetItemRequest both =
        BatchGetItemRequest.builder()
            .requestItems(
                Map.of(PEOPLE, KeysAndAttributes.builder().keys(key("ann"), key("bob")).build()))
            .build();
    assertThat(resource.batchGetItem(both).join().responses().get(PEOPLE))
        .containsExactlyInAnyOrder(person("ann"), person("bob"));
  }
}
