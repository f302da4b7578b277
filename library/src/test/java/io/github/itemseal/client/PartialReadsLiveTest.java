package io.github.itemseal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.request.RandomProjections;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Reads of parts of items beside the plain client on a plaintext twin of the table, against
 * DynamoDB Local: with projections widened and index reads completed, the answers are the same.
 */
class PartialReadsLiveTest {
  private static final String SEALED = "Sealed";
  private static final String TWIN = "Twin";
  private static final int ITEMS = 12;
  private static final int ROUNDS = 60;

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient plain;

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
  }

  @AfterEach
  void deleteTables() {
    for (String table : plain.listTables().tableNames()) {
      plain.deleteTable(request -> request.tableName(table));
    }
  }

  /** What is protected, from everything to two attributes. */
  enum Actions {
    OPEN(
        AttributeActions.encryptAndSign()
            .with("bx", CryptoAction.SIGN_ONLY)
            .withIndexKeys("g", "l")),
    CLOSED(
        AttributeActions.withDefault(CryptoAction.DO_NOTHING)
            .with("ax", CryptoAction.ENCRYPT_AND_SIGN)
            .with("bx", CryptoAction.SIGN_ONLY)),
    NAMED(
        AttributeActions.namedOnly()
            .with("ax", CryptoAction.ENCRYPT_AND_SIGN)
            .with("bx", CryptoAction.SIGN_ONLY)
            .with("cx", CryptoAction.DO_NOTHING)
            .with("size", CryptoAction.ENCRYPT_AND_SIGN)
            .with("d.x", CryptoAction.SIGN_ONLY)
            .with("año", CryptoAction.ENCRYPT_AND_SIGN)
            .withIndexKeys("g", "l"));

    @SuppressWarnings("ImmutableEnumChecker") // it is, without an annotation that says so
    private final AttributeActions actions;

    Actions(AttributeActions actions) {
      this.actions = actions;
    }
  }

  private static EncryptedDynamoDbClient client(AttributeActions actions) {
    return EncryptedDynamoDbClient.builder()
        .client(plain)
        .table(
            TableEncryption.of(TableInfo.named(SEALED))
                .actions(actions)
                .writes(Ddbec.using(TestTables.provider()))
                .build())
        .widensProjections(true)
        .completesIndexReads(true)
        .build();
  }

  /** Key {@code id, n}; a local index and three global ones, of keys, of one attribute, of all. */
  private static void createTable(String name) {
    plain.createTable(
        table ->
            table
                .tableName(name)
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType("S"),
                    a -> a.attributeName("n").attributeType("N"),
                    a -> a.attributeName("g").attributeType("S"),
                    a -> a.attributeName("l").attributeType("S"))
                .keySchema(
                    k -> k.attributeName("id").keyType("HASH"),
                    k -> k.attributeName("n").keyType("RANGE"))
                .localSecondaryIndexes(
                    index ->
                        index
                            .indexName("local")
                            .keySchema(
                                k -> k.attributeName("id").keyType("HASH"),
                                k -> k.attributeName("l").keyType("RANGE"))
                            .projection(
                                p -> p.projectionType("INCLUDE").nonKeyAttributes("bx", "cx")))
                .globalSecondaryIndexes(
                    index ->
                        index
                            .indexName("keys")
                            .keySchema(
                                k -> k.attributeName("g").keyType("HASH"),
                                k -> k.attributeName("l").keyType("RANGE"))
                            .projection(p -> p.projectionType("KEYS_ONLY")),
                    index ->
                        index
                            .indexName("some")
                            .keySchema(
                                k -> k.attributeName("g").keyType("HASH"),
                                k -> k.attributeName("n").keyType("RANGE"))
                            .projection(
                                p -> p.projectionType("INCLUDE").nonKeyAttributes("bx", "cx")),
                    index ->
                        index
                            .indexName("all")
                            .keySchema(
                                k -> k.attributeName("g").keyType("HASH"),
                                k -> k.attributeName("n").keyType("RANGE"))
                            .projection(p -> p.projectionType("ALL"))));
  }

  private static Map<String, AttributeValue> key(int number) {
    return Map.of("id", AttributeValue.fromS("1"), "n", AttributeValue.fromN("" + number));
  }

  private static List<Map<String, AttributeValue>> fillTables(
      EncryptedDynamoDbClient client, RandomProjections random) {
    createTable(SEALED);
    createTable(TWIN);
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = new HashMap<>(random.item());
      item.putAll(key(i));
      item.put("g", AttributeValue.fromS("g"));
      item.put("l", AttributeValue.fromS("l" + (i % 10) + i));
      items.add(item);
      plain.putItem(put -> put.tableName(TWIN).item(item));
      client.putItem(put -> put.tableName(SEALED).item(item));
    }
    return items;
  }

  /** The answer, or the error DynamoDB gave. */
  private static Object answer(DynamoDbClient client, Function<DynamoDbClient, Object> call) {
    try {
      return call.apply(client);
    } catch (DynamoDbException e) {
      return e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
    }
  }

  private static QueryRequest.Builder query(String table) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("#pk = :pk")
        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("1")));
  }

  @ParameterizedTest
  @EnumSource
  void reads_randomProjections_answerLikeThePlainClient(Actions protection) {
    long seed = new Random().nextLong();
    System.out.println("PartialReadsLiveTest: " + protection + " seed " + seed);
    RandomProjections random = new RandomProjections(seed);
    EncryptedDynamoDbClient client = client(protection.actions);
    fillTables(client, random);
    for (int round = 0; round < ROUNDS; round++) {
      RandomProjections.Expression projection = random.expression();
      Map<String, String> names = projection.names();
      Map<String, String> withKey = new HashMap<>(names);
      withKey.put("#pk", "id");
      int number = round % ITEMS;
      Map<String, Function<String, Function<DynamoDbClient, Object>>> reads =
          Map.of(
              "getItem",
              table ->
                  c -> {
                    GetItemRequest request =
                        GetItemRequest.builder()
                            .tableName(table)
                            .key(key(number))
                            .projectionExpression(projection.text())
                            .expressionAttributeNames(names.isEmpty() ? null : names)
                            .build();
                    return c.getItem(request).item();
                  },
              "transactGetItems",
              table ->
                  c ->
                      c.transactGetItems(
                              t ->
                                  t.transactItems(
                                      part ->
                                          part.get(
                                              g ->
                                                  g.tableName(table)
                                                      .key(key(number))
                                                      .projectionExpression(projection.text())
                                                      .expressionAttributeNames(
                                                          names.isEmpty() ? null : names)),
                                      part -> part.get(g -> g.tableName(table).key(key(ITEMS)))))
                          .responses(),
              "batchGetItem",
              table ->
                  c -> {
                    KeysAndAttributes keys =
                        KeysAndAttributes.builder()
                            .keys(key(number), key(ITEMS + 1))
                            .projectionExpression(projection.text())
                            .expressionAttributeNames(names.isEmpty() ? null : names)
                            .build();
                    return c.batchGetItem(b -> b.requestItems(Map.of(table, keys)))
                        .responses()
                        .get(table);
                  },
              "query",
              table ->
                  c -> {
                    QueryRequest request =
                        query(table)
                            .select(number % 2 == 0 ? Select.SPECIFIC_ATTRIBUTES : null)
                            .projectionExpression(projection.text())
                            .expressionAttributeNames(withKey)
                            .limit(5)
                            .build();
                    QueryResponse response = c.query(request);
                    return List.of(response.items(), response.count(), response.lastEvaluatedKey());
                  },
              "query of a local index",
              table ->
                  c -> {
                    QueryRequest request =
                        query(table)
                            .indexName("local")
                            .projectionExpression(projection.text())
                            .expressionAttributeNames(withKey)
                            .build();
                    return c.query(request).items();
                  },
              "scan",
              table ->
                  c -> {
                    ScanRequest request =
                        ScanRequest.builder()
                            .tableName(table)
                            .indexName(number % 2 == 0 ? null : "all")
                            .projectionExpression(projection.text())
                            .expressionAttributeNames(names.isEmpty() ? null : names)
                            .build();
                    return c.scan(request).items();
                  },
              "scan with the legacy parameter",
              table ->
                  c -> {
                    ScanRequest request =
                        ScanRequest.builder()
                            .tableName(table)
                            .attributesToGet(names.isEmpty() ? List.of("ax") : names.values())
                            .build();
                    return c.scan(request).items();
                  });
      reads.forEach(
          (what, read) ->
              assertThat(answer(client, read.apply(SEALED)))
                  .describedAs("seed %s, %s %s", seed, what, projection)
                  .isEqualTo(answer(plain, read.apply(TWIN))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void query_partialIndexes_giveWholeItemsInTheOrderOfTheIndex(Actions protection) {
    EncryptedDynamoDbClient client = client(protection.actions);
    List<Map<String, AttributeValue>> items = fillTables(client, new RandomProjections(7));
    for (String index : List.of("keys", "local")) {
      Map<String, AttributeValue> start = Map.of();
      List<Map<String, AttributeValue>> found = new ArrayList<>();
      do {
        Map<String, AttributeValue> from = start;
        QueryRequest.Builder request = index.equals("local") ? query(SEALED) : queryG(SEALED);
        QueryResponse page =
            client.query(
                request
                    .indexName(index)
                    .expressionAttributeNames(Map.of("#pk", index.equals("local") ? "id" : "g"))
                    .exclusiveStartKey(from.isEmpty() ? null : from)
                    .limit(5)
                    .build());
        assertThat(page.count()).isEqualTo(page.items().size());
        found.addAll(page.items());
        start = page.lastEvaluatedKey();
      } while (!start.isEmpty());
      assertThat(found)
          .isEqualTo(
              items.stream().sorted(Comparator.comparing(item -> item.get("l").s())).toList());
    }
  }

  private static QueryRequest.Builder queryG(String table) {
    return query(table).expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("g")));
  }

  @ParameterizedTest
  @EnumSource
  void reads_partialIndexes_giveWhatWasAskedForLikeThePlainClient(Actions protection) {
    EncryptedDynamoDbClient client = client(protection.actions);
    fillTables(client, new RandomProjections(11));
    for (String index : List.of("keys", "some", "all")) {
      for (Select select : List.of(Select.COUNT, Select.ALL_PROJECTED_ATTRIBUTES)) {
        Function<String, Function<DynamoDbClient, Object>> filtered =
            table ->
                c -> {
                  ScanResponse page =
                      c.scan(
                          s ->
                              s.tableName(table)
                                  .indexName(index)
                                  .select(select)
                                  .filterExpression("n > :two")
                                  .expressionAttributeValues(
                                      Map.of(":two", AttributeValue.fromN("2"))));
                  return List.of(page.items(), page.count(), page.scannedCount());
                };
        assertThat(answer(client, filtered.apply(SEALED)))
            .describedAs("%s %s", index, select)
            .isEqualTo(answer(plain, filtered.apply(TWIN)));
      }
      Function<String, Function<DynamoDbClient, Object>> scan =
          table ->
              c ->
                  c.scan(
                          s ->
                              s.tableName(table)
                                  .indexName(index)
                                  .select(Select.ALL_PROJECTED_ATTRIBUTES))
                      .items();
      assertThat(answer(client, scan.apply(SEALED))).isEqualTo(answer(plain, scan.apply(TWIN)));
      Function<String, Function<DynamoDbClient, Object>> parts =
          table ->
              c ->
                  c.scan(
                          s ->
                              s.tableName(table)
                                  .indexName(index)
                                  .projectionExpression("#g, n")
                                  .expressionAttributeNames(Map.of("#g", "g")))
                      .items();
      assertThat(answer(client, parts.apply(SEALED))).isEqualTo(answer(plain, parts.apply(TWIN)));
    }
  }

  /**
   * Where the plain client is refused: the index does not hold the attribute, but the table does.
   */
  @Test
  void scan_projectionBeyondAPartialIndex_isAnswered() {
    EncryptedDynamoDbClient client = client(Actions.OPEN.actions);
    List<Map<String, AttributeValue>> items = fillTables(client, new RandomProjections(13));
    assertThat(
            client
                .scan(s -> s.tableName(SEALED).indexName("some").projectionExpression("l"))
                .items())
        .containsExactlyInAnyOrderElementsOf(
            items.stream().map(item -> Map.of("l", item.get("l"))).toList());
  }

  @Test
  void query_indexMadeAfterTheTableWasDescribed_isFoundOutOnce() {
    EncryptedDynamoDbClient client = client(Actions.OPEN.actions);
    fillTables(client, new RandomProjections(3));
    plain.updateTable(
        table ->
            table
                .tableName(SEALED)
                .attributeDefinitions(a -> a.attributeName("l").attributeType("S"))
                .globalSecondaryIndexUpdates(
                    update ->
                        update.create(
                            index ->
                                index
                                    .indexName("later")
                                    .keySchema(k -> k.attributeName("l").keyType("HASH"))
                                    .projection(p -> p.projectionType("KEYS_ONLY")))));
    QueryRequest request =
        QueryRequest.builder()
            .tableName(SEALED)
            .indexName("later")
            .keyConditionExpression("l = :l")
            .expressionAttributeValues(Map.of(":l", AttributeValue.fromS("l33")))
            .build();
    assertThat(client.query(request).items())
        .hasSize(1)
        .first()
        .satisfies(
            item ->
                assertThat(item).containsEntry("n", AttributeValue.fromN("3")).containsKey("g"));
  }

  @Test
  void query_unknownIndex_isDynamoDbsToRefuse() {
    EncryptedDynamoDbClient client = client(Actions.OPEN.actions);
    fillTables(client, new RandomProjections(5));
    Function<String, Function<DynamoDbClient, Object>> scan =
        table -> c -> c.scan(s -> s.tableName(table).indexName("nowhere"));
    assertThat(answer(client, scan.apply(SEALED)))
        .isEqualTo(answer(plain, scan.apply(TWIN)))
        .asString()
        .contains("does not have the specified index");
  }
}
