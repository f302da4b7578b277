package io.github.itemseal.client;

import io.github.itemseal.TableEncryption;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The two clients whose safe updates are to do the same. */
enum UpdatingClient {
  BLOCKING {
    @Override
    Updates open(
        DynamoDbClient plain,
        DynamoDbAsyncClient plainAsync,
        TableEncryption encryption,
        UpdateRetry retry) {
      EncryptedDynamoDbClient client =
          EncryptedDynamoDbClient.builder()
              .client(plain)
              .table(encryption)
              .updateRetry(retry)
              .build();
      return new Updates() {
        @Override
        public UpdatedItem update(ItemUpdate update) {
          return client.update(update);
        }

        @Override
        public List<UpdatedItem> updateAll(List<ItemUpdate> updates) {
          return EncryptedResource.of(client).updateAll(updates);
        }
      };
    }
  },

  ASYNCHRONOUS {
    @Override
    Updates open(
        DynamoDbClient plain,
        DynamoDbAsyncClient plainAsync,
        TableEncryption encryption,
        UpdateRetry retry) {
      EncryptedDynamoDbAsyncClient client =
          EncryptedDynamoDbAsyncClient.builder()
              .client(plainAsync)
              .table(encryption)
              .updateRetry(retry)
              .build();
      return new Updates() {
        @Override
        public UpdatedItem update(ItemUpdate update) {
          return CancellableStages.join(client.update(update));
        }

        @Override
        public List<UpdatedItem> updateAll(List<ItemUpdate> updates) {
          return CancellableStages.join(EncryptedAsyncResource.of(client).updateAll(updates));
        }
      };
    }
  };

  /** Safe updates of an open client. */
  interface Updates {
    UpdatedItem update(ItemUpdate update);

    List<UpdatedItem> updateAll(List<ItemUpdate> updates);
  }

  abstract Updates open(
      DynamoDbClient plain,
      DynamoDbAsyncClient plainAsync,
      TableEncryption encryption,
      UpdateRetry retry);
}
