package io.github.itemseal.client;

import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A process of its own that starts a safe update of one item, says when it has read it, and then
 * neither writes nor ends until a line arrives on its input.
 */
final class UpdateProcess {
  private UpdateProcess() {}

  /** Argument: the item's id. The environment names the database. */
  public static void main(String[] arguments) {
    try (DynamoDbClient client = DynamoDbClient.create()) {
      EncryptedDynamoDbClient.builder()
          .client(client)
          .table(TestTables.encryption(TableInfo.of(TestTables.PEOPLE, TableIndex.of("id"))))
          .build()
          .table(TestTables.PEOPLE)
          .update(
              Map.of("id", AttributeValue.fromS(arguments[0])),
              item -> {
                System.out.println("read");
                awaitLine();
                return SafeUpdateFixture.increment("count").apply(item);
              });
    }
  }

  private static void awaitLine() {
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("Nobody gave the signal to go on.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
