package io.github.itemseal.examples;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.client.EncryptedTable;
import io.github.itemseal.streams.ChangeReader;
import io.github.itemseal.streams.ItemChange;
import io.github.itemseal.testkit.LocalDynamoDb;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The stream of an encrypted table, read as plain items: every image is verified and decrypted.
 * {@code ./demo Streams} runs it.
 */
public final class Streams {
  private Streams() {}

  /** Runs the example on a DynamoDB in this process. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  static void run(PrintStream out) {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
      DynamoDbClient plain = dynamoDb.client();
      String stream = Tables.create(dynamoDb, "Orders").latestStreamArn();
      TableEncryption orders =
          TableEncryption.of(TableInfo.of("Orders", TableIndex.of("id")))
              .actions(AttributeActions.encryptAndSign().with("state", CryptoAction.SIGN_ONLY))
              .writes(Tables.format())
              .build();
      work(EncryptedDynamoDbClient.builder().client(plain).table(orders).build().table("Orders"));

      ChangeReader reader = ChangeReader.of(ItemEncryptor.of(orders));
      for (Record record : recordsOf(dynamoDb.streamsClient(), stream)) {
        tell(reader.read(record), out);
      }
    }
  }

  private static void work(EncryptedTable orders) {
    Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromS("o-1"));
    orders.putItem(
        Map.of(
            "id", AttributeValue.fromS("o-1"),
            "state", AttributeValue.fromS("new"),
            "card", AttributeValue.fromS("4000 0000 0000 0002")));
    orders.update(
        key,
        order -> {
          order.put("state", AttributeValue.fromS("paid"));
          return order;
        });
    orders.deleteItem(key);
  }

  private static void tell(ItemChange change, PrintStream out) {
    out.println(change.type());
    change.oldItem().ifPresent(item -> out.println("  before " + text(item)));
    change.newItem().ifPresent(item -> out.println("  after  " + text(item)));
  }

  private static String text(Map<String, AttributeValue> item) {
    return new TreeMap<>(item)
        .entrySet().stream()
            .map(attribute -> attribute.getKey() + "=" + Values.text(attribute.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** All records of a stream with one shard. */
  private static List<Record> recordsOf(DynamoDbStreamsClient streams, String stream) {
    String shard =
        streams
            .describeStream(describe -> describe.streamArn(stream))
            .streamDescription()
            .shards()
            .get(0)
            .shardId();
    String start =
        streams
            .getShardIterator(
                from ->
                    from.streamArn(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    return streams.getRecords(records -> records.shardIterator(start)).records();
  }
}
