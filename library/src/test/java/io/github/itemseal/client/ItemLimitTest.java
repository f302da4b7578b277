package io.github.itemseal.client;

import static io.github.itemseal.ItemTooLargeException.LIMIT_BYTES;
import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemTooLargeException;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.format.ItemSize;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Items at the limit of DynamoDB, with both clients, at DynamoDB Local. */
@ParameterizedClass(name = "asynchronous: {0}")
@ValueSource(booleans = {false, true})
class ItemLimitTest {
  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient plain;
  private static DynamoDbAsyncClient plainAsync;

  @Parameter boolean asynchronous;

  private DynamoDbClient client;
  private EncryptedDynamoDbClient blocking;
  private EncryptedDynamoDbAsyncClient async;

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
    plainAsync = DYNAMO_DB.asyncClient();
  }

  @BeforeEach
  void createTable() {
    TestTables.create(plain, PEOPLE);
    TableInfo table = TableInfo.of(PEOPLE, TableIndex.of("id"));
    blocking =
        EncryptedDynamoDbClient.builder().client(plain).table(TestTables.encryption(table)).build();
    async =
        EncryptedDynamoDbAsyncClient.builder()
            .client(plainAsync)
            .table(TestTables.encryption(table))
            .build();
    client = asynchronous ? AsyncAsBlocking.of(async) : blocking;
  }

  @AfterEach
  void deleteTable() {
    plain.deleteTable(request -> request.tableName(PEOPLE));
  }

  /** An item that has so many bytes once it is sealed: the unprotected note fills it up. */
  private Map<String, AttributeValue> item(String id, int storedBytes) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromS(id));
    item.put("ssn", AttributeValue.fromS("s".repeat(100_000)));
    item.put("note", AttributeValue.fromS(""));
    blocking.putItem(put -> put.tableName(PEOPLE).item(item));
    int rest = storedBytes - ItemSize.of(stored(id));
    plain.deleteItem(delete -> delete.tableName(PEOPLE).key(key(id)));
    item.put("note", AttributeValue.fromS("n".repeat(rest)));
    return item;
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> stored(String id) {
    return plain.getItem(get -> get.tableName(PEOPLE).key(key(id)).consistentRead(true)).item();
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(put -> put.item(item)).build();
  }

  @Test
  void putItem_sealedExactlyAsLargeAsDynamoDbStores_isStored() {
    Map<String, AttributeValue> item = item("ann", LIMIT_BYTES);
    client.putItem(put -> put.tableName(PEOPLE).item(item));
    assertThat(ItemSize.of(stored("ann"))).isEqualTo(LIMIT_BYTES);
  }

  @Test
  void putItem_sealedOneByteLarger_throwsWithTheNumbersAndTheLargestAttributes() {
    Map<String, AttributeValue> item = item("ann", LIMIT_BYTES + 1);
    ItemTooLargeException failure =
        catchThrowableOfType(
            ItemTooLargeException.class,
            () -> client.putItem(put -> put.tableName(PEOPLE).item(item)));
    assertThat(failure.reason()).isEqualTo(FailureReason.ITEM_TOO_LARGE);
    assertThat(failure.plainBytes()).isEqualTo(ItemSize.of(item));
    assertThat(failure.storedBytes()).isEqualTo(LIMIT_BYTES + 1);
    assertThat(failure.subject().tableName()).contains(PEOPLE);
    assertThat(failure)
        .hasMessageContaining("sealed 409601, and DynamoDB stores at most 409600")
        .hasMessageContaining("'note' with")
        .hasMessageNotContaining("sss")
        .hasMessageNotContaining("nnn");
    assertThat(stored("ann")).isEmpty();
  }

  @Test
  void putItem_plaintextBelowTheLimitAndSealedAbove_isRefusedBeforeTheCall() {
    Map<String, AttributeValue> item = item("ann", LIMIT_BYTES + 1);
    assertThat(ItemSize.of(item)).isLessThan(LIMIT_BYTES);
    assertThatThrownBy(() -> client.putItem(put -> put.tableName(PEOPLE).item(item)))
        .isInstanceOf(ItemTooLargeException.class)
        .hasMessageContaining("DynamoDB stores at most");
  }

  @Test
  void batchWriteItem_oneItemTooLarge_throwsAndWritesNone() {
    List<WriteRequest> writes =
        List.of(put(item("ann", LIMIT_BYTES)), put(item("bob", LIMIT_BYTES + 1)));
    assertThatThrownBy(
            () -> client.batchWriteItem(batch -> batch.requestItems(Map.of(PEOPLE, writes))))
        .isInstanceOf(ItemTooLargeException.class)
        .hasMessageContaining("table 'People'");
    assertThat(stored("ann")).isEmpty();
  }

  @Test
  void transactWriteItems_oneItemTooLarge_throwsAndWritesNone() {
    Map<String, AttributeValue> fits = item("ann", LIMIT_BYTES);
    Map<String, AttributeValue> large = item("bob", LIMIT_BYTES + 1);
    assertThatThrownBy(
            () ->
                client.transactWriteItems(
                    request ->
                        request.transactItems(
                            item -> item.put(put -> put.tableName(PEOPLE).item(fits)),
                            item -> item.put(put -> put.tableName(PEOPLE).item(large)))))
        .isInstanceOf(ItemTooLargeException.class)
        .hasMessageContaining("table 'People'");
    assertThat(stored("ann")).isEmpty();
  }

  @Test
  void update_makesItemTooLarge_throwsAndLeavesTheItem() {
    Map<String, AttributeValue> item = item("ann", LIMIT_BYTES);
    client.putItem(put -> put.tableName(PEOPLE).item(item));
    Map<String, AttributeValue> before = stored("ann");
    ItemUpdate longer =
        ItemUpdate.of(
                PEOPLE,
                key("ann"),
                old -> {
                  Map<String, AttributeValue> grown = new HashMap<>(old);
                  grown.put("note", AttributeValue.fromS(old.get("note").s() + "n"));
                  return grown;
                })
            .build();
    assertThatThrownBy(() -> update(longer))
        .isInstanceOf(ItemTooLargeException.class)
        .hasMessageContaining("DynamoDB stores at most");
    assertThatThrownBy(() -> updateAll(List.of(longer)))
        .isInstanceOf(ItemTooLargeException.class)
        .hasMessageContaining("DynamoDB stores at most");
    assertThat(stored("ann")).isEqualTo(before);
  }

  private void update(ItemUpdate update) {
    if (asynchronous) {
      CancellableStages.join(async.update(update));
    } else {
      blocking.update(update);
    }
  }

  private void updateAll(List<ItemUpdate> updates) {
    if (asynchronous) {
      CancellableStages.join(EncryptedAsyncResource.of(async).updateAll(updates));
    } else {
      EncryptedResource.of(blocking).updateAll(updates);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void atLeast_itemsOfEveryTypeAtTheLimit_isNeverMoreThanDynamoDbCounts(int run) {
    long seed = System.nanoTime();
    Map<String, AttributeValue> item = new HashMap<>();
    Random random = new Random(seed);
    item.put("id", AttributeValue.fromS("ann"));
    item.put("values", values(random, 20_000, 1));
    item.put("number", AttributeValue.fromN("-120000.0001000"));
    item.put("å€😀", AttributeValue.fromS("å€😀".repeat(500)));
    item.put("fill", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])));
    int rest = LIMIT_BYTES + 1 - ItemSize.atLeast(item);
    item.put("fill", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[rest])));
    assertThatThrownBy(() -> plain.putItem(put -> put.tableName(PEOPLE).item(item)))
        .as("run %s, seed %s", run, seed)
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Item size has exceeded");
  }

  /** A list of values of every type. */
  private static AttributeValue values(Random random, int count, int depth) {
    AttributeValue[] values = new AttributeValue[random.nextInt(count) + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (random.nextInt(depth < 4 ? 8 : 6)) {
            case 0 -> AttributeValue.fromN(Long.toString(random.nextLong()));
            case 1 -> AttributeValue.fromN("1" + "0".repeat(random.nextInt(30)));
            case 2 -> AttributeValue.fromBool(true);
            case 3 -> AttributeValue.fromNul(true);
            case 4 -> AttributeValue.fromNs(List.of("1", "2.50", Integer.toString(i + 3)));
            case 5 -> AttributeValue.fromSs(List.of("a", "å" + i));
            case 6 -> values(random, 5, depth + 1);
            default -> AttributeValue.fromM(Map.of("key" + i, values(random, 5, depth + 1)));
          };
    }
    return AttributeValue.fromL(List.of(values));
  }
}
