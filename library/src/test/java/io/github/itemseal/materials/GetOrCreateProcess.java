package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A process of its own that asks a MetaStore for one version from many threads, as soon as a line
 * arrives on its input, and prints the MAC key that each got.
 */
final class GetOrCreateProcess {
  static final int THREADS = 16;

  private GetOrCreateProcess() {}

  /** Arguments: table, material name. The environment names the database. */
  public static void main(String[] arguments) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (DynamoDbClient client = DynamoDbClient.create()) {
      MetaStore store = store(client, arguments[0]);
      store.maxVersion("warm up");
      System.out.println("ready");
      if (System.in.read() < 0) {
        throw new IllegalStateException("Nobody gave the start signal.");
      }
      CountDownLatch all = new CountDownLatch(THREADS);
      List<Future<String>> keys = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        keys.add(
            threads.submit(
                () -> {
                  all.countDown();
                  all.await();
                  return macKey(store.getOrCreate(arguments[1], 0));
                }));
      }
      for (Future<String> key : keys) {
        System.out.println(key.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  static MetaStore store(DynamoDbClient client, String table) {
    return MetaStore.builder(client)
        .tableName(table)
        .protectedBy(
            WrappedMaterialsProvider.builder()
                .wrappingKey(TestKeys.aes(256))
                .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                .build())
        .build();
  }

  static String macKey(MetaStoreMaterialsProvider provider) {
    return HexFormat.of()
        .formatHex(
            provider
                .encryptionMaterials(EncryptionContext.builder().tableName("T").build())
                .signingKey()
                .getEncoded());
  }
}
