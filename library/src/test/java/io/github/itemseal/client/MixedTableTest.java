package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Encrypted and plaintext items side by side in one table, as while it is being encrypted. */
class MixedTableTest {
  private static final int EACH = 10;

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient plain;
  private static EncryptedDynamoDbClient mixed;

  /** Half of the items encrypted, half plaintext, all of one city. */
  @BeforeAll
  static void fillTable() {
    plain = DYNAMO_DB.client();
    TestTables.create(plain, PEOPLE);
    Ddbec ddbec = Ddbec.using(TestTables.provider());
    mixed = client(ddbec, ddbec, Plaintext.readable());
    for (int i = 0; i < EACH; i++) {
      Map<String, AttributeValue> encrypted = person("e" + i);
      Map<String, AttributeValue> plaintext = person("p" + i);
      mixed.putItem(request -> request.tableName(PEOPLE).item(encrypted));
      plain.putItem(request -> request.tableName(PEOPLE).item(plaintext));
    }
  }

  private static EncryptedDynamoDbClient client(ItemFormat writes, ItemFormat... reads) {
    return EncryptedDynamoDbClient.builder()
        .client(plain)
        .table(
            TableEncryption.of(TableInfo.named(PEOPLE))
                .actions(AttributeActions.encryptAndSign().with("city", CryptoAction.SIGN_ONLY))
                .writes(writes)
                .reads(reads)
                .build())
        .build();
  }

  private static Map<String, AttributeValue> person(String id) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "city", AttributeValue.fromS("Oslo"),
        "ssn", AttributeValue.fromS("ssn-of-" + id));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static List<Map<String, AttributeValue>> everybody() {
    return IntStream.range(0, EACH)
        .boxed()
        .flatMap(i -> List.of(person("e" + i), person("p" + i)).stream())
        .toList();
  }

  @Test
  void readsOfPages_giveBothKindsInPlaintext() {
    assertThat(mixed.scan(request -> request.tableName(PEOPLE)).items())
        .containsExactlyInAnyOrderElementsOf(everybody());
    assertThat(mixed.scanPaginator(request -> request.tableName(PEOPLE).limit(3)).items())
        .containsExactlyInAnyOrderElementsOf(everybody());
    assertThat(
            mixed
                .query(
                    request ->
                        request
                            .tableName(PEOPLE)
                            .indexName("byCity")
                            .keyConditionExpression("city = :c")
                            .expressionAttributeValues(Map.of(":c", AttributeValue.fromS("Oslo"))))
                .items())
        .containsExactlyInAnyOrderElementsOf(everybody());
    KeysAndAttributes keys = KeysAndAttributes.builder().keys(key("e1"), key("p1")).build();
    assertThat(
            mixed
                .batchGetItem(request -> request.requestItems(Map.of(PEOPLE, keys)))
                .responses()
                .get(PEOPLE))
        .containsExactlyInAnyOrder(person("e1"), person("p1"));
  }

  @Test
  void putItem_overPlaintext_encryptsAndReturnsTheOldItem() {
    plain.putItem(request -> request.tableName(PEOPLE).item(person("p0")));
    assertThat(
            mixed
                .putItem(
                    request ->
                        request
                            .tableName(PEOPLE)
                            .item(person("p0"))
                            .returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(person("p0"));
    assertThat(plain.getItem(request -> request.tableName(PEOPLE).key(key("p0"))).item())
        .containsKey("*amzn-ddb-map-sig*");
  }

  @Test
  void scan_whenPlaintextIsNotRead_failsAsAWhole() {
    Ddbec ddbec = Ddbec.using(TestTables.provider());
    assertThatThrownBy(() -> client(ddbec, ddbec).scan(request -> request.tableName(PEOPLE)))
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.PLAINTEXT_FORBIDDEN))
        .hasMessageContaining("add Plaintext.readable() to reads(...)");
  }

  @Test
  void scan_afterRollingBackToPlaintext_stillReadsBothKinds() {
    Ddbec ddbec = Ddbec.using(TestTables.provider());
    EncryptedDynamoDbClient rolledBack = client(Plaintext.writable(), Plaintext.readable(), ddbec);
    assertThat(rolledBack.scan(request -> request.tableName(PEOPLE)).items())
        .containsExactlyInAnyOrderElementsOf(everybody());
  }

  @Test
  void getItem_signatureCutOff_isNotTakenForPlaintext() {
    Map<String, AttributeValue> stored =
        new HashMap<>(plain.getItem(request -> request.tableName(PEOPLE).key(key("e2"))).item());
    stored.remove("*amzn-ddb-map-sig*");
    stored.put("id", AttributeValue.fromS("cut"));
    plain.putItem(request -> request.tableName(PEOPLE).item(stored));
    try {
      assertThatThrownBy(() -> mixed.getItem(request -> request.tableName(PEOPLE).key(key("cut"))))
          .isInstanceOf(MalformedItemException.class)
          .hasMessageContaining("no signature");
    } finally {
      plain.deleteItem(request -> request.tableName(PEOPLE).key(key("cut")));
    }
  }
}
