package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Reads that try to get around protection, or just look odd. Both clients, both formats. */
class HostileReadsTest extends RequestFixture {
  @ParameterizedTest
  @ValueSource(strings = {"tags[1]", "#t[0], city", "ssn.a.b", "id, note"})
  void projections_ofNestedPaths_areRefusedWithoutTheSetting(String projection) {
    Map<String, String> names = projection.contains("#t") ? Map.of("#t", "tags") : null;
    assertRefused(
        () ->
            client.getItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .projectionExpression(projection)
                        .expressionAttributeNames(names)),
        "cannot be verified");
  }

  /** An empty map is not the same as none. */
  @Test
  void widenedReads_emptyPlaceholders_areDynamoDbsToRefuse() {
    DynamoDbClient widening =
        EncryptedDynamoDbClient.builder()
            .client(plain)
            .table(format.encryption())
            .widensProjections(true)
            .build();
    Map<String, String> none = Map.of();
    List<Runnable> reads =
        List.of(
            () ->
                widening.getItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(key("ann"))
                            .projectionExpression("note")
                            .expressionAttributeNames(none)),
            () ->
                widening.scan(
                    r ->
                        r.tableName(PEOPLE)
                            .projectionExpression("note")
                            .expressionAttributeNames(none)),
            () ->
                widening.query(
                    r ->
                        r.tableName(PEOPLE)
                            .keyConditionExpression("id = :v")
                            .expressionAttributeValues(value("ann"))
                            .projectionExpression("note")
                            .expressionAttributeNames(none)));
    for (Runnable read : reads) {
      assertThatThrownBy(read::run)
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining("ExpressionAttributeNames must not be empty");
    }
  }

  @Test
  void scan_eachSelect_countsOrReturnsWholeItemsOrIsRefused() {
    putAnn();
    ScanResponse counted = client.scan(r -> r.tableName(PEOPLE).select(Select.COUNT));
    assertThat(counted.count()).isEqualTo(1);
    assertThat(counted.hasItems()).isFalse();
    assertThat(client.scan(r -> r.tableName(PEOPLE).select(Select.ALL_ATTRIBUTES)).items())
        .containsExactly(person("ann"));
    assertRefused(
        () ->
            client.scan(
                r ->
                    r.tableName(PEOPLE)
                        .select(Select.SPECIFIC_ATTRIBUTES)
                        .projectionExpression("ssn")),
        "cannot be verified");
    // Without a projection it makes no sense, and DynamoDB says so, or else nothing is returned.
    assertThat(
            catchThrowable(
                () -> client.scan(r -> r.tableName(PEOPLE).select(Select.SPECIFIC_ATTRIBUTES))))
        .isInstanceOfAny(DynamoDbException.class, UnsupportedRequestException.class);
  }

  @Test
  void query_filterOnIndexKeyAndSignedAttribute_works() {
    putAnn();
    assertThat(
            client
                .query(
                    r ->
                        r.tableName(PEOPLE)
                            .keyConditionExpression("id = :i")
                            .filterExpression("city = :c AND note <> :i")
                            .expressionAttributeValues(
                                Map.of(
                                    ":i", AttributeValue.fromS("ann"),
                                    ":c", AttributeValue.fromS("Oslo"))))
                .items())
        .containsExactly(person("ann"));
  }

  /** The key of a sparse index may be encrypted: nobody finds an item by it, but pages go on. */
  @Test
  void scanPaginator_indexWithEncryptedKey_goesOnAfterEveryPage() {
    String table = "Sparse";
    plain.createTable(
        r ->
            r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                    a -> a.attributeName("ssn").attributeType(ScalarAttributeType.B))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .globalSecondaryIndexes(
                    i ->
                        i.indexName("bySsn")
                            .keySchema(k -> k.attributeName("ssn").keyType(KeyType.HASH))
                            .projection(p -> p.projectionType(ProjectionType.ALL))));
    try {
      TableEncryption encryption =
          TableEncryption.of(TableInfo.named(table))
              .actions(
                  AttributeActions.withDefault(CryptoAction.SIGN_ONLY)
                      .with("note", CryptoAction.DO_NOTHING)
                      .with("ssn", CryptoAction.ENCRYPT_AND_SIGN))
              .writes(format.format())
              .build();
      DynamoDbClient sparse = client(encryption);
      for (String id : List.of("a", "b", "c")) {
        sparse.putItem(r -> r.tableName(table).item(person(id)));
      }
      List<Map<String, AttributeValue>> found = new ArrayList<>();
      Map<String, AttributeValue> start = Map.of();
      do {
        Map<String, AttributeValue> from = start.isEmpty() ? null : start;
        ScanResponse page =
            sparse.scan(
                r -> r.tableName(table).indexName("bySsn").limit(1).exclusiveStartKey(from));
        found.addAll(page.items());
        start = page.lastEvaluatedKey();
      } while (!start.isEmpty());
      assertThat(found).containsExactlyInAnyOrder(person("a"), person("b"), person("c"));
    } finally {
      plain.deleteTable(r -> r.tableName(table));
    }
  }

  @Test
  void legacyReads_onReadableAttributes_work() {
    putAnn();
    Condition oslo =
        Condition.builder()
            .comparisonOperator(ComparisonOperator.EQ)
            .attributeValueList(AttributeValue.fromS("Oslo"))
            .build();
    Condition ann = oslo.toBuilder().attributeValueList(AttributeValue.fromS("ann")).build();
    assertThat(client.scan(r -> r.tableName(PEOPLE).scanFilter(Map.of("city", oslo))).items())
        .containsExactly(person("ann"));
    assertThat(
            client
                .query(
                    r ->
                        r.tableName(PEOPLE)
                            .keyConditions(Map.of("id", ann))
                            .queryFilter(Map.of("city", oslo)))
                .items())
        .containsExactly(person("ann"));
    client.deleteItem(
        r ->
            r.tableName(PEOPLE)
                .key(key("ann"))
                .expected(
                    Map.of(
                        "city",
                        ExpectedAttributeValue.builder()
                            .value(AttributeValue.fromS("Oslo"))
                            .build())));
    assertThat(client.scan(r -> r.tableName(PEOPLE)).items()).isEmpty();
  }

  @Test
  void legacyReads_onEncryptedAttributes_areRefused() {
    Condition hidden =
        Condition.builder()
            .comparisonOperator(ComparisonOperator.BEGINS_WITH)
            .attributeValueList(AttributeValue.fromS("hidden"))
            .build();
    String text = "touches the encrypted attribute 'ssn'";
    Map<String, Condition> conditions = Map.of("ssn", hidden);
    assertRefused(() -> client.scan(r -> r.tableName(PEOPLE).scanFilter(conditions)), text);
    assertRefused(() -> client.query(r -> r.tableName(PEOPLE).queryFilter(conditions)), text);
    assertRefused(() -> client.query(r -> r.tableName(PEOPLE).keyConditions(conditions)), text);
    assertRefused(
        () -> client.scan(r -> r.tableName(PEOPLE).attributesToGet("ssn")), "cannot be verified");
    ExpectedAttributeValue expected =
        ExpectedAttributeValue.builder().value(AttributeValue.fromS("hidden")).build();
    assertRefused(
        () ->
            client.putItem(
                r -> r.tableName(PEOPLE).item(person("ann")).expected(Map.of("ssn", expected))),
        text);
  }
}
