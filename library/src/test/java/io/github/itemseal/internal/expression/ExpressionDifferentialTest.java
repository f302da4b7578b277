package io.github.itemseal.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.internal.value.DynamoDbEquality;
import io.github.itemseal.testing.RandomExpressions;
import io.github.itemseal.testing.RandomExpressions.Request;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The parser and the evaluators beside DynamoDB Local: the same item, the same answer, or both
 * refuse. More of them with {@code -Dexpressions.cases=20000}, the same again with {@code
 * -Dexpressions.seed=…}.
 */
class ExpressionDifferentialTest {
  private static final String TABLE = "Expressions";
  private static final int CASES = Integer.getInteger("expressions.cases", 300);

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient client;

  private final long seed = Long.getLong("expressions.seed", new Random().nextLong());

  /** What became of a request: an item, an answer, or a refusal. */
  private record Outcome(String kind, Map<String, AttributeValue> item) {}

  @BeforeAll
  static void start() {
    client = DYNAMO_DB.client();
    client.createTable(
        request ->
            request
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)));
  }

  @Test
  void update_random_leavesTheItemThatDynamoDbLeaves() {
    compare(false);
  }

  @Test
  void condition_random_holdsWhereItDoesInDynamoDb() {
    compare(true);
  }

  /** An item with {@code l=[zero, one]} and the keys and values that the examples use. */
  private static final Map<String, AttributeValue> EXAMPLE =
      Map.of(
          "id", AttributeValue.fromS("x"),
          "l",
              AttributeValue.fromL(
                  List.of(AttributeValue.fromS("zero"), AttributeValue.fromS("one"))),
          "m", AttributeValue.fromM(Map.of("x", AttributeValue.fromN("1"))),
          "n", AttributeValue.fromN("1"),
          "ss", AttributeValue.fromSs(List.of("b", "c")),
          "illegal", AttributeValue.fromS("stored"));

  private static final Map<String, AttributeValue> SEVEN =
      Map.of(":seven", AttributeValue.fromS("seven"), ":two", AttributeValue.fromS("two"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET l[7] = :seven, l[2] = :two           | zero one two seven",
        "SET l[7] = :two, l[3] = :seven           | zero one seven two",
        "SET l[7] = :seven REMOVE l[2]            | zero one seven",
        "SET l[7] = :seven, l[1] = :two REMOVE l[2] | zero two seven",
        "SET l[7] = :seven, l[1] = :two REMOVE l[0] | two seven",
        "SET l[7] = :seven, m.y = l, m.z = :two   | zero one seven",
        "SET l[0] = l[1], l[1] = l[0], m.y = :two, m.z = :seven | one zero",
      })
  void update_ofListElements_isSimultaneous(String expression, String elements) {
    Map<String, AttributeValue> used = new HashMap<>(SEVEN);
    used.keySet().removeIf(placeholder -> !expression.contains(placeholder));
    Request request = new Request(expression, null, Map.of(), used);
    Outcome theirs = atDynamoDb(request, EXAMPLE);
    Outcome ours = here(request, EXAMPLE);
    assertThat(ours).isEqualTo(theirs);
    assertThat(ours.item().get("l").l().stream().map(AttributeValue::s))
        .containsExactly(elements.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET l[01] = :seven, a = :two",
        "SET id = :seven, a = :two",
        "SET id = id, a = :two, b = :seven",
        "SET a = id.x, b = :two, c = :seven",
        "SET a = if_not_exists(id[0], n), b = :two, c = :seven",
        "REMOVE id SET a = :two, b = :seven",
        "SET a = if_not_exists(n, absent), b = :two, c = :seven",
        "SET a = if_not_exists(a, a), b = :two, c = :seven",
        "SET a = illegal",
        "SET a = :two",
        "SET name = :two, a = :seven",
        "SET m.date = :two, a = :seven",
        "SET a = list_append(list_append(l, l), l), b = :two, c = :seven",
        "SET a = n + n + n, b = :two, c = :seven",
        "SET a = :two, a.b = :seven",
        "SET a = :two SET b = :seven",
        "SET l[2].x = :two, a = :seven",
        "ADD n :two SET a = :seven",
        "DELETE ss :two SET a = :seven",
        "REMOVE l.x SET a = :two, b = :seven",
      })
  void update_thatDynamoDbRefuses_isRefused(String expression) {
    Request request = new Request(expression, null, Map.of(), SEVEN);
    assertThat(atDynamoDb(request, EXAMPLE).kind()).isEqualTo("refused");
    assertThat(here(request, EXAMPLE).kind()).isEqualTo("refused");
  }

  @Test
  void update_namesAndValuesThatDynamoDbRefuses_areRefused() {
    AttributeValue two = AttributeValue.fromS("two");
    List<Request> requests =
        List.of(
            new Request("SET a = illegal", null, Map.of(), Map.of("illegal", two)),
            new Request("SET a = :two", null, Map.of("a", "b"), Map.of(":two", two)),
            new Request("SET #a = :two", null, Map.of("#a", ""), Map.of(":two", two)),
            new Request("SET #a = :two", null, Map.of("#a", "b", "#c", "d"), Map.of(":two", two)),
            new Request("SET a = :two", null, Map.of(), Map.of(":two", two, ":three", two)),
            new Request("SET a = :two", "n = :n", Map.of(), Map.of(":two", two)),
            new Request("SET a = n", null, Map.of(), Map.of(":", two)),
            new Request("SET a = :a", null, Map.of(), value(AttributeValue.fromSs(List.of()))),
            new Request("SET a = :a", null, Map.of(), value(AttributeValue.fromN("1E126"))),
            new Request("SET a = :a", null, Map.of(), value(AttributeValue.fromN("one"))),
            new Request(
                "ADD ss :a", null, Map.of(), value(AttributeValue.fromSs(List.of("a", "a")))));
    for (Request request : requests) {
      assertThat(atDynamoDb(request, EXAMPLE).kind()).as("%s", request).isEqualTo("refused");
      assertThat(here(request, EXAMPLE).kind()).as("%s", request).isEqualTo("refused");
    }
  }

  private static Map<String, AttributeValue> value(AttributeValue value) {
    return Map.of(":a", value);
  }

  @Test
  void projection_everyReservedWord_isRefusedAsByDynamoDb() {
    List<String> accepted = new ArrayList<>();
    for (String word : ReservedWords.all()) {
      String lower = word.toLowerCase(Locale.ROOT);
      assertThatThrownBy(
              () -> ExpressionParser.projection(lower, new Definitions(Map.of(), Map.of())))
          .as(word)
          .isInstanceOf(ExpressionException.class);
      try {
        client.getItem(
            get -> get.tableName(TABLE).key(RandomExpressions.KEY).projectionExpression(lower));
        accepted.add(word);
      } catch (DynamoDbException e) {
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
      }
    }
    assertThat(accepted).isEmpty();
    assertThat(ReservedWords.all()).hasSize(571);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ss <> :ss                       | false",
        "ss = :ss                        | done",
        "numbers <> :numbers             | false",
        "numbers = :numbers              | done",
        "contains(nested, :numbers)      | done",
        "nested IN (:ss, :numbers)       | false",
        "id.x = :ss                      | refused",
        "n = :ss OR contains(:ss, id[0]) | refused",
        "attribute_exists(id.x)          | refused",
      })
  void condition_onValuesWrittenInAnotherWay_comparesAsDynamoDb(String condition, String kind) {
    AttributeValue numbers =
        AttributeValue.fromL(List.of(AttributeValue.fromN("1"), AttributeValue.fromN("20")));
    AttributeValue rewritten =
        AttributeValue.fromL(List.of(AttributeValue.fromN("1.0"), AttributeValue.fromN("2E1")));
    Map<String, AttributeValue> item = new HashMap<>(EXAMPLE);
    item.put("numbers", numbers);
    item.put("nested", AttributeValue.fromL(List.of(numbers)));
    Map<String, AttributeValue> used = new HashMap<>();
    used.put(":ss", AttributeValue.fromSs(List.of("c", "b")));
    used.put(":numbers", rewritten);
    used.keySet().removeIf(placeholder -> !condition.contains(placeholder));
    Request request = new Request(null, condition, Map.of(), used);
    assertThat(atDynamoDb(request, item).kind()).isEqualTo(kind);
    assertThat(here(request, item).kind()).isEqualTo(kind);
  }

  /** In DynamoDB a text is as long as in Java: a character outside the first plane counts twice. */
  @ParameterizedTest
  @CsvSource({"abc, 3", "\u00e9, 1", "\uff5e, 1", "\ud83d\ude00, 2", "e\u0301x, 3"})
  void condition_onTheSizeOfAText_countsAsDynamoDb(String text, int size) {
    Map<String, AttributeValue> item = new HashMap<>(EXAMPLE);
    item.put("word", AttributeValue.fromS(text));
    for (String sized : List.of("word", ":word")) {
      for (int asked = size - 1; asked <= size + 1; asked++) {
        String condition = "size(" + sized + ") = :size";
        Map<String, AttributeValue> used = new HashMap<>();
        used.put(":size", AttributeValue.fromN(Integer.toString(asked)));
        if (sized.equals(":word")) {
          used.put(":word", AttributeValue.fromS(text));
        }
        Request request = new Request(null, condition, Map.of(), used);
        String kind = asked == size ? "done" : "false";
        assertThat(atDynamoDb(request, item).kind()).isEqualTo(kind);
        assertThat(here(request, item).kind()).isEqualTo(kind);
      }
    }
  }

  private void compare(boolean conditionsOnly) {
    System.out.println("ExpressionDifferentialTest: seed " + seed + ", " + CASES + " cases");
    RandomExpressions random = new RandomExpressions(seed);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      Map<String, AttributeValue> item = random.item();
      Request request = conditionsOnly ? random.condition() : random.update();
      Outcome theirs = atDynamoDb(request, item);
      Outcome ours = here(request, item);
      String what = "seed %s case %s: %s on %s".formatted(seed, i, request, item);
      assertThat(ours.kind()).as(what).isEqualTo(theirs.kind());
      assertThat(DynamoDbEquality.sameEntries(ours.item(), theirs.item()))
          .as("%s\nours %s\ntheirs %s", what, ours, theirs)
          .isTrue();
      refused += theirs.kind().equals("refused") ? 1 : 0;
    }
    assertThat(refused).as("seed %s", seed).isBetween(CASES / 20, CASES * 3 / 4);
  }

  private static Outcome atDynamoDb(Request request, Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(TABLE).item(item));
    try {
      client.updateItem(
          update ->
              update
                  .tableName(TABLE)
                  .key(RandomExpressions.KEY)
                  .updateExpression(request.expression())
                  .conditionExpression(request.condition())
                  .expressionAttributeNames(request.namesOrNull())
                  .expressionAttributeValues(request.valuesOrNull()));
    } catch (ConditionalCheckFailedException e) {
      return new Outcome("false", Map.of());
    } catch (DynamoDbException e) {
      return new Outcome("refused", Map.of());
    }
    return new Outcome(
        "done", client.getItem(get -> get.tableName(TABLE).key(RandomExpressions.KEY)).item());
  }

  private static Outcome here(Request request, Map<String, AttributeValue> item) {
    try {
      Definitions definitions = Definitions.of(request.namesOrNull(), request.valuesOrNull());
      UpdateExpression update =
          request.expression() == null
              ? new UpdateExpression(List.of())
              : ExpressionParser.update(request.expression(), definitions);
      if (request.condition() != null) {
        MentionedAttributes.requireScalars(
            request.condition(), definitions.names(), RandomExpressions.KEY.keySet());
      }
      boolean holds =
          request.condition() == null
              || ConditionEvaluator.holds(
                  ExpressionParser.condition(request.condition(), definitions), item);
      definitions.requireUsedIn(request.expression(), request.condition());
      if (!holds) {
        return new Outcome("false", Map.of());
      }
      update.requireNoneOf(RandomExpressions.KEY.keySet());
      return new Outcome("done", update.applyTo(item));
    } catch (ExpressionException | UpdateException e) {
      return new Outcome("refused", Map.of());
    }
  }
}
