package io.github.itemseal.examples;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.StaticBranchKeys;
import io.github.itemseal.micrometer.MicrometerListener;
import io.github.itemseal.testkit.LocalDynamoDb;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table on its way from plaintext over DDBEC to DBE, counted by Micrometer: how many items are
 * not there yet, how often keys were fetched and how often they were there already. {@code ./demo
 * Counting} runs it.
 */
public final class Counting {
  private Counting() {}

  /** Runs the example on a DynamoDB in this process. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  static void run(PrintStream out) {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
      DynamoDbClient plain = dynamoDb.client();
      Tables.create(dynamoDb, "People");
      MeterRegistry registry = new SimpleMeterRegistry();
      work(plain, new MicrometerListener(registry));
      registry.getMeters().stream()
          .sorted(Comparator.comparing(Counting::name))
          .forEach(meter -> out.printf("%-64s %5.0f%n", name(meter), count(meter)));
    }
  }

  private static void work(DynamoDbClient plain, ItemsealListener listener) {
    Ddbec old = Tables.format();
    Dbe young = Dbe.using(keyring(listener));
    TableEncryption.FormatStage people =
        TableEncryption.of(TableInfo.of("People", TableIndex.of("id")))
            .actions(AttributeActions.encryptAndSign());

    plain.putItem(put -> put.tableName("People").item(person("plain")));
    client(plain, people.writes(old).build())
        .putItem(put -> put.tableName("People").item(person("old")));

    DynamoDbClient moving =
        client(
            plain,
            people
                .writes(young)
                .reads(young, old, Plaintext.readable())
                .listener(listener)
                .build());
    for (String id : new String[] {"new", "newer", "newest"}) {
      moving.putItem(put -> put.tableName("People").item(person(id)));
    }
    moving.scan(scan -> scan.tableName("People"));

    // Somebody without keys takes the ciphertext away: the item is not returned, and counted.
    plain.updateItem(
        update -> update.tableName("People").key(key("newest")).updateExpression("REMOVE ssn"));
    try {
      moving.getItem(get -> get.tableName("People").key(key("newest")));
    } catch (ItemsealException refused) {
      // counted as itemseal.items.failed
    }
  }

  private static Keyring keyring(ItemsealListener listener) {
    return HierarchicalKeyring.builder(
            StaticBranchKeys.of(
                BranchKey.of(
                    "people", UUID.randomUUID(), Map.of(), ExampleKeys.aes().getEncoded())))
        .branchKeyId("people")
        .ttl(Duration.ofMinutes(10))
        .listener(listener)
        .build();
  }

  private static DynamoDbClient client(DynamoDbClient plain, TableEncryption people) {
    return EncryptedDynamoDbClient.builder().client(plain).table(people).build();
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> person(String id) {
    return Map.of("id", AttributeValue.fromS(id), "ssn", AttributeValue.fromS("123-45-6789"));
  }

  /** The meter with its tags, but for the table. */
  private static String name(Meter meter) {
    return meter.getId().getTags().stream()
        .filter(tag -> !tag.getKey().equals("table"))
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining(", ", meter.getId().getName() + " {", "}"));
  }

  /** Of a counter its count, of a timer or distribution the number of what was measured. */
  private static double count(Meter meter) {
    return meter.measure().iterator().next().getValue();
  }
}
