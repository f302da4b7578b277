package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Waits of the blocking client end when nobody will do the work, or the thread is interrupted. */
@Timeout(60)
class InterruptedWaitsTest {
  private static final TableEncryption ENCRYPTION =
      TestTables.encryption(TableInfo.of(PEOPLE, TableIndex.of("id")));

  private final RecordingDynamoDb dynamoDb = new RecordingDynamoDb();
  private final ExecutorService threads = Executors.newFixedThreadPool(1);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private static List<Map<String, AttributeValue>> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> Map.of("id", AttributeValue.fromS("p" + number)))
        .toList();
  }

  private void answerPage(int count) {
    ItemEncryptor sealer = ItemEncryptor.of(ENCRYPTION);
    List<Map<String, AttributeValue>> stored =
        items(count).stream().map(sealer::encryptItem).toList();
    dynamoDb.answer(ScanRequest.class, request -> ScanResponse.builder().items(stored).build());
  }

  private static <T> Thread run(FutureTask<T> task) {
    Thread thread = new Thread(task, "caller");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void scan_executorShutDownDuringThePage_ends(boolean hidden) throws Exception {
    answerPage(20);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    threads.execute(
        () -> {
          begun.countDown();
          awaitQuietly(never);
        });
    begun.await();
    EncryptedDynamoDbClient client =
        EncryptedDynamoDbClient.builder()
            .client(dynamoDb)
            .table(ENCRYPTION)
            .pageExecutor(hidden ? task -> threads.execute(task) : threads)
            .build();
    FutureTask<List<Map<String, AttributeValue>>> scan =
        new FutureTask<>(() -> client.scan(r -> r.tableName(PEOPLE)).items());
    awaitWaiting(run(scan));
    assertThat(threads.shutdownNow()).isNotEmpty();
    assertThat(scan.get(30, TimeUnit.SECONDS)).isEqualTo(items(20));
  }

  @Test
  void scan_executorDropsItemsInSilence_opensThemOnTheCallersThread() throws Exception {
    answerPage(20);
    AtomicInteger given = new AtomicInteger();
    EncryptedDynamoDbClient client =
        EncryptedDynamoDbClient.builder()
            .client(dynamoDb)
            .table(ENCRYPTION)
            .pageExecutor(
                task -> {
                  if (given.incrementAndGet() % 2 == 0) { // as a full pool may, told to discard
                    task.run();
                  }
                })
            .build();
    FutureTask<List<Map<String, AttributeValue>>> scan =
        new FutureTask<>(() -> client.scan(r -> r.tableName(PEOPLE)).items());
    Thread unused = run(scan);
    assertThat(scan.get(30, TimeUnit.SECONDS)).isEqualTo(items(20));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void scan_callerInterruptedDuringThePage_ends() throws Exception {
    answerPage(20);
    EncryptedDynamoDbClient client =
        EncryptedDynamoDbClient.builder()
            .client(dynamoDb)
            .table(ENCRYPTION)
            .pageExecutor(task -> {}) // which nobody does
            .build();
    FutureTask<Object> scan = new FutureTask<>(() -> client.scan(r -> r.tableName(PEOPLE)));
    Thread caller = run(scan);
    awaitWaiting(caller);
    caller.interrupt();
    assertThatThrownBy(() -> scan.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(AbortedException.class)
        .hasMessageContaining("items of a page");
  }

  /** A table whose first description takes until its thread is interrupted. */
  private EncryptedDynamoDbClient describingSlowly(CountDownLatch asked, AtomicInteger times) {
    dynamoDb
        .answer(ScanRequest.class, request -> ScanResponse.builder().build())
        .answer(
            DescribeTableRequest.class,
            request -> {
              if (times.getAndIncrement() == 0) {
                asked.countDown();
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  throw AbortedException.create("as the SDK says it", e);
                }
              }
              return DescribeTableResponse.builder()
                  .table(t -> t.keySchema(k -> k.attributeName("id").keyType("HASH")))
                  .build();
            });
    return EncryptedDynamoDbClient.builder()
        .client(dynamoDb)
        .table(TestTables.encryption(TableInfo.named(PEOPLE)))
        .build();
  }

  @Test
  void scan_describingThreadInterrupted_waitersTakeOver() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger times = new AtomicInteger();
    EncryptedDynamoDbClient client = describingSlowly(asked, times);
    Callable<Object> call = () -> client.scan(r -> r.tableName(PEOPLE));
    FutureTask<Object> first = new FutureTask<>(call);
    Thread describer = run(first);
    asked.await();
    List<FutureTask<Object>> waiters = List.of(new FutureTask<>(call), new FutureTask<>(call));
    waiters.forEach(waiter -> awaitWaiting(run(waiter)));
    describer.interrupt();
    assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RuntimeException.class)
        .hasStackTraceContaining("as the SDK says it");
    for (FutureTask<Object> waiter : waiters) {
      assertThat(waiter.get(30, TimeUnit.SECONDS)).isInstanceOf(ScanResponse.class);
    }
    assertThat(times).hasValue(2);
  }

  @Test
  void scan_waiterInterrupted_endsAndLeavesTheDescriptionToTheOthers() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    EncryptedDynamoDbClient client = describingSlowly(asked, new AtomicInteger());
    Callable<Object> call = () -> client.scan(r -> r.tableName(PEOPLE));
    FutureTask<Object> first = new FutureTask<>(call);
    Thread describer = run(first);
    asked.await();
    FutureTask<Object> second = new FutureTask<>(call);
    Thread waiter = run(second);
    awaitWaiting(waiter);
    waiter.interrupt();
    assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(AbortedException.class)
        .hasMessageContaining("waiting for the description of a table");
    assertThat(first.isDone()).isFalse();
    describer.interrupt();
  }
}
