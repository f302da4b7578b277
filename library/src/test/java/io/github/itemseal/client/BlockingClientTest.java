package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;

import io.github.itemseal.TableInfo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@link ClientContract} of the blocking client. */
class BlockingClientTest extends ClientContract {
  @Override
  DynamoDbClient client(UnreadableItemHandler handler, String passThrough) {
    EncryptedDynamoDbClient.Builder builder =
        EncryptedDynamoDbClient.builder()
            .client(plain)
            .table(TestTables.encryption(TableInfo.named(PEOPLE)))
            .passThrough(passThrough);
    return (handler == null ? builder : builder.unreadableItems(handler)).build();
  }
}
