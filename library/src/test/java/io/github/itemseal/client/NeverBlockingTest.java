package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.materials.AsyncCryptographicMaterialsProvider;
import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.DecryptionMaterials;
import io.github.itemseal.materials.EncryptionMaterials;
import io.github.itemseal.materials.LocalMaterialsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The asynchronous client holds no thread while it waits, and stops waiting when told. */
@Timeout(60)
class NeverBlockingTest {
  private static final String STUCK = "Stuck";

  /** Answers when the test says so, on a thread that stands for the SDK's event loop. */
  private static final class HeldDynamoDb implements DynamoDbAsyncClient {
    final ConcurrentLinkedQueue<CompletableFuture<PutItemResponse>> puts =
        new ConcurrentLinkedQueue<>();
    final CompletableFuture<DescribeTableResponse> description = new CompletableFuture<>();
    final AtomicInteger descriptions = new AtomicInteger();
    final AtomicInteger scans = new AtomicInteger();
    final CompletableFuture<?> sent = new CompletableFuture<>();

    @Override
    public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
      CompletableFuture<PutItemResponse> answer = new CompletableFuture<>();
      puts.add(answer);
      sent.complete(null);
      return answer;
    }

    @Override
    public CompletableFuture<ScanResponse> scan(ScanRequest request) {
      scans.incrementAndGet();
      return CompletableFuture.completedFuture(
          ScanResponse.builder()
              .items(List.of())
              .lastEvaluatedKey(Map.of("id", AttributeValue.fromS("1")))
              .build());
    }

    @Override
    public CompletableFuture<DescribeTableResponse> describeTable(DescribeTableRequest request) {
      descriptions.incrementAndGet();
      return description;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  /** Never answers. */
  private static final class SilentKeys implements AsyncCryptographicMaterialsProvider {
    final CompletableFuture<EncryptionMaterials> keys = new CompletableFuture<>();
    final CompletableFuture<?> asked = new CompletableFuture<>();

    @Override
    public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
        EncryptionContext context) {
      asked.complete(null);
      return keys;
    }

    @Override
    public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
        EncryptionContext context) {
      return new CompletableFuture<>();
    }
  }

  /** Remembers who asked. */
  private static final class WatchedKeys implements LocalMaterialsProvider {
    final LocalMaterialsProvider keys = TestTables.provider();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Override
    public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
      threads.add(Thread.currentThread());
      return keys.encryptionMaterials(context);
    }

    @Override
    public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
      threads.add(Thread.currentThread());
      return keys.decryptionMaterials(context);
    }
  }

  private final HeldDynamoDb dynamoDb = new HeldDynamoDb();
  private final SilentKeys silent = new SilentKeys();
  private final WatchedKeys watched = new WatchedKeys();

  /** One thread only: whoever held it would hold up every call. */
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  private final EncryptedDynamoDbAsyncClient client =
      EncryptedDynamoDbAsyncClient.builder()
          .client(dynamoDb)
          .executor(executor)
          .table(
              TableEncryption.of(TableInfo.of(STUCK, TableIndex.of("id")))
                  .actions(AttributeActions.encryptAndSign())
                  .writes(Ddbec.using(silent))
                  .build())
          .table(
              TableEncryption.of(TableInfo.named(PEOPLE))
                  .actions(AttributeActions.encryptAndSign())
                  .writes(Ddbec.using(watched))
                  .build())
          .build();

  @AfterEach
  void stopExecutor() {
    executor.shutdownNow();
  }

  private CompletableFuture<PutItemResponse> put(String table) {
    return client.putItem(
        request ->
            request
                .tableName(table)
                .item(
                    Map.of(
                        "id", AttributeValue.fromS("1"), "ssn", AttributeValue.fromS("secret"))));
  }

  private void describe() {
    dynamoDb.description.complete(
        DescribeTableResponse.builder()
            .table(t -> t.keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)))
            .build());
  }

  @Test
  void putItem_keySourceThatNeverAnswers_holdsUpNeitherCallerNorOtherCalls() throws Exception {
    CompletableFuture<PutItemResponse> stuck = put(STUCK);
    silent.asked.get(30, TimeUnit.SECONDS);
    describe();
    CompletableFuture<PutItemResponse> other = put(PEOPLE);
    dynamoDb.sent.get(30, TimeUnit.SECONDS);
    dynamoDb.puts.remove().complete(PutItemResponse.builder().build());
    assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo(PutItemResponse.builder().build());
    assertThat(stuck).isNotDone();
  }

  @Test
  void putItem_keysAndArithmetic_areTheExecutorsNotTheCallersNorTheEventLoops() throws Exception {
    Thread own = executor.submit(Thread::currentThread).get();
    CompletableFuture<PutItemResponse> put = put(PEOPLE);
    Thread eventLoop = new Thread(this::describe, "event loop");
    eventLoop.start();
    eventLoop.join();
    dynamoDb.sent.get(30, TimeUnit.SECONDS);
    dynamoDb.puts.remove().complete(PutItemResponse.builder().build());
    put.get(30, TimeUnit.SECONDS);
    assertThat(watched.threads).containsExactly(own);
  }

  @Test
  void putItem_manyBeforeTheTableIsDescribed_shareOneDescription() throws Exception {
    List<CompletableFuture<PutItemResponse>> puts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      puts.add(put(PEOPLE));
    }
    executor.submit(() -> {}).get(); // all of them have asked for the table
    puts.remove(0).cancel(true);
    describe();
    while (dynamoDb.puts.size() < puts.size()) {
      executor.submit(() -> {}).get();
    }
    dynamoDb.puts.forEach(put -> put.complete(PutItemResponse.builder().build()));
    CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(dynamoDb.descriptions).hasValue(1);
    assertThat(dynamoDb.description).isNotCancelled();
  }

  @Test
  void cancel_whileKeysAreFetched_cancelsTheFetchAndSendsNothing() throws Exception {
    CompletableFuture<PutItemResponse> stuck = put(STUCK);
    silent.asked.get(30, TimeUnit.SECONDS);
    executor.submit(() -> {}).get(); // until the client waits for it
    stuck.cancel(true);
    assertThat(silent.keys).isCancelled();
    assertThat(dynamoDb.puts).isEmpty();
  }

  @Test
  void cancel_whileTheCallIsUnderWay_cancelsTheCall() throws Exception {
    describe();
    CompletableFuture<PutItemResponse> put = put(PEOPLE);
    dynamoDb.sent.get(30, TimeUnit.SECONDS);
    executor.submit(() -> {}).get(); // until the client waits for it
    put.cancel(true);
    assertThat(dynamoDb.puts.remove()).isCancelled();
  }

  @Test
  void scanPaginator_demandForOnePage_asksForOnePage() throws Exception {
    describe();
    CompletableFuture<Subscription> subscribed = new CompletableFuture<>();
    ConcurrentLinkedQueue<CompletableFuture<ScanResponse>> pages =
        new ConcurrentLinkedQueue<>(List.of(new CompletableFuture<>(), new CompletableFuture<>()));
    List<CompletableFuture<ScanResponse>> wanted = List.copyOf(pages);
    client
        .scanPaginator(request -> request.tableName(PEOPLE))
        .subscribe(
            new Subscriber<ScanResponse>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscribed.complete(subscription);
              }

              @Override
              public void onNext(ScanResponse page) {
                pages.remove().complete(page);
              }

              @Override
              public void onError(Throwable failure) {
                pages.forEach(page -> page.completeExceptionally(failure));
              }

              @Override
              public void onComplete() {}
            });
    assertThat(dynamoDb.scans).hasValue(0);
    for (int page = 0; page < 2; page++) {
      subscribed.get().request(1);
      wanted.get(page).get(30, TimeUnit.SECONDS);
      executor.submit(() -> {}).get();
      assertThat(dynamoDb.scans).hasValue(page + 1);
    }
    subscribed.get().cancel();
  }

  @Test
  void putItem_tableNotConfigured_isAFailedFutureNotAThrow() {
    CompletableFuture<PutItemResponse> refused = put("Unknown");
    assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining("has no table encryption");
  }

  @Test
  void build_keySourceThatBlocks_throws() {
    assertThatThrownBy(
            () ->
                EncryptedDynamoDbAsyncClient.builder()
                    .table(
                        TableEncryption.of(TableInfo.named(PEOPLE))
                            .actions(AttributeActions.encryptAndSign())
                            .writes(Ddbec.using((CryptographicMaterialsProvider) watched))
                            .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs an asynchronous key source");
  }
}
