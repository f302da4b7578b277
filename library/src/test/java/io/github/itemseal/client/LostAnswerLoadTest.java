package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testkit.DynamoDbFault;
import io.github.itemseal.testkit.FaultyDynamoDb;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Increments of two counters, a half of them in transactions, while 15 % of the answers get lost
 * and the requests are sent again, by the SDK or below it. The items hold what DynamoDB gives back
 * otherwise than it was sent. With {@code -Ditemseal.load=full} there are 1,200 increments, else
 * 240.
 */
class LostAnswerLoadTest {
  private static final int INCREMENTS =
      System.getProperty("itemseal.load", "").equals("full") ? 1200 : 240;

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  @BeforeEach
  void createTable() {
    TestTables.create(DYNAMO_DB.client(), PEOPLE);
  }

  @AfterEach
  void deleteTable() {
    DYNAMO_DB.client().deleteTable(request -> request.tableName(PEOPLE));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"DDBEC,BLOCKING", "DDBEC,ASYNCHRONOUS", "DBE,BLOCKING", "DBE,ASYNCHRONOUS"})
  void increments_answersLost_areExact(StoredFormat format, UpdatingClient client) {
    long seed = Long.getLong("itemseal.seed", new Random().nextLong());
    FaultyDynamoDb faults =
        FaultyDynamoDb.seeded(seed)
            .canonicalizeValues()
            .sometimes(0.05, DynamoDbFault.ANSWER_LOST_AND_RETRIED, writes())
            .sometimes(0.1, DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK, writes());
    UpdatingClient.Updates updates =
        client.open(
            faults.over(DYNAMO_DB.client()),
            faults.over(DYNAMO_DB.asyncClient()),
            encryption(format),
            UpdateRetry.standard());
    EncryptedDynamoDbClient reader =
        EncryptedDynamoDbClient.builder()
            .client(DYNAMO_DB.client())
            .table(encryption(format))
            .build();
    put(reader, "ann");
    put(reader, "bob");

    int transactions = INCREMENTS / 4; // of two increments
    for (int i = 0; i < transactions; i++) {
      updates.update(increment("ann"));
      updates.update(increment("bob"));
      updates.updateAll(List.of(increment("ann"), increment("bob")));
    }

    int lost =
        faults.count(DynamoDbFault.ANSWER_LOST_AND_RETRIED)
            + faults.count(DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    System.out.printf(
        "LostAnswerLoadTest %s %s seed %d: %d increments, %d answers lost%n",
        format, client, seed, INCREMENTS, lost);
    assertThat(lost).isGreaterThan(3 * transactions / 20); // 5 % at least, where 15 are expected
    for (String id : List.of("ann", "bob")) {
      assertThat(reader.table(PEOPLE).getItem(key(id)).orElseThrow())
          .as("seed %d", seed)
          .containsEntry("count", AttributeValue.fromN(Integer.toString(INCREMENTS / 2)));
    }
  }

  private static TableEncryption encryption(StoredFormat format) {
    return TableEncryption.of(TableInfo.of(PEOPLE, TableIndex.of("id")))
        .actions(
            AttributeActions.encryptAndSign()
                .with("labels", CryptoAction.SIGN_ONLY)
                .with("size", CryptoAction.SIGN_ONLY)
                .with("note", CryptoAction.DO_NOTHING))
        .writes(format.format())
        .build();
  }

  private static String[] writes() {
    return new String[] {"UpdateItem", "PutItem", "TransactWriteItems"};
  }

  private static void put(EncryptedDynamoDbClient client, String id) {
    client
        .table(PEOPLE)
        .putItem(
            Map.of(
                "id", AttributeValue.fromS(id),
                "count", AttributeValue.fromN("0"),
                "labels", AttributeValue.fromSs(List.of("m", "a", "z")),
                "size", AttributeValue.fromN("10.50"),
                "price", AttributeValue.fromN("1E+2")));
  }

  private static ItemUpdate increment(String id) {
    return ItemUpdate.of(PEOPLE, key(id), SafeUpdateFixture.increment("count")).build();
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }
}
