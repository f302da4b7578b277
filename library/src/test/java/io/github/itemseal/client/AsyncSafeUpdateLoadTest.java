package io.github.itemseal.client;

import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The asynchronous client: each writer goes on when its last update is done. */
class AsyncSafeUpdateLoadTest extends SafeUpdateLoad {
  @Override
  void run(List<List<ItemUpdate>> writers) {
    EncryptedDynamoDbAsyncClient client =
        EncryptedDynamoDbAsyncClient.builder()
            .client(DYNAMO_DB.asyncClient())
            .table(TestTables.encryption(TableInfo.of(TABLE, TableIndex.of("id"))))
            .updateRetry(retry())
            .build();
    CompletableFuture.allOf(
            writers.stream()
                .map(updates -> writing(client, updates))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private CompletableFuture<?> writing(
      EncryptedDynamoDbAsyncClient client, List<ItemUpdate> updates) {
    CompletableFuture<Long> written = CompletableFuture.completedFuture(0L);
    for (ItemUpdate update : updates) {
      written =
          written.thenCompose(
              before ->
                  client
                      .update(update)
                      .thenApply(updated -> attempts.addAndGet(updated.attempts())));
    }
    return written;
  }
}
