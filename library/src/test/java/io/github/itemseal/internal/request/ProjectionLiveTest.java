package io.github.itemseal.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * {@link Projection} beside DynamoDB Local: the same parts, and refusals of the same expressions.
 */
class ProjectionLiveTest {
  private static final String TABLE = "Documents";
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("1"));
  private static final int ITEMS = 60;
  private static final int PROJECTIONS = 30;

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient client;

  @BeforeAll
  static void openClients() {
    client = DYNAMO_DB.client();
    client.createTable(
        table ->
            table
                .tableName(TABLE)
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType("HASH"))
                .billingMode("PAY_PER_REQUEST"));
  }

  @Test
  void pickFrom_randomItemsAndProjections_answersLikeDynamoDb() {
    long seed = new Random().nextLong();
    System.out.println("ProjectionLiveTest: seed " + seed);
    RandomProjections random = new RandomProjections(seed);
    int refused = 0;
    int empty = 0;
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = new HashMap<>(random.item());
      item.putAll(KEY);
      client.putItem(put -> put.tableName(TABLE).item(item));
      for (int j = 0; j < PROJECTIONS; j++) {
        RandomProjections.Expression projection = random.expression();
        Optional<Map<String, AttributeValue>> ours =
            Projection.of(projection.text(), projection.names()).map(p -> p.pickFrom(item));
        assertThat(ours)
            .describedAs("seed %s, %s of %s", seed, projection, item)
            .isEqualTo(askDynamoDb(projection.text(), projection.names()));
        refused += ours.isEmpty() ? 1 : 0;
        empty += ours.filter(Map::isEmpty).isPresent() ? 1 : 0;
      }
    }
    int all = ITEMS * PROJECTIONS; // the random ones are worth something
    assertThat(refused).isBetween(all / 50, all / 2);
    assertThat(empty).isBetween(all / 50, all / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a, a",
        "a.b, a",
        "a.b, a[0]",
        "l[01]",
        "l[2147483648]",
        "l[-1]",
        "l[]",
        "l[1",
        "a,",
        ",a",
        "a b",
        "a..b",
        "a.1",
        "1a",
        "_a",
        "Or",
        "a.between",
        "#x",
        "#",
        "  ",
        "size(a)",
        "é"
      })
  void of_expressionThatDynamoDbRefuses_isEmpty(String expression) {
    assertThat(askDynamoDb(expression, Map.of())).isEmpty();
    assertThat(Projection.of(expression, Map.of())).isEmpty();
  }

  /** Empty if DynamoDB refuses the expression. */
  private static Optional<Map<String, AttributeValue>> askDynamoDb(
      String expression, Map<String, String> names) {
    try {
      return Optional.of(
          client
              .getItem(
                  GetItemRequest.builder()
                      .tableName(TABLE)
                      .key(KEY)
                      .projectionExpression(expression)
                      .expressionAttributeNames(names.isEmpty() ? null : names)
                      .build())
              .item());
    } catch (DynamoDbException e) {
      assertThat(List.of(e.awsErrorDetails().errorCode())).containsExactly("ValidationException");
      return Optional.empty();
    }
  }
}
