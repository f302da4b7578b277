package io.github.itemseal.examples.migration;

import io.github.itemseal.ItemInspection;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.testkit.LocalDynamoDb;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The whole way, stage by stage, on one table in a DynamoDB in this process. */
public final class Migration {
  private final DynamoDbClient plain;
  private final Keys keys = Keys.random();
  private final PrintStream out;

  private Migration(DynamoDbClient plain, PrintStream out) {
    this.plain = plain;
    this.out = out;
  }

  public static void main(String[] args) {
    runUpTo(Stage.ONLY_DBE, System.out);
  }

  /** Runs the stages before and this one. */
  static void runUpTo(Stage last, PrintStream out) {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
      DynamoDbClient plain = dynamoDb.client();
      dynamoDb.createTable(Customers.NAME, "id");
      Migration migration = new Migration(plain, out);
      for (int i = 0; i < 3; i++) {
        int number = i;
        plain.putItem(
            put -> put.tableName(Customers.NAME).item(Customers.customer("before-" + number)));
      }
      migration.show("before");
      for (Stage stage : Stage.values()) {
        if (stage.compareTo(last) <= 0) {
          migration.run(stage);
        }
      }
    }
  }

  /** Writes a new item, reads all items, and rewrites the old ones where it is time to. */
  private void run(Stage stage) {
    EncryptedDynamoDbClient client =
        EncryptedDynamoDbClient.builder().client(plain).table(stage.table(keys)).build();
    client.putItem(
        put ->
            put.tableName(Customers.NAME)
                .item(Customers.customer("written when " + stage.title())));
    long readable = client.table(Customers.NAME).items().stream().count();
    if (stage.rewrites()) {
      show(stage.title() + ", not rewritten yet");
      Rewrite.oldItems(plain, client, stage.table(keys).writes().name());
    }
    show(stage.title());
    out.printf("      all %d items read%n", readable);
  }

  private void show(String title) {
    Map<String, Integer> formats = new TreeMap<>();
    plain
        .scanPaginator(scan -> scan.tableName(Customers.NAME))
        .items()
        .forEach(item -> formats.merge(ItemInspection.of(item).format(), 1, Integer::sum));
    out.printf("%-40s stored: %s%n", title, formats);
  }
}
