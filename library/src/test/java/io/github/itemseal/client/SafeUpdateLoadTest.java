package io.github.itemseal.client;

import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The blocking client: a thread for each writer. */
class SafeUpdateLoadTest extends SafeUpdateLoad {
  @Override
  void run(List<List<ItemUpdate>> writers) throws Exception {
    EncryptedDynamoDbClient client =
        EncryptedDynamoDbClient.builder()
            .client(plain)
            .table(TestTables.encryption(TableInfo.of(TABLE, TableIndex.of("id"))))
            .updateRetry(retry())
            .build();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<Void>> tasks =
          writers.stream().map(updates -> writing(client, updates)).toList();
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private Callable<Void> writing(EncryptedDynamoDbClient client, List<ItemUpdate> updates) {
    return () -> {
      for (ItemUpdate update : updates) {
        attempts.addAndGet(client.update(update).attempts());
      }
      return null;
    };
  }
}
