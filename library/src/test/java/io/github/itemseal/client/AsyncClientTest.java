package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;

import io.github.itemseal.TableInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@link ClientContract} of the asynchronous client. */
class AsyncClientTest extends ClientContract {
  private static DynamoDbAsyncClient async;

  @BeforeAll
  static void openClient() {
    async = dynamoDb.asyncClient();
  }

  @AfterAll
  static void closeClient() {
    async.close();
  }

  @Override
  DynamoDbClient client(UnreadableItemHandler handler, String passThrough) {
    EncryptedDynamoDbAsyncClient.Builder builder =
        EncryptedDynamoDbAsyncClient.builder()
            .client(async)
            .table(TestTables.encryption(TableInfo.named(PEOPLE)))
            .passThrough(passThrough);
    return AsyncAsBlocking.of(
        (handler == null ? builder : builder.unreadableItems(handler)).build());
  }
}
