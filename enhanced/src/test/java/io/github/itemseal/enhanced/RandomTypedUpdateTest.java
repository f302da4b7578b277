package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.enhanced.RandomOrders.Change;
import io.github.itemseal.internal.value.DynamoDbEquality;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A random change of one property of a random item leaves everything else in it as it was. */
class RandomTypedUpdateTest extends TypedUpdateFixture {
  private static final int MAPPED = Integer.getInteger("typed.cases", 2000);
  private static final int STORED = 15;

  @Test
  void mappedItems_changedInOneProperty_keepAllElse() {
    long seed = seed();
    RandomOrders orders = new RandomOrders(new Random(seed));
    TypedMapping<Order> mapping =
        new TypedMapping<>(
            DynamoDbEnhancedClient.builder()
                .dynamoDbClient(new Unused())
                .extensions()
                .build()
                .table(TABLE, ORDER));
    for (int i = 0; i < MAPPED; i++) {
      Map<String, AttributeValue> item = orders.item();
      Change change = orders.change(item);
      Map<String, AttributeValue> actual =
          mapping
              .changeOf(
                  order -> {
                    change.change().accept(order);
                    return order;
                  })
              .apply(item);
      assertChanged(seed, i, item, change, actual, change.expected());
    }
  }

  @ParameterizedTest
  @EnumSource
  void storedItems_changedInOneProperty_keepAllElse(UpdateWay way) {
    long seed = seed();
    RandomOrders orders = new RandomOrders(new Random(seed));
    for (int i = 0; i < STORED; i++) {
      Map<String, AttributeValue> item = orders.item();
      Change change = orders.change(item);
      Map<String, AttributeValue> expected = new LinkedHashMap<>(change.expected());
      expected.put("version", AttributeValue.fromN("6"));
      expected.put("changed", AttributeValue.fromS(NOW));
      expected.put("visits", AttributeValue.fromN("0"));
      assertChanged(seed, i, item, change, updated(way, item, change.change()), expected);
    }
  }

  private static long seed() {
    long seed = Long.getLong("typed.seed", new Random().nextLong());
    System.out.println("RandomTypedUpdateTest seed " + seed);
    return seed;
  }

  private static void assertChanged(
      long seed,
      int number,
      Map<String, AttributeValue> item,
      Change change,
      Map<String, AttributeValue> actual,
      Map<String, AttributeValue> expected) {
    assertThat(DynamoDbEquality.sameEntries(actual, expected))
        .as(
            "seed %s case %s, %s%nof       %s%nexpected %s%nbut was  %s",
            seed, number, change.name(), item, expected, actual)
        .isTrue();
  }

  /** No call is made. */
  private static final class Unused implements DynamoDbClient {
    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
