package io.github.itemseal.client;

import io.github.itemseal.TableEncryption;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Safe updates with the asynchronous client. */
class AsyncSafeUpdateTest extends SafeUpdateContract {
  private static DynamoDbAsyncClient plainAsync;

  private EncryptedDynamoDbAsyncClient client;

  @BeforeAll
  static void openClient() {
    plainAsync = dynamoDb.asyncClient();
  }

  @AfterAll
  static void closeClient() {
    plainAsync.close();
  }

  @Override
  void open(TableEncryption encryption, UpdateRetry retry) {
    client =
        EncryptedDynamoDbAsyncClient.builder()
            .client(plainAsync)
            .table(encryption)
            .updateRetry(retry)
            .build();
  }

  @Override
  UpdatedItem update(ItemUpdate update) {
    return CancellableStages.join(client.updates().update(update));
  }

  @Override
  List<UpdatedItem> updateAll(List<ItemUpdate> updates) {
    return CancellableStages.join(EncryptedAsyncResource.of(client).updateAll(updates));
  }
}
