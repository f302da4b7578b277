package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Update expressions and conditions applied here do what DynamoDB does with them. */
class LocalUpdateTest {
  private static final String TABLE = "Updates";
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("x"));
  private static final int CASES = 500;

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient client;

  @BeforeAll
  static void createTable() {
    client = DYNAMO_DB.client();
    DYNAMO_DB.createTable(TABLE, "id");
  }

  @Test
  void applyTo_randomExpressions_doesAsDynamoDb() {
    long seed = new Random().nextLong();
    System.out.println("LocalUpdateTest seed " + seed);
    Random random = new Random(seed);
    int succeeded = 0;
    for (int i = 0; i < CASES; i++) {
      Map<String, AttributeValue> item = new LinkedHashMap<>(randomItem(random));
      item.putAll(KEY);
      String expression = randomExpression(random);
      client.putItem(put -> put.tableName(TABLE).item(item));
      ReturnValue returned =
          random.nextBoolean() ? ReturnValue.UPDATED_NEW : ReturnValue.UPDATED_OLD;
      Map<String, AttributeValue> theirs = null;
      Map<String, AttributeValue> parts = null;
      try {
        Tokens used = new Tokens(expression, Map.of(), VALUES);
        Map<String, AttributeValue> values = used.used(VALUES);
        parts =
            client
                .updateItem(
                    update ->
                        update
                            .tableName(TABLE)
                            .key(KEY)
                            .updateExpression(expression)
                            .expressionAttributeValues(values.isEmpty() ? null : values)
                            .returnValues(returned))
                .attributes();
        theirs = client.getItem(get -> get.tableName(TABLE).key(KEY)).item();
      } catch (DynamoDbException e) {
        assertThat(theirs).isNull(); // refused: so must we
      }
      String what = "seed %s case %s: %s on %s".formatted(seed, i, expression, item);
      if (theirs == null) {
        assertThatThrownBy(
                () -> LocalUpdate.of(new Tokens(expression, Map.of(), VALUES)).applyTo(item))
            .as(what)
            .isInstanceOf(DynamoDbException.class);
      } else {
        LocalUpdate ours = LocalUpdate.of(new Tokens(expression, Map.of(), VALUES));
        succeeded++;
        Map<String, AttributeValue> updated = ours.applyTo(item);
        assertThat(comparable(updated)).as(what).isEqualTo(comparable(theirs));
        Map<String, AttributeValue> image = returned == ReturnValue.UPDATED_NEW ? updated : item;
        if (!expression.contains("ADD") && !expression.contains("DELETE")) {
          assertThat(comparable(ours.updatedPartsOf(image))).as(what).isEqualTo(comparable(parts));
        } // with them DynamoDB Local shows whole attributes for the other clauses too
      }
    }
    assertThat(succeeded).as("seed %s", seed).isGreaterThan(CASES / 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REMOVE d[0], d[1].x",
        "REMOVE d[1].x, d[0]",
        "REMOVE d[0], d[2][0], d[1].y",
        "REMOVE d[1], d[2][1], d[2][0], d[3]",
      })
  void applyTo_removalsOfElementsAndInsideOfThem_doesAsDynamoDb(String expression) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(wholeItem(new Random(1)));
    item.putAll(KEY);
    client.putItem(put -> put.tableName(TABLE).item(item));
    client.updateItem(update -> update.tableName(TABLE).key(KEY).updateExpression(expression));
    Map<String, AttributeValue> theirs =
        client.getItem(get -> get.tableName(TABLE).key(KEY)).item();
    LocalUpdate ours = LocalUpdate.of(new Tokens(expression, Map.of(), VALUES));
    assertThat(comparable(ours.applyTo(item))).isEqualTo(comparable(theirs));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_exists(a)",
        "attribute_not_exists(a)",
        "attribute_not_exists(m.x) OR n = :n1",
        "n = :n1",
        "n <> :n1",
        "n < :n2 AND NOT n > :n2",
        "n <= :n1 and s >= :s",
        "(n = :n2 OR s = :s) AND attribute_exists(m)",
        "absent <> :s",
        "absent = :s",
        "s > :n1",
        "m.x = :n1",
        "NOT (attribute_exists(l[1]) OR n = s)",
        "b < :b",
        "b >= :b",
        "s < :emoji",
        "s > :emoji",
      })
  void condition_ofEveryKind_holdsWhereItDoesInDynamoDb(String condition) {
    for (int i = 0; i < 40; i++) {
      Map<String, AttributeValue> item = new LinkedHashMap<>(randomItem(new Random(i)));
      item.putAll(KEY);
      client.putItem(put -> put.tableName(TABLE).item(item));
      Tokens tokens = new Tokens(condition, Map.of(), VALUES);
      Map<String, AttributeValue> used = tokens.used(VALUES);
      boolean theirs = true;
      try {
        client.putItem(
            put ->
                put.tableName(TABLE)
                    .item(item)
                    .conditionExpression(condition)
                    .expressionAttributeValues(used.isEmpty() ? null : used));
      } catch (ConditionalCheckFailedException e) {
        theirs = false;
      }
      assertThat(LocalCondition.of(tokens).test(item))
          .as("%s on %s", condition, item)
          .isEqualTo(theirs);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"begins_with(s, :s)", "n BETWEEN :n1 AND :n2", "n =", "n = :n1 n", "s"})
  void condition_notKnownHere_isRefused(String condition) {
    assertThatThrownBy(() -> LocalCondition.of(new Tokens(condition, Map.of(), VALUES)))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Invalid expression: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT a",
        "SET a",
        "SET a = ",
        "SET a = :absent",
        "SET #absent = :s",
        "SET a = :s;",
        "ADD n",
        "SET a[x] = :s",
        "SET a[99999999999] = :s",
        "REMOVE",
        "SET a = if_not_exists(:s, :s)",
        "SET a = (:s"
      })
  void of_noExpression_isRefused(String expression) {
    assertThatThrownBy(() -> LocalUpdate.of(new Tokens(expression, Map.of(), VALUES)))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Invalid expression: ");
  }

  @Test
  void applyTo_numberOfAGigabyte_isRefused() {
    Map<String, AttributeValue> item = Map.of("n", AttributeValue.fromN("1E1000000000"));
    LocalUpdate update = LocalUpdate.of(new Tokens("ADD n :n1", Map.of(), VALUES));
    assertThatThrownBy(() -> update.applyTo(item))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Number overflow");
  }

  // ---- random expressions ----

  private static final Map<String, AttributeValue> VALUES =
      Map.of(
          ":n1", AttributeValue.fromN("1"),
          ":n2", AttributeValue.fromN("25.50"),
          ":s", AttributeValue.fromS("text"),
          ":emoji", AttributeValue.fromS("\uD83D\uDE00"),
          ":b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {127})),
          ":l", AttributeValue.fromL(List.of(AttributeValue.fromN("5"))),
          ":m", AttributeValue.fromM(Map.of("x", AttributeValue.fromS("in"))),
          ":ss", AttributeValue.fromSs(List.of("a", "b")),
          ":ns", AttributeValue.fromNs(List.of("1", "2.0")));

  private static final List<String> PATHS =
      List.of(
          "n", "s", "l", "m", "ss", "ns", "m.x", "m.y", "m.z.x", "l[0]", "l[1]", "l[7]", "absent",
          "d[0]", "d[1]", "d[0].x", "d[1].x", "d[1].y", "d[2][0]", "d[2][1]", "d[3]");

  private static Map<String, AttributeValue> wholeItem(Random random) {
    return Map.of(
        "n", AttributeValue.fromN(random.nextBoolean() ? "1" : "-3.25"),
        "s", AttributeValue.fromS(random.nextBoolean() ? "text" : "\uFF5E"),
        "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) random.nextInt(256)})),
        "a", AttributeValue.fromBool(true),
        "l",
            AttributeValue.fromL(
                List.of(
                    AttributeValue.fromN("1"),
                    AttributeValue.fromN("2"),
                    AttributeValue.fromN("3"))),
        "m",
            AttributeValue.fromM(
                Map.of(
                    "x", AttributeValue.fromN("1"),
                    "z", AttributeValue.fromM(Map.of("x", AttributeValue.fromS("deep"))))),
        "d",
            AttributeValue.fromL(
                List.of(
                    AttributeValue.fromM(Map.of("x", AttributeValue.fromS("first"))),
                    AttributeValue.fromM(
                        Map.of(
                            "x", AttributeValue.fromS("second"),
                            "y", AttributeValue.fromN("2"))),
                    AttributeValue.fromL(
                        List.of(AttributeValue.fromS("p"), AttributeValue.fromS("q"))),
                    AttributeValue.fromS("last"))),
        "ss", AttributeValue.fromSs(List.of("b", "c")),
        "ns", AttributeValue.fromNs(List.of("2", "3")));
  }

  private static Map<String, AttributeValue> randomItem(Random random) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    wholeItem(random)
        .forEach(
            (name, value) -> {
              if (random.nextInt(4) > 0) {
                item.put(name, value);
              }
            });
    return item;
  }

  private static String randomExpression(Random random) {
    List<String> sets = new ArrayList<>();
    List<String> removes = new ArrayList<>();
    List<String> adds = new ArrayList<>();
    List<String> deletes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String path = pick(random, PATHS);
      if (!seen.add(path)) {
        continue;
      }
      switch (random.nextInt(5)) {
        case 0 -> removes.add(path);
        case 1 -> adds.add(path + " " + pick(random, List.of(":n1", ":n2", ":ss", ":ns")));
        case 2 -> deletes.add(path + " " + pick(random, List.of(":ss", ":ns")));
        default -> sets.add(path + " = " + randomOperand(random));
      }
    }
    return clause("SET", sets)
        + clause("REMOVE", removes)
        + clause("ADD", adds)
        + clause("DELETE", deletes);
  }

  private static String clause(String word, List<String> actions) {
    return actions.isEmpty() ? "" : word + " " + String.join(", ", actions) + " ";
  }

  private static String randomOperand(Random random) {
    String value = pick(random, List.copyOf(new TreeSet<>(VALUES.keySet())));
    String path = pick(random, PATHS);
    return switch (random.nextInt(7)) {
      case 0 -> path;
      case 1 -> path + " + " + value;
      case 2 -> "if_not_exists(" + path + ", :n1) - :n2";
      case 3 -> "list_append(if_not_exists(" + path + ", :l), :l)";
      case 4 -> "if_not_exists(" + path + "," + value + ")";
      default -> value;
    };
  }

  private static String pick(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Sets without order; numbers are canonical on both sides. */
  private static Map<String, Object> comparable(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> comparable(entry.getValue())));
  }

  private static Object comparable(AttributeValue value) {
    return switch (value.type()) {
      case N -> new java.math.BigDecimal(value.n()).stripTrailingZeros();
      case SS -> Set.copyOf(value.ss());
      case NS ->
          value.ns().stream()
              .map(n -> new java.math.BigDecimal(n).stripTrailingZeros())
              .collect(Collectors.toSet());
      case L -> value.l().stream().map(LocalUpdateTest::comparable).toList();
      case M -> comparable(value.m());
      default -> value;
    };
  }
}
