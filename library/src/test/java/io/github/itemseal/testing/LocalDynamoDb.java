package io.github.itemseal.testing;

import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The test kit's database, for tests that open and close one themselves. New tests use {@link
 * io.github.itemseal.testkit.LocalDynamoDbExtension}.
 */
public final class LocalDynamoDb implements AutoCloseable {
  private final io.github.itemseal.testkit.LocalDynamoDb database =
      io.github.itemseal.testkit.LocalDynamoDb.open();

  private LocalDynamoDb() {}

  public static LocalDynamoDb start() {
    return new LocalDynamoDb();
  }

  public DynamoDbClient client() {
    return database.client();
  }

  public DynamoDbAsyncClient asyncClient() {
    return database.asyncClient();
  }

  public DynamoDbStreamsClient streamsClient() {
    return database.streamsClient();
  }

  public URI endpoint() {
    return database.endpoint();
  }

  @Override
  public void close() {
    database.close();
  }
}
