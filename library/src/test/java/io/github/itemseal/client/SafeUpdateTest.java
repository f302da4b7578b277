package io.github.itemseal.client;

import io.github.itemseal.TableEncryption;
import java.util.List;

/** Safe updates with the blocking client. */
class SafeUpdateTest extends SafeUpdateContract {
  private EncryptedDynamoDbClient client;

  @Override
  void open(TableEncryption encryption, UpdateRetry retry) {
    client =
        EncryptedDynamoDbClient.builder()
            .client(plain)
            .table(encryption)
            .updateRetry(retry)
            .build();
  }

  @Override
  UpdatedItem update(ItemUpdate update) {
    return client.updates().update(update);
  }

  @Override
  List<UpdatedItem> updateAll(List<ItemUpdate> updates) {
    return EncryptedResource.of(client).updateAll(updates);
  }
}
