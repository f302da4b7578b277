package io.github.itemseal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@value #WRITERS} writers make {@value #UPDATES} safe updates each, on one item and on fifty;
 * each adds one to a counter of the item and one to a counter of its own. No update may be missing.
 *
 * <p>On one item each writer makes {@value #FEW_UPDATES} only: there all but one of those who meet
 * must try again, which takes minutes for all of them. With {@code -Ditemseal.load=full} they are
 * made too.
 */
abstract class SafeUpdateLoad {
  static final int WRITERS = 32;
  static final int UPDATES = 200;
  static final int FEW_UPDATES = 20;
  static final String TABLE = TestTables.PEOPLE;

  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  static DynamoDbClient plain;

  /** Attempts over all updates: how much the writers were in each other's way. */
  final AtomicLong attempts = new AtomicLong();

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
    TestTables.create(plain, TABLE);
  }

  static UpdateRetry retry() {
    return UpdateRetry.standard()
        .attempts(1000)
        .delays(Duration.ofMillis(100), Duration.ofMillis(800));
  }

  /** Has every writer make its updates one after another, all writers at once. */
  abstract void run(List<List<ItemUpdate>> writers) throws Exception;

  static List<Arguments> loads() {
    String load = System.getProperty("itemseal.load", "");
    return List.of(
        Arguments.of(WRITERS, load.equals("full") ? UPDATES : FEW_UPDATES, 1),
        Arguments.of(WRITERS, load.equals("light") ? FEW_UPDATES : UPDATES, 50));
  }

  /** The name of each run tells its size: in the default build one item gets fewer updates. */
  @ParameterizedTest(name = "{0} writers, {1} updates each, items: {2}")
  @MethodSource("loads")
  void updates_ofManyWriters_areAllThere(int writerCount, int updates, int items) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int[] expected = new int[items];
    List<List<ItemUpdate>> writers =
        IntStream.range(0, writerCount)
            .mapToObj(
                writer ->
                    IntStream.range(0, updates)
                        .mapToObj(
                            update -> {
                              int item = random.nextInt(items);
                              expected[item]++;
                              return ItemUpdate.of(
                                      TABLE, key(items, item), increment("writer" + writer))
                                  .createIfAbsent()
                                  .build();
                            })
                        .toList())
            .toList();

    long start = System.nanoTime();
    run(writers);
    System.out.printf(
        "%s: %s items, %s updates, %s attempts, %.1f s%n",
        getClass().getSimpleName(),
        items,
        writerCount * updates,
        attempts.get(),
        (System.nanoTime() - start) / 1e9);

    EncryptedDynamoDbClient reader =
        EncryptedDynamoDbClient.builder()
            .client(plain)
            .table(TestTables.encryption(TableInfo.of(TABLE, TableIndex.of("id"))))
            .build();
    Map<String, Long> perWriter = new HashMap<>();
    for (int item = 0; item < items; item++) {
      Map<String, AttributeValue> found =
          reader.table(TABLE).getItem(key(items, item)).orElse(Map.of());
      assertThat(count(found, "count")).isEqualTo(expected[item]);
      found.forEach(
          (name, value) -> {
            if (name.startsWith("writer")) {
              perWriter.merge(name, Long.parseLong(value.n()), Long::sum);
            }
          });
    }
    assertThat(perWriter).hasSize(writerCount);
    assertThat(perWriter.values()).containsOnly((long) updates);
  }

  private static Map<String, AttributeValue> key(int items, int item) {
    return Map.of("id", AttributeValue.fromS("of " + items + ", item " + item));
  }

  private static long count(Map<String, AttributeValue> item, String name) {
    return item.containsKey(name) ? Long.parseLong(item.get(name).n()) : 0;
  }

  private static UnaryOperator<Map<String, AttributeValue>> increment(String own) {
    return item -> {
      item.put("count", AttributeValue.fromN(Long.toString(count(item, "count") + 1)));
      item.put(own, AttributeValue.fromN(Long.toString(count(item, own) + 1)));
      return item;
    };
  }
}
