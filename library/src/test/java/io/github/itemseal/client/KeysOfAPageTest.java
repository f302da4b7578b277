package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.AsyncBranchKeySource;
import io.github.itemseal.keyring.BeaconKey;
import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.BranchKeySource;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.materials.AsyncCryptographicMaterialsProvider;
import io.github.itemseal.materials.CachingMostRecentProvider;
import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.DataKeyReuse;
import io.github.itemseal.materials.DecryptionMaterials;
import io.github.itemseal.materials.EncryptionMaterials;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import io.github.itemseal.materials.MetaStore;
import io.github.itemseal.testkit.InMemoryKms;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/**
 * A page of a hundred items under one key, which no cache has yet, asks for that key once: though
 * several items are opened before the answer is there, by both clients.
 */
@Timeout(60)
class KeysOfAPageTest {
  private static final int ITEMS = 100;
  private static final int THREADS = 4;
  private static final Duration TTL = Duration.ofHours(1);

  private final InMemoryKms kms = InMemoryKms.create();
  private final String kmsKey = kms.createKey();
  private final BranchKey branchKey =
      BranchKey.of("tenant", UUID.randomUUID(), Map.of(), new byte[32]);

  private final Set<Thread> openers = ConcurrentHashMap.newKeySet();
  private final ExecutorService pageExecutor =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work);
            openers.add(thread);
            return thread;
          });

  private final AtomicInteger asked = new AtomicInteger();
  private final CompletableFuture<Void> everythingStarted = new CompletableFuture<>();

  @AfterEach
  void endThreads() {
    pageExecutor.shutdownNow();
  }

  // ---- where the keys are: nobody gets an answer before all the others need it too

  /** Answers when the other threads wait for this answer, or when one of them asks as well. */
  private <T> T blocking(Supplier<T> answer) {
    asked.incrementAndGet();
    while (asked.get() == 1 && !othersWait()) {
      LockSupport.parkNanos(100_000);
    }
    return answer.get();
  }

  private boolean othersWait() {
    return openers.size() == THREADS
        && openers.stream()
            .filter(thread -> thread != Thread.currentThread())
            .allMatch(thread -> thread.getState() == Thread.State.WAITING);
  }

  /** Answers when the test says so. */
  private <T> CompletableFuture<T> async(Supplier<CompletableFuture<T>> answer) {
    asked.incrementAndGet();
    return everythingStarted.thenCompose(started -> answer.get());
  }

  private KmsClient kmsClient() {
    return new KmsClient() {
      @Override
      public DecryptResponse decrypt(DecryptRequest request) {
        return blocking(() -> kms.client().decrypt(request));
      }

      @Override
      public String serviceName() {
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
  }

  private KmsAsyncClient kmsAsyncClient() {
    return new KmsAsyncClient() {
      @Override
      public CompletableFuture<DecryptResponse> decrypt(DecryptRequest request) {
        return async(() -> kms.asyncClient().decrypt(request));
      }

      @Override
      public String serviceName() {
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
  }

  private final class BranchKeys implements BranchKeySource, AsyncBranchKeySource {
    @Override
    public String logicalName() {
      return "keys";
    }

    @Override
    public BranchKey activeKey(String branchKeyId) {
      return branchKey;
    }

    @Override
    public CompletableFuture<BranchKey> activeKeyAsync(String branchKeyId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BranchKey keyVersion(String branchKeyId, UUID version) {
      return blocking(() -> branchKey);
    }

    @Override
    public CompletableFuture<BranchKey> keyVersionAsync(String branchKeyId, UUID version) {
      return async(() -> CompletableFuture.completedFuture(branchKey));
    }

    @Override
    public BeaconKey beaconKey(String branchKeyId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<BeaconKey> beaconKeyAsync(String branchKeyId) {
      throw new UnsupportedOperationException();
    }
  }

  /** What protects the rows of a MetaStore: asked once for each row that is fetched. */
  private final class RowKeys
      implements CryptographicMaterialsProvider, AsyncCryptographicMaterialsProvider {
    @Override
    public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
      return TestTables.provider().encryptionMaterials(context);
    }

    @Override
    public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
        EncryptionContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
      return blocking(() -> TestTables.provider().decryptionMaterials(context));
    }

    @Override
    public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
        EncryptionContext context) {
      return async(
          () ->
              CompletableFuture.completedFuture(
                  TestTables.provider().decryptionMaterials(context)));
    }
  }

  // ---- the page

  private static TableEncryption encryption(ItemFormat format) {
    return TableEncryption.of(TableInfo.of(PEOPLE, TableIndex.of("id")))
        .actions(AttributeActions.encryptAndSign())
        .writes(format)
        .build();
  }

  private static List<Map<String, AttributeValue>> items() {
    return IntStream.range(0, ITEMS)
        .mapToObj(
            i -> Map.of("id", AttributeValue.fromS("p" + i), "name", AttributeValue.fromS("n" + i)))
        .toList();
  }

  private static List<Map<String, AttributeValue>> sealedBy(ItemFormat format) {
    ItemEncryptor sealer = ItemEncryptor.of(encryption(format));
    return items().stream().map(sealer::encryptItem).toList();
  }

  private static QueryResponse page(List<Map<String, AttributeValue>> items) {
    return QueryResponse.builder().items(items).count(items.size()).build();
  }

  private static QueryRequest query() {
    return QueryRequest.builder().tableName(PEOPLE).keyConditionExpression("id = :id").build();
  }

  private void assertOneRequest(List<Map<String, AttributeValue>> stored, ItemFormat cold) {
    EncryptedDynamoDbClient client =
        EncryptedDynamoDbClient.builder()
            .client(new RecordingDynamoDb().answer(QueryRequest.class, request -> page(stored)))
            .table(encryption(cold))
            .pageExecutor(pageExecutor)
            .build();
    assertThat(client.query(query()).items()).isEqualTo(items());
    assertThat(asked).hasValue(1);
    assertThat(openers).hasSize(THREADS);
  }

  private void assertOneAsyncRequest(List<Map<String, AttributeValue>> stored, ItemFormat cold) {
    DynamoDbAsyncClient dynamoDb =
        new DynamoDbAsyncClient() {
          @Override
          public CompletableFuture<QueryResponse> query(QueryRequest request) {
            return CompletableFuture.completedFuture(page(stored));
          }

          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        };
    EncryptedDynamoDbAsyncClient client =
        EncryptedDynamoDbAsyncClient.builder()
            .client(dynamoDb)
            .executor(Runnable::run)
            .table(encryption(cold))
            .build();
    CompletableFuture<QueryResponse> response = client.query(query());
    assertThat(response).isNotDone();
    everythingStarted.complete(null);
    assertThat(response.join().items()).isEqualTo(items());
    assertThat(asked).hasValue(1);
  }

  // ---- the sources of keys

  /** All items of the table under one data key: their own keys are left out of its context. */
  private KmsSettings oneDataKey() {
    return KmsSettings.forKey(kmsKey)
        .dataKeyReuse(DataKeyReuse.within(TTL, 1_000, 1_000_000))
        .encryptionContext((item, standard) -> Map.of("table", PEOPLE))
        .build();
  }

  private List<Map<String, AttributeValue>> sealedUnderOneDataKey() {
    List<Map<String, AttributeValue>> stored =
        sealedBy(Ddbec.using(KmsMaterialsProvider.of(kms.client(), oneDataKey())));
    assertThat(kms.calls()).hasSize(1);
    return stored;
  }

  @Test
  void query_dataKeyOfKms_isDecryptedOnce() {
    assertOneRequest(
        sealedUnderOneDataKey(), Ddbec.using(KmsMaterialsProvider.of(kmsClient(), oneDataKey())));
  }

  @Test
  void asyncQuery_dataKeyOfKms_isDecryptedOnce() {
    assertOneAsyncRequest(
        sealedUnderOneDataKey(),
        Ddbec.using(KmsMaterialsProvider.of(kmsAsyncClient(), oneDataKey())));
  }

  private Keyring hierarchical() {
    return HierarchicalKeyring.builder((BranchKeySource) new BranchKeys())
        .branchKeyId("tenant")
        .ttl(TTL)
        .build();
  }

  @Test
  void query_branchKey_isFetchedOnce() {
    assertOneRequest(sealedBy(Dbe.using(hierarchical())), Dbe.using(hierarchical()));
  }

  @Test
  void asyncQuery_branchKey_isFetchedOnce() {
    assertOneAsyncRequest(
        sealedBy(Dbe.using(hierarchical())),
        Dbe.using(
            HierarchicalKeyring.builder((AsyncBranchKeySource) new BranchKeys())
                .branchKeyId("tenant")
                .ttl(TTL)
                .build()));
  }

  private static CachingMostRecentProvider mostRecent(
      DynamoDbClient client, CryptographicMaterialsProvider rowKeys) {
    return CachingMostRecentProvider.builder(
            MetaStore.builder(client).tableName("Keys").protectedBy(rowKeys).build())
        .materialName("people")
        .ttl(TTL)
        .build();
  }

  @Test
  @ExtendWith(LocalDynamoDbExtension.class)
  void query_keysOfAMetaStore_areFetchedOnceByBothClients(
      DynamoDbClient client, DynamoDbAsyncClient asyncClient) {
    MetaStore.createTable(client, "Keys");
    List<Map<String, AttributeValue>> stored =
        sealedBy(Ddbec.using(mostRecent(client, TestTables.provider())));
    assertOneRequest(stored, Ddbec.using(mostRecent(client, new RowKeys())));
    asked.set(0);
    assertOneAsyncRequest(
        stored,
        Ddbec.using(
            CachingMostRecentProvider.builder(
                    MetaStore.builder(asyncClient)
                        .tableName("Keys")
                        .protectedBy(new RowKeys())
                        .build())
                .materialName("people")
                .ttl(TTL)
                .build()));
  }
}
