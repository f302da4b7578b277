package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.keyring.AsyncKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.LocalKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.AsyncCryptographicMaterialsProvider;
import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.DecryptionMaterials;
import io.github.itemseal.materials.EncryptionMaterials;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
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

/**
 * The asynchronous client holds no thread while it waits, and stops waiting when told, in both
 * formats.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(StoredFormat.class)
class NeverBlockingTest {
  private static final String STUCK = "Stuck";

  /** Answers when the test says so, on a thread that stands for the SDK's event loop. */
  private static final class HeldDynamoDb implements DynamoDbAsyncClient {
    final ConcurrentLinkedQueue<CompletableFuture<PutItemResponse>> puts =
        new ConcurrentLinkedQueue<>();
    final CompletableFuture<DescribeTableResponse> description = new CompletableFuture<>();
    final AtomicInteger descriptions = new AtomicInteger();
    final AtomicInteger scans = new AtomicInteger();
    final CompletableFuture<ScanResponse> page = new CompletableFuture<>();
    volatile boolean holdsPages;
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
      if (holdsPages) {
        return page;
      }
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

  /** A key source of either format that never answers. */
  private static final class SilentKeys
      implements AsyncCryptographicMaterialsProvider, AsyncKeyring {
    final CompletableFuture<?> asked = new CompletableFuture<>();
    final Queue<CompletableFuture<?>> questions = new ConcurrentLinkedQueue<>();

    private <T> CompletableFuture<T> silence() {
      CompletableFuture<T> question = new CompletableFuture<>();
      questions.add(question);
      asked.complete(null);
      return question;
    }

    @Override
    public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
        EncryptionContext context) {
      return silence();
    }

    @Override
    public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
        EncryptionContext context) {
      return silence();
    }

    @Override
    public CompletableFuture<io.github.itemseal.keyring.EncryptionMaterials> onEncryptAsync(
        io.github.itemseal.keyring.EncryptionMaterials materials) {
      return silence();
    }

    @Override
    public CompletableFuture<io.github.itemseal.keyring.DecryptionMaterials> onDecryptAsync(
        io.github.itemseal.keyring.DecryptionMaterials materials) {
      return silence();
    }

    ItemFormat format(StoredFormat format) {
      return format == StoredFormat.DDBEC
          ? Ddbec.using((AsyncCryptographicMaterialsProvider) this)
          : Dbe.using((AsyncKeyring) this);
    }
  }

  /** A key source of either format that remembers who asked. */
  private static final class WatchedKeys implements LocalMaterialsProvider, LocalKeyring {
    final LocalMaterialsProvider keys = TestTables.provider();
    final LocalKeyring keyring = RawAesKeyring.of("tests", "aes", TestKeys.aes(256));
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

    @Override
    public io.github.itemseal.keyring.EncryptionMaterials onEncrypt(
        io.github.itemseal.keyring.EncryptionMaterials materials) {
      threads.add(Thread.currentThread());
      return keyring.onEncrypt(materials);
    }

    @Override
    public io.github.itemseal.keyring.DecryptionMaterials onDecrypt(
        io.github.itemseal.keyring.DecryptionMaterials materials) {
      threads.add(Thread.currentThread());
      return keyring.onDecrypt(materials);
    }

    ItemFormat format(StoredFormat format) {
      return format == StoredFormat.DDBEC
          ? Ddbec.using((LocalMaterialsProvider) this)
          : Dbe.using((LocalKeyring) this);
    }
  }

  @Parameter StoredFormat format;

  private final HeldDynamoDb dynamoDb = new HeldDynamoDb();
  private final SilentKeys silent = new SilentKeys();
  private final WatchedKeys watched = new WatchedKeys();

  /** One thread only: whoever held it would hold up every call. */
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  private EncryptedDynamoDbAsyncClient client;

  @BeforeEach
  void makeClient() {
    client = clientOn(executor);
  }

  private EncryptedDynamoDbAsyncClient clientOn(Executor executor) {
    return EncryptedDynamoDbAsyncClient.builder()
        .client(dynamoDb)
        .executor(executor)
        .table(
            TableEncryption.of(TableInfo.of(STUCK, TableIndex.of("id")))
                .actions(AttributeActions.encryptAndSign())
                .writes(silent.format(format))
                .build())
        .table(
            TableEncryption.of(TableInfo.named(PEOPLE))
                .actions(AttributeActions.encryptAndSign())
                .writes(watched.format(format))
                .build())
        .build();
  }

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

  /** Items as they are stored in a table, by a client that waits for nothing. */
  private List<Map<String, AttributeValue>> stored(String table, int items) {
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(TableInfo.of(table, TableIndex.of("id")))
                .actions(AttributeActions.encryptAndSign())
                .writes(format.format())
                .build());
    return IntStream.range(0, items)
        .mapToObj(
            i ->
                encryptor.encryptItem(
                    Map.of(
                        "id", AttributeValue.fromS("" + i),
                        "ssn", AttributeValue.fromS("secret"))))
        .toList();
  }

  private void answerPage(List<Map<String, AttributeValue>> items) {
    dynamoDb.page.complete(ScanResponse.builder().items(items).count(items.size()).build());
  }

  @Test
  void scan_pageWhoseKeysNeverCome_holdsUpNoOtherCall() throws Exception {
    dynamoDb.holdsPages = true;
    CompletableFuture<ScanResponse> stuck = client.scan(request -> request.tableName(STUCK));
    answerPage(stored(STUCK, 100));
    silent.asked.get(30, TimeUnit.SECONDS);
    describe();
    CompletableFuture<PutItemResponse> other = put(PEOPLE);
    dynamoDb.sent.get(30, TimeUnit.SECONDS);
    dynamoDb.puts.remove().complete(PutItemResponse.builder().build());
    other.get(30, TimeUnit.SECONDS);
    assertThat(stuck).isNotDone();
    untilTrue(() -> silent.questions.size() >= 32);
    stuck.cancel(true);
    untilTrue(() -> silent.questions.stream().allMatch(CompletableFuture::isCancelled));
    assertThat(silent.questions).as("items of a page at once").hasSize(32);
  }

  @Test
  void scan_largePage_isOpenedByTheExecutorNotTheEventLoop() throws Exception {
    describe();
    dynamoDb.holdsPages = true;
    CompletableFuture<ScanResponse> page = client.scan(request -> request.tableName(PEOPLE));
    Thread own = executor.submit(Thread::currentThread).get();
    untilTrue(() -> dynamoDb.scans.get() == 1);
    List<Map<String, AttributeValue>> items = stored(PEOPLE, 1000);
    CountDownLatch busy = new CountDownLatch(1);
    executor.execute(() -> awaiting(busy));
    Thread eventLoop = new Thread(() -> answerPage(items), "event loop");
    eventLoop.start();
    eventLoop.join(); // while the executor is busy: it had nothing to do itself
    assertThat(watched.threads).isEmpty();
    assertThat(page).isNotDone();
    busy.countDown();
    assertThat(page.get(30, TimeUnit.SECONDS).items()).hasSize(1000);
    assertThat(watched.threads).containsExactly(own);
  }

  /** Lets the executor work until then; the time limit of the test ends it otherwise. */
  private void untilTrue(BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      executor.submit(() -> {}).get();
    }
  }

  private static void awaiting(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** JDK 17 has none; there the default is a pool of the common kind. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this JDK has no virtual threads")
  void scan_defaultExecutorWhereTheJdkHasVirtualThreads_opensPagesOnThem() throws Exception {
    describe();
    dynamoDb.holdsPages = true;
    answerPage(stored(PEOPLE, 10));
    clientOn(DefaultExecutor.get())
        .scan(request -> request.tableName(PEOPLE))
        .get(30, TimeUnit.SECONDS);
    assertThat(watched.threads).isNotEmpty();
    for (Thread thread : watched.threads) {
      assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
    }
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
    assertThat(silent.questions).singleElement().matches(CompletableFuture::isCancelled);
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
                            .writes(
                                format == StoredFormat.DDBEC
                                    ? Ddbec.using((CryptographicMaterialsProvider) watched)
                                    : Dbe.using((Keyring) watched))
                            .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs an asynchronous key source");
  }
}
