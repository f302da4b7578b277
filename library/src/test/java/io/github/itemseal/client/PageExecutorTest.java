package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Pages and batches of the blocking client, opened and sealed by several threads. */
class PageExecutorTest {
  private static final int ITEMS = 100;

  private static final TableEncryption ENCRYPTION =
      TestTables.encryption(TableInfo.of(PEOPLE, TableIndex.of("id")));
  private static final ItemEncryptor SEALER = ItemEncryptor.of(ENCRYPTION);

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final AtomicInteger tasks = new AtomicInteger();
  private final Set<Thread> callers = ConcurrentHashMap.newKeySet();
  private final OnePage dynamoDb = new OnePage();
  private final List<String> unreadable = new ArrayList<>();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Remembers who calls, and answers with what it was given. */
  private final class OnePage implements DynamoDbClient {
    List<Map<String, AttributeValue>> items = List.of();
    List<Map<String, AttributeValue>> written = List.of();

    @Override
    public QueryResponse query(QueryRequest request) {
      callers.add(Thread.currentThread());
      return QueryResponse.builder().items(items).count(items.size()).build();
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      callers.add(Thread.currentThread());
      return GetItemResponse.builder().item(items.get(0)).build();
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
      callers.add(Thread.currentThread());
      written =
          request.requestItems().get(PEOPLE).stream().map(w -> w.putRequest().item()).toList();
      return BatchWriteItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private EncryptedDynamoDbClient.Builder client() {
    return EncryptedDynamoDbClient.builder()
        .client(dynamoDb)
        .table(ENCRYPTION)
        .pageExecutor(
            task -> {
              tasks.incrementAndGet();
              threads.execute(task);
            });
  }

  private static Map<String, AttributeValue> item(int number) {
    return Map.of(
        "id", AttributeValue.fromS("p" + number), "name", AttributeValue.fromS("Ada " + number));
  }

  private static List<Map<String, AttributeValue>> items(int count) {
    return IntStream.range(0, count).mapToObj(PageExecutorTest::item).toList();
  }

  private static List<Map<String, AttributeValue>> stored(int count) {
    return items(count).stream().map(SEALER::encryptItem).toList();
  }

  private static QueryRequest query() {
    return QueryRequest.builder().tableName(PEOPLE).keyConditionExpression("id = :id").build();
  }

  @Test
  void query_pageOfManyItems_isOpenedByTheExecutorInOrder() {
    dynamoDb.items = stored(ITEMS);
    assertThat(client().build().query(query()).items()).isEqualTo(items(ITEMS));
    assertThat(tasks).hasValue(ITEMS);
    assertThat(callers).containsExactly(Thread.currentThread());
  }

  @Test
  void query_twoItems_areOpenedAtTheSameTime() {
    dynamoDb.items = stored(2);
    CyclicBarrier both = new CyclicBarrier(2);
    EncryptedDynamoDbClient client =
        EncryptedDynamoDbClient.builder()
            .client(dynamoDb)
            .table(ENCRYPTION)
            .pageExecutor(
                task ->
                    threads.execute(
                        () -> {
                          await(both); // which one thread alone never gets past
                          task.run();
                        }))
            .build();
    assertThat(client.query(query()).items()).isEqualTo(items(2));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      int unused = barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("Items of a page were opened one after the other.", e);
    }
  }

  @Test
  void batchWriteItem_manyItems_areSealedByTheExecutorInOrder() {
    List<WriteRequest> puts =
        items(25).stream()
            .map(item -> PutRequest.builder().item(item).build())
            .map(put -> WriteRequest.builder().putRequest(put).build())
            .toList();
    BatchWriteItemResponse unused =
        client()
            .build()
            .batchWriteItem(
                BatchWriteItemRequest.builder().requestItems(Map.of(PEOPLE, puts)).build());
    assertThat(dynamoDb.written.stream().map(SEALER::decryptItem)).isEqualTo(items(25));
    assertThat(tasks).hasValue(25);
    assertThat(callers).containsExactly(Thread.currentThread());
  }

  @Test
  void getItem_oneItem_isOpenedOnTheCallersThread() {
    dynamoDb.items = stored(1);
    GetItemResponse response =
        client()
            .build()
            .getItem(
                GetItemRequest.builder()
                    .tableName(PEOPLE)
                    .key(Map.of("id", AttributeValue.fromS("p0")))
                    .build());
    assertThat(response.item()).isEqualTo(item(0));
    assertThat(tasks).hasValue(0);
  }

  @Test
  void query_oneItemOfThePageIsPlaintext_failsAsWithoutAnExecutor() {
    dynamoDb.items = pageWithOnePlaintext();
    EncryptedDynamoDbClient client = client().build();
    assertThatThrownBy(() -> client.query(query()))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("is plaintext");
  }

  @Test
  void query_oneItemUnreadableWithAHandler_leavesItOutOnTheCallersThread() {
    dynamoDb.items = pageWithOnePlaintext();
    EncryptedDynamoDbClient client =
        client()
            .unreadableItems(
                (table, item, failure) -> {
                  callers.add(Thread.currentThread());
                  unreadable.add(item.get("id").s());
                })
            .build();
    assertThat(client.query(query()).items()).hasSize(ITEMS - 1).doesNotContain(item(7));
    assertThat(unreadable).containsExactly("p7");
    assertThat(callers).containsExactly(Thread.currentThread());
  }

  private static List<Map<String, AttributeValue>> pageWithOnePlaintext() {
    List<Map<String, AttributeValue>> page = new ArrayList<>(stored(ITEMS));
    page.set(7, item(7));
    return page;
  }
}
