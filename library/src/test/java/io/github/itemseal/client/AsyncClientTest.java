package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;

import io.github.itemseal.TableInfo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@link ClientContract} of the asynchronous client. */
class AsyncClientTest extends ClientContract {
  @Override
  DynamoDbClient client(UnreadableItemHandler handler, String passThrough) {
    EncryptedDynamoDbAsyncClient.Builder builder =
        EncryptedDynamoDbAsyncClient.builder()
            .client(DYNAMO_DB.asyncClient())
            .table(TestTables.encryption(TableInfo.named(PEOPLE)))
            .passThrough(passThrough);
    return AsyncAsBlocking.of(
        (handler == null ? builder : builder.unreadableItems(handler)).build());
  }
}
