package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.LocalDynamoDb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Requests that try to get around protection, or just look odd. Both clients, both formats. */
@ParameterizedClass(name = "{0}, async={1}")
@MethodSource("clients")
class HostileRequestsTest {
  private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/" + PEOPLE;

  private static LocalDynamoDb dynamoDb;
  private static DynamoDbClient plain;
  private static DynamoDbAsyncClient plainAsync;

  @Parameter(0)
  StoredFormat format;

  @Parameter(1)
  boolean async;

  private final DynamoDbProbe probe = new DynamoDbProbe();
  private DynamoDbClient client;

  static Stream<Arguments> clients() {
    return Stream.of(StoredFormat.values())
        .flatMap(format -> Stream.of(Arguments.of(format, false), Arguments.of(format, true)));
  }

  @BeforeAll
  static void startDynamoDb() {
    dynamoDb = LocalDynamoDb.start();
    plain = dynamoDb.client();
    plainAsync = dynamoDb.asyncClient();
  }

  @AfterAll
  static void stopDynamoDb() {
    plainAsync.close();
    plain.close();
    dynamoDb.close();
  }

  @BeforeEach
  void createTable() {
    TestTables.create(plain, PEOPLE);
    client =
        async
            ? AsyncAsBlocking.of(
                EncryptedDynamoDbAsyncClient.builder()
                    .client(probe.watch(plainAsync))
                    .table(format.encryption())
                    .build())
            : EncryptedDynamoDbClient.builder()
                .client(probe.watch(plain))
                .table(format.encryption())
                .build();
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
        "ssn", AttributeValue.fromS("ssn-of-" + id),
        "tags", AttributeValue.fromL(List.of(AttributeValue.fromS("a"), AttributeValue.fromS("b"))),
        "note", AttributeValue.fromS("old"));
  }

  private static WriteRequest put(String id) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(person(id)).build()).build();
  }

  private void putAnn() {
    client.putItem(r -> r.tableName(PEOPLE).item(person("ann")));
  }

  private static Map<String, AttributeValue> value(String text) {
    return Map.of(":v", AttributeValue.fromS(text));
  }

  /** Refused before DynamoDB was asked. */
  private void assertRefused(Runnable call, String text) {
    int before = probe.requests().size();
    assertThatThrownBy(call::run)
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining(text)
        .hasMessageNotContaining("hidden");
    assertThat(probe.requests()).hasSize(before);
  }

  // ---- one table under two names ----

  @Test
  void itemOperations_byArn_areThoseByName() {
    client.putItem(r -> r.tableName(ARN).item(person("ann")));
    assertThat(plain.getItem(r -> r.tableName(PEOPLE).key(key("ann"))).item())
        .containsKey(format.signature);
    assertThat(client.getItem(r -> r.tableName(ARN).key(key("ann"))).item())
        .isEqualTo(person("ann"));
    assertThat(client.scan(r -> r.tableName(ARN)).items()).containsExactly(person("ann"));
    assertThat(
            client
                .query(
                    r ->
                        r.tableName(ARN)
                            .keyConditionExpression("id = :v")
                            .expressionAttributeValues(value("ann")))
                .items())
        .containsExactly(person("ann"));
    client.updateItem(
        r ->
            r.tableName(ARN)
                .key(key("ann"))
                .updateExpression("SET note = :v")
                .expressionAttributeValues(value("new")));
    assertThat(
            client
                .batchGetItem(
                    r ->
                        r.requestItems(
                            Map.of(ARN, KeysAndAttributes.builder().keys(key("ann")).build())))
                .responses()
                .values())
        .singleElement()
        .satisfies(items -> assertThat(items.get(0).get("note").s()).isEqualTo("new"));
    client.deleteItem(r -> r.tableName(ARN).key(key("ann")));
    client.batchWriteItem(r -> r.requestItems(Map.of(ARN, List.of(put("bob")))));
    assertThat(client.scan(r -> r.tableName(PEOPLE)).items()).containsExactly(person("bob"));
    assertRefused(
        () ->
            client.putItem(
                r ->
                    r.tableName(ARN)
                        .item(person("ann"))
                        .conditionExpression("ssn = :v")
                        .expressionAttributeValues(value("hidden"))),
        "encrypted attribute 'ssn'");
  }

  @Test
  void batches_sameTableByNameAndArn_areRefused() {
    String text = "'People' has two names for it";
    assertRefused(
        () ->
            client.batchWriteItem(
                r -> r.requestItems(Map.of(PEOPLE, List.of(put("a")), ARN, List.of(put("a"))))),
        text);
    KeysAndAttributes keys = KeysAndAttributes.builder().keys(key("a")).build();
    assertRefused(
        () -> client.batchGetItem(r -> r.requestItems(Map.of(PEOPLE, keys, ARN, keys))), text);
  }

  @Test
  void transactWriteItems_byNameAndArn_sealsAndChecksBoth() {
    // DynamoDB Local knows no ARNs in transactions: what was sent is looked at.
    Throwable unknown =
        catchThrowable(
            () ->
                client.transactWriteItems(
                    r ->
                        r.transactItems(
                            p -> p.put(put -> put.tableName(PEOPLE).item(person("a"))),
                            p -> p.put(put -> put.tableName(ARN).item(person("b"))))));
    assertThat(unknown).isInstanceOf(ResourceNotFoundException.class);
    TransactWriteItemsRequest sent =
        (TransactWriteItemsRequest) probe.requests().get(probe.requests().size() - 1);
    assertThat(sent.transactItems())
        .allSatisfy(part -> assertThat(part.put().item()).containsKey(format.signature));
    assertRefused(
        () ->
            client.transactWriteItems(
                r ->
                    r.transactItems(
                        p -> p.put(put -> put.tableName(PEOPLE).item(person("a"))),
                        p ->
                            p.conditionCheck(
                                c ->
                                    c.tableName(ARN)
                                        .key(key("b"))
                                        .conditionExpression("begins_with(#s, :v)")
                                        .expressionAttributeNames(Map.of("#s", "ssn"))
                                        .expressionAttributeValues(value("hidden"))))),
        "encrypted attribute 'ssn'");
  }

  @Test
  void batches_sameKeyTwice_areDynamoDbsToRefuse() {
    assertThatThrownBy(
            () ->
                client.batchWriteItem(
                    r -> r.requestItems(Map.of(PEOPLE, List.of(put("a"), put("a"))))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("duplicates");
  }

  // ---- expressions ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size(ssn) > :v",
        "size (#s) > :v",
        "begins_with(ssn, :v)",
        "contains(#s, :v)",
        "contains(ssn.parts[0].#s, :v)",
        "contains(note, ssn)",
        "ssn IN (:v)",
        "ssn BETWEEN :v AND :v",
        ":v = ssn",
        "NOT ssn = :v",
        "attribute_type(#s, :v)",
        "attribute_exists(ssn[0])",
        "attribute_exists(id) AND (city = :v OR (#s <> :v))",
        "unheard_of = :v"
      })
  void conditions_onEncryptedValues_areRefusedEverywhere(String condition) {
    Map<String, String> names =
        condition.contains("#s") ? Map.of("#s", "ssn") : Map.of("#n", "note");
    Map<String, AttributeValue> hidden = value("hidden");
    String text = "touches the encrypted attribute";
    assertRefused(
        () ->
            client.putItem(
                r ->
                    r.tableName(PEOPLE)
                        .item(person("ann"))
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(hidden)),
        text);
    assertRefused(
        () ->
            client.deleteItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(hidden)),
        text);
    assertRefused(
        () ->
            client.updateItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .updateExpression("REMOVE note")
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(hidden)),
        text);
    assertRefused(
        () ->
            client.scan(
                r ->
                    r.tableName(PEOPLE)
                        .filterExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(hidden)),
        text);
    assertRefused(
        () ->
            client.transactWriteItems(
                r ->
                    r.transactItems(
                        p ->
                            p.conditionCheck(
                                c ->
                                    c.tableName(PEOPLE)
                                        .key(key("ann"))
                                        .conditionExpression(condition)
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(hidden)))),
        text);
  }

  @Test
  void conditions_onExistenceAndReadableAttributes_work() {
    putAnn();
    client.deleteItem(
        r ->
            r.tableName(PEOPLE)
                .key(key("ann"))
                .conditionExpression(
                    "attribute_exists(#s) AND attribute_not_exists(unheard_of)"
                        + " AND begins_with(city, :v) AND size(note) < :n")
                .expressionAttributeNames(Map.of("#s", "ssn"))
                .expressionAttributeValues(
                    Map.of(":v", AttributeValue.fromS("Os"), ":n", AttributeValue.fromN("10"))));
    assertThat(client.scan(r -> r.tableName(PEOPLE)).items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET city = :v",
        "SET #s = :v",
        "SET note = :v, tags[0] = :v",
        "REMOVE city",
        "REMOVE note, tags[1]",
        "ADD ssn :v",
        "DELETE tags :v",
        "SET note = city",
        "SET note = list_append(tags, :v)",
        "SET note = if_not_exists(unheard_of, :v)",
        "SET id = :v"
      })
  void updateItem_ofSignedAttributes_isRefusedEverywhere(String update) {
    Map<String, String> names = update.contains("#s") ? Map.of("#s", "ssn") : Map.of("#n", "note");
    assertRefused(
        () ->
            client.updateItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .updateExpression(update)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(value("hidden"))),
        "touches the protected attributes");
    assertRefused(
        () ->
            client.transactWriteItems(
                r ->
                    r.transactItems(
                        p ->
                            p.update(
                                u ->
                                    u.tableName(PEOPLE)
                                        .key(key("ann"))
                                        .updateExpression(update)
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(value("hidden"))))),
        "touches the protected attributes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"city", "tags", "id"})
  void updateItem_legacyUpdateOfSignedAttribute_isRefused(String name) {
    assertRefused(
        () ->
            client.updateItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .attributeUpdates(
                            Map.of(
                                name,
                                AttributeValueUpdate.builder()
                                    .value(AttributeValue.fromS("hidden"))
                                    .build()))),
        "touches the protected attributes '" + name + "'");
  }

  static Stream<ExpectedAttributeValue> expectationsThatHoldOfNothing() {
    ExpectedAttributeValue.Builder value =
        ExpectedAttributeValue.builder().attributeValueList(AttributeValue.fromS("x"));
    return Stream.of(
        ExpectedAttributeValue.builder().exists(false).build(),
        ExpectedAttributeValue.builder().comparisonOperator(ComparisonOperator.NULL).build(),
        value.comparisonOperator(ComparisonOperator.NE).build(),
        value.comparisonOperator(ComparisonOperator.NOT_CONTAINS).build());
  }

  @ParameterizedTest
  @MethodSource("expectationsThatHoldOfNothing")
  void updateItem_legacyExpectationInTheWayOfTheGuard_createsNoItem(ExpectedAttributeValue own) {
    Map<String, AttributeValueUpdate> updates =
        Map.of("note", AttributeValueUpdate.builder().value(AttributeValue.fromS("new")).build());
    assertRefused(
        () ->
            client.updateItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("nobody"))
                        .attributeUpdates(updates)
                        .expected(Map.of(format.signature, own))),
        "cannot be guarded");
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(key("nobody"))
                            .attributeUpdates(updates)
                            .expected(Map.of("note", own))))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("no such item");
    assertThat(plain.getItem(r -> r.tableName(PEOPLE).key(key("nobody"))).hasItem()).isFalse();
  }

  @Test
  void updateItem_byKeyAlone_createsNoItem() {
    assertThatThrownBy(() -> client.updateItem(r -> r.tableName(PEOPLE).key(key("nobody"))))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("no such item");
    assertThat(plain.getItem(r -> r.tableName(PEOPLE).key(key("nobody"))).hasItem()).isFalse();
  }

  /** Placeholders like those that the guard is written with. */
  @ParameterizedTest
  @ValueSource(strings = {"SET #0 = :v", "SET note = #0", "REMOVE #0", "SET note = :v, #1 = :v"})
  void updateItem_placeholderThatIsNotDefined_isDynamoDbsToRefuse(String update) {
    putAnn();
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(key("ann"))
                            .updateExpression(update)
                            .expressionAttributeValues(
                                update.contains(":v") ? value("new") : null)))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not defined");
    assertThatThrownBy(
            () ->
                client.transactWriteItems(
                    r ->
                        r.transactItems(
                            t ->
                                t.update(
                                    u ->
                                        u.tableName(PEOPLE)
                                            .key(key("ann"))
                                            .updateExpression(update)
                                            .expressionAttributeValues(
                                                update.contains(":v") ? value("new") : null)))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not defined");
    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(key("ann"))).item())
        .isEqualTo(person("ann"));
  }

  /** Put in parentheses, they would be conditions that hold without the guard. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_not_exists(id)) OR (attribute_exists(note)",
        "attribute_not_exists(id)) OR ((note = :v)",
        "(attribute_not_exists(id))) OR (attribute_exists(note)"
      })
  void updateItem_conditionThatClosesWhatItDidNotOpen_createsNoItem(String condition) {
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(key("nobody"))
                            .updateExpression("SET note = :v")
                            .conditionExpression(condition)
                            .expressionAttributeValues(value("new"))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Syntax error");
    assertThat(plain.getItem(r -> r.tableName(PEOPLE).key(key("nobody"))).hasItem()).isFalse();
  }

  // ---- reads ----

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
      DynamoDbClient sparse =
          async
              ? AsyncAsBlocking.of(
                  EncryptedDynamoDbAsyncClient.builder()
                      .client(plainAsync)
                      .table(encryption)
                      .build())
              : EncryptedDynamoDbClient.builder().client(plain).table(encryption).build();
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

  // ---- what goes along ----

  @Test
  void requests_withoutTheirParts_areRefusedByTheirOwnErrors() {
    assertThatThrownBy(() -> client.putItem(r -> r.tableName(PEOPLE)))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("key attribute 'id'");
    List<Runnable> empty =
        List.of(
            () -> client.getItem(r -> r.tableName(PEOPLE)),
            () -> client.deleteItem(r -> r.tableName(PEOPLE)),
            () -> client.updateItem(r -> r.tableName(PEOPLE)),
            () -> client.query(r -> r.tableName(PEOPLE)),
            () -> client.batchGetItem(r -> {}),
            () -> client.batchWriteItem(r -> {}),
            () ->
                client.batchWriteItem(
                    r -> r.requestItems(Map.of(PEOPLE, List.of(WriteRequest.builder().build())))));
    for (Runnable call : empty) {
      assertThatThrownBy(call::run).isInstanceOf(DynamoDbException.class).hasMessageContaining("");
    }
  }

  @Test
  void requestSettings_ofTheCaller_goAlong() {
    AwsRequestOverrideConfiguration settings =
        AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(40))
            .putHeader("x-trace", "7")
            .build();
    client.putItem(r -> r.tableName(PEOPLE).item(person("ann")).overrideConfiguration(settings));
    client.updateItem(
        r ->
            r.tableName(PEOPLE)
                .key(key("ann"))
                .updateExpression("REMOVE note")
                .overrideConfiguration(settings));
    client.batchWriteItem(
        r -> r.requestItems(Map.of(PEOPLE, List.of(put("bob")))).overrideConfiguration(settings));
    client.transactWriteItems(
        r ->
            r.transactItems(p -> p.put(put -> put.tableName(PEOPLE).item(person("eve"))))
                .overrideConfiguration(settings));
    client.scan(r -> r.tableName(PEOPLE).overrideConfiguration(settings));
    assertThat(probe.requests())
        .hasSize(5)
        .allSatisfy(sent -> assertThat(sent.overrideConfiguration()).contains(settings));
  }

  @Test
  void transactWriteItems_sameTokenAgain_isAnotherTransactionForDynamoDb() {
    Runnable write =
        () ->
            client.transactWriteItems(
                r ->
                    r.clientRequestToken("token-" + format + async)
                        .transactItems(
                            p -> p.put(put -> put.tableName(PEOPLE).item(person("ann")))));
    write.run();
    assertThatThrownBy(write::run)
        .isInstanceOf(IdempotentParameterMismatchException.class)
        .hasMessageContaining("IdempotentParameterMismatch");
  }
}
