package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.TableEncryption;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The table of people at DynamoDB Local, with either client and in either format, and what was sent
 * to it: for tests of requests as callers make them.
 */
@ParameterizedClass(name = "{0}, async={1}")
@MethodSource("clients")
abstract class RequestFixture {
  static DynamoDbClient plain;

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  static DynamoDbAsyncClient plainAsync;

  @Parameter(0)
  StoredFormat format;

  @Parameter(1)
  boolean async;

  final DynamoDbProbe probe = new DynamoDbProbe();
  DynamoDbClient client;

  static Stream<Arguments> clients() {
    return Stream.of(StoredFormat.values())
        .flatMap(format -> Stream.of(Arguments.of(format, false), Arguments.of(format, true)));
  }

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
    plainAsync = DYNAMO_DB.asyncClient();
  }

  @BeforeEach
  void createTable() {
    TestTables.create(plain, PEOPLE);
    client = client(format.encryption());
  }

  @AfterEach
  void deleteTable() {
    plain.deleteTable(request -> request.tableName(PEOPLE));
  }

  /** Of the kind under test, watched by the probe. */
  DynamoDbClient client(TableEncryption encryption) {
    return async
        ? AsyncAsBlocking.of(
            EncryptedDynamoDbAsyncClient.builder()
                .client(probe.watch(plainAsync))
                .table(encryption)
                .build())
        : EncryptedDynamoDbClient.builder().client(probe.watch(plain)).table(encryption).build();
  }

  static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  static Map<String, AttributeValue> person(String id) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "city", AttributeValue.fromS("Oslo"),
        "ssn", AttributeValue.fromS("ssn-of-" + id),
        "tags", AttributeValue.fromL(List.of(AttributeValue.fromS("a"), AttributeValue.fromS("b"))),
        "note", AttributeValue.fromS("old"));
  }

  static WriteRequest put(String id) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(person(id)).build()).build();
  }

  void putAnn() {
    client.putItem(r -> r.tableName(PEOPLE).item(person("ann")));
  }

  static Map<String, AttributeValue> value(String text) {
    return Map.of(":v", AttributeValue.fromS(text));
  }

  /** Refused before DynamoDB was asked. */
  void assertRefused(Runnable call, String text) {
    int before = probe.requests().size();
    assertThatThrownBy(call::run)
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining(text)
        .hasMessageNotContaining("hidden");
    assertThat(probe.requests()).hasSize(before);
  }
}
