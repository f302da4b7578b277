package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;

import io.github.itemseal.TableEncryption;
import io.github.itemseal.testkit.FaultyDynamoDb;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table at DynamoDB Local for tests of safe updates, with either client and in either format.
 * Other writers come in between by being called from the change itself, so that nothing depends on
 * time.
 */
@ParameterizedClass
@MethodSource("variants")
abstract class SafeUpdateFixture {
  static DynamoDbClient plain;

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbAsyncClient plainAsync;

  @Parameter(0)
  StoredFormat format;

  @Parameter(1)
  UpdatingClient client;

  private UpdatingClient.Updates updates;

  /** Another writer, always blocking. */
  EncryptedDynamoDbClient other;

  static List<Arguments> variants() {
    List<Arguments> variants = new ArrayList<>();
    for (StoredFormat format : StoredFormat.values()) {
      for (UpdatingClient client : UpdatingClient.values()) {
        variants.add(Arguments.of(format, client));
      }
    }
    return variants;
  }

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
    plainAsync = DYNAMO_DB.asyncClient();
  }

  @BeforeEach
  void createTable() {
    TestTables.create(plain, PEOPLE);
    other = writer(format.encryption());
    open(format.encryption(), UpdateRetry.standard());
  }

  @AfterEach
  void deleteTable() {
    plain.deleteTable(request -> request.tableName(PEOPLE));
  }

  static EncryptedDynamoDbClient writer(TableEncryption encryption) {
    return EncryptedDynamoDbClient.builder().client(plain).table(encryption).build();
  }

  /** Makes the client under test, instead of the one before. */
  void open(TableEncryption encryption, UpdateRetry retry) {
    updates = client.open(plain, plainAsync, encryption, retry);
  }

  /** Makes the client under test over faulty calls, which go through hooks. */
  void openFaulty(
      FaultyDynamoDb faults, WriteHooks hooks, TableEncryption encryption, UpdateRetry retry) {
    updates =
        client.open(
            faults.over(hooks.over(DynamoDbClient.class, plain)),
            faults.over(hooks.over(DynamoDbAsyncClient.class, plainAsync)),
            encryption,
            retry);
  }

  UpdatedItem update(ItemUpdate update) {
    return updates.update(update);
  }

  List<UpdatedItem> updateAll(List<ItemUpdate> all) {
    return updates.updateAll(all);
  }

  static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  void put(String id, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("id", s(id));
    other.table(PEOPLE).putItem(item);
  }

  Map<String, AttributeValue> read(String id) {
    return other.table(PEOPLE).getItem(key(id)).orElseThrow();
  }

  static Map<String, AttributeValue> stored(String id) {
    return plain.getItem(get -> get.tableName(PEOPLE).key(key(id)).consistentRead(true)).item();
  }

  static void setRaw(String id, String name, AttributeValue value) {
    plain.updateItem(
        raw ->
            raw.tableName(PEOPLE)
                .key(key(id))
                .updateExpression("SET #n = :v")
                .expressionAttributeNames(Map.of("#n", name))
                .expressionAttributeValues(Map.of(":v", value)));
  }

  static UnaryOperator<Map<String, AttributeValue>> set(String name, String value) {
    return item -> {
      item.put(name, s(value));
      return item;
    };
  }

  static UnaryOperator<Map<String, AttributeValue>> increment(String name) {
    return item -> {
      long before = item.containsKey(name) ? Long.parseLong(item.get(name).n()) : 0;
      item.put(name, AttributeValue.fromN(Long.toString(before + 1)));
      return item;
    };
  }

  /** A change during whose first call something else happens. */
  static UnaryOperator<Map<String, AttributeValue>> meanwhile(
      Runnable interference, UnaryOperator<Map<String, AttributeValue>> change) {
    AtomicInteger calls = new AtomicInteger();
    return item -> {
      if (calls.getAndIncrement() == 0) {
        interference.run();
      }
      return change.apply(item);
    };
  }

  static ItemUpdate.Builder ann(UnaryOperator<Map<String, AttributeValue>> change) {
    return ItemUpdate.of(PEOPLE, key("ann"), change);
  }

  static ItemUpdate.Builder bob(UnaryOperator<Map<String, AttributeValue>> change) {
    return ItemUpdate.of(PEOPLE, key("bob"), change);
  }

  UpdatedItem updateAnn(UnaryOperator<Map<String, AttributeValue>> change) {
    return update(ann(change).build());
  }
}
