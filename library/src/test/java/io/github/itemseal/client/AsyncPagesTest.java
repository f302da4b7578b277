package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Ddbec;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.IndexProjection;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.SecondaryIndex;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Pages, batches and what is left of them, of the asynchronous client: over a DynamoDB and an
 * executor that do everything when the test says so, on its thread.
 */
class AsyncPagesTest {
  private static final TableEncryption ENCRYPTION =
      TestTables.encryption(
          TableInfo.of(
              PEOPLE,
              TableIndex.of("id"),
              SecondaryIndex.global("byEmail", TableIndex.of("city"), IndexProjection.keysOnly())));
  private static final ItemEncryptor SEALER = ItemEncryptor.of(ENCRYPTION);

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PagedDynamoDb dynamoDb = new PagedDynamoDb();
  private final EncryptedDynamoDbAsyncClient client =
      EncryptedDynamoDbAsyncClient.builder()
          .client(dynamoDb)
          .executor(tasks::add)
          .completesIndexReads(true)
          .table(ENCRYPTION)
          .build();

  /** Three pages of one item each; the second holds what {@link #second} says. */
  private static final class PagedDynamoDb implements DynamoDbAsyncClient {
    final List<Object> requests = new ArrayList<>();
    final List<CompletableFuture<BatchGetItemResponse>> gets = new ArrayList<>();
    Map<String, AttributeValue> second = stored(2);
    int keysOfTheIndex;

    private static final int PAGES = 3;

    private Map<String, AttributeValue> item(int page) {
      return page == 2 ? second : stored(page);
    }

    private static Map<String, AttributeValue> lastKey(int page) {
      return page == PAGES ? Map.of() : key(page);
    }

    private static int next(Map<String, AttributeValue> startKey) {
      return startKey.isEmpty() ? 1 : Integer.parseInt(startKey.get("id").s()) + 1;
    }

    @Override
    public CompletableFuture<QueryResponse> query(QueryRequest request) {
      requests.add(request);
      if (request.indexName() != null) {
        List<Map<String, AttributeValue>> keys =
            IntStream.range(0, keysOfTheIndex).mapToObj(AsyncPagesTest::key).toList();
        return CompletableFuture.completedFuture(
            QueryResponse.builder().items(keys).count(keys.size()).build());
      }
      int page = next(request.exclusiveStartKey());
      return CompletableFuture.completedFuture(
          QueryResponse.builder().items(item(page)).lastEvaluatedKey(lastKey(page)).build());
    }

    @Override
    public CompletableFuture<ScanResponse> scan(ScanRequest request) {
      requests.add(request);
      int page = next(request.exclusiveStartKey());
      return CompletableFuture.completedFuture(
          ScanResponse.builder().items(item(page)).lastEvaluatedKey(lastKey(page)).build());
    }

    /** Answers with the first key's item and leaves the others; for an index, when told. */
    @Override
    public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
      requests.add(request);
      if (keysOfTheIndex > 0) {
        gets.add(new CompletableFuture<>());
        return gets.get(gets.size() - 1);
      }
      List<Map<String, AttributeValue>> keys = request.requestItems().get(PEOPLE).keys();
      int page = Integer.parseInt(keys.get(0).get("id").s());
      return CompletableFuture.completedFuture(
          BatchGetItemResponse.builder()
              .responses(Map.of(PEOPLE, List.of(item(page))))
              .unprocessedKeys(
                  keys.size() == 1
                      ? Map.of()
                      : Map.of(
                          PEOPLE,
                          KeysAndAttributes.builder().keys(keys.subList(1, keys.size())).build()))
              .build());
    }

    /** Writes the first, leaves the others. */
    @Override
    public CompletableFuture<BatchWriteItemResponse> batchWriteItem(BatchWriteItemRequest request) {
      requests.add(request);
      List<WriteRequest> writes = request.requestItems().get(PEOPLE);
      return CompletableFuture.completedFuture(
          BatchWriteItemResponse.builder()
              .unprocessedItems(Map.of(PEOPLE, writes.subList(1, writes.size())))
              .build());
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static Map<String, AttributeValue> key(int page) {
    return Map.of("id", AttributeValue.fromS("" + page));
  }

  private static Map<String, AttributeValue> person(int page) {
    return Map.of(
        "id", AttributeValue.fromS("" + page), "ssn", AttributeValue.fromS("ssn-of-" + page));
  }

  private static Map<String, AttributeValue> stored(int page) {
    return SEALER.encryptItem(person(page));
  }

  /** The three paginators, and how to find the items of their pages. */
  @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
  private enum Pages {
    QUERY(
        client -> client.queryPaginator(r -> r.tableName(PEOPLE)),
        page -> ((QueryResponse) page).items()),
    SCAN(
        client -> client.scanPaginator(r -> r.tableName(PEOPLE)),
        page -> ((ScanResponse) page).items()),
    BATCH_GET(
        client ->
            client.batchGetItemPaginator(
                r ->
                    r.requestItems(
                        Map.of(
                            PEOPLE,
                            KeysAndAttributes.builder().keys(key(1), key(2), key(3)).build()))),
        page -> ((BatchGetItemResponse) page).responses().get(PEOPLE));

    final Function<EncryptedDynamoDbAsyncClient, Publisher<? extends DynamoDbResponse>> publisher;
    final Function<Object, List<Map<String, AttributeValue>>> items;

    Pages(
        Function<EncryptedDynamoDbAsyncClient, Publisher<? extends DynamoDbResponse>> publisher,
        Function<Object, List<Map<String, AttributeValue>>> items) {
      this.publisher = publisher;
      this.items = items;
    }
  }

  /** A subscriber that asks for nothing by itself. */
  private static final class Reader implements Subscriber<DynamoDbResponse> {
    final List<Object> pages = new ArrayList<>();
    Subscription subscription;
    Throwable failure;
    boolean complete;

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(DynamoDbResponse page) {
      pages.add(page);
    }

    @Override
    public void onError(Throwable error) {
      failure = error;
    }

    @Override
    public void onComplete() {
      complete = true;
    }
  }

  /** Lets the executor work until it has nothing to do. */
  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private Reader read(Pages pages) {
    Reader reader = new Reader();
    pages.publisher.apply(client).subscribe(reader);
    work();
    assertThat(dynamoDb.requests).as("nothing is asked for without demand").isEmpty();
    return reader;
  }

  private void demand(Reader reader, long pages) {
    reader.subscription.request(pages);
    work();
  }

  // ---- paginators ----

  @ParameterizedTest
  @EnumSource
  void paginator_demandPageByPage_asksForEachWhenItIsWanted(Pages pages) {
    Reader reader = read(pages);
    for (int page = 1; page <= 3; page++) {
      demand(reader, 1);
      assertThat(dynamoDb.requests).hasSize(page);
      assertThat(reader.pages).hasSize(page);
      assertThat(pages.items.apply(reader.pages.get(page - 1))).containsExactly(person(page));
    }
    demand(reader, 1);
    assertThat(reader.complete).isTrue();
    assertThat(dynamoDb.requests).hasSize(3);
    assertThat(reader.failure).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void paginator_cancelledInTheMiddle_asksForNoMore(Pages pages) {
    Reader reader = read(pages);
    demand(reader, 1);
    reader.subscription.request(1);
    reader.subscription.cancel(); // while its page is being asked for
    work();
    int asked = dynamoDb.requests.size();
    assertThat(asked).isLessThanOrEqualTo(2);
    demand(reader, 5);
    assertThat(dynamoDb.requests).hasSize(asked);
    assertThat(reader.pages).hasSizeLessThanOrEqualTo(2);
    assertThat(reader.complete).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void paginator_badItemOnTheSecondPage_failsThereAndAsksForNoMore(Pages pages) {
    dynamoDb.second = person(2);
    Reader reader = read(pages);
    demand(reader, 10);
    assertThat(reader.pages).as("the page before").hasSize(1);
    assertThat(reader.failure)
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(ForbiddenItemException.class),
            e -> assertThat(e).hasCauseInstanceOf(ForbiddenItemException.class))
        .hasMessageContaining("is plaintext");
    assertThat(reader.complete).isFalse();
    assertThat(dynamoDb.requests).hasSize(2);
  }

  // ---- what is left of a batch ----

  @Test
  void batchWriteItem_unprocessedPuts_comeBackAsTheCallersPlaintext() {
    List<WriteRequest> writes =
        IntStream.rangeClosed(1, 3)
            .mapToObj(
                page ->
                    WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(person(page)).build())
                        .build())
            .toList();
    CompletableFuture<BatchWriteItemResponse> written =
        client.batchWriteItem(r -> r.requestItems(Map.of(PEOPLE, writes)));
    work();
    BatchWriteItemRequest sent = (BatchWriteItemRequest) dynamoDb.requests.get(0);
    assertThat(sent.requestItems().get(PEOPLE))
        .allSatisfy(
            write -> assertThat(write.putRequest().item()).containsKey(Ddbec.SIGNATURE_ATTRIBUTE));
    assertThat(written.join().unprocessedItems()).isEqualTo(Map.of(PEOPLE, writes.subList(1, 3)));

    CompletableFuture<List<WriteRequest>> ofTheTable = client.table(PEOPLE).batchWriteItem(writes);
    work();
    assertThat(ofTheTable.join()).isEqualTo(writes.subList(1, 3));
  }

  // ---- completion of an index read ----

  private CompletableFuture<QueryResponse> queryThroughTheIndex(int keys) {
    dynamoDb.keysOfTheIndex = keys;
    CompletableFuture<QueryResponse> page =
        client.query(r -> r.tableName(PEOPLE).indexName("byEmail"));
    work();
    assertThat(dynamoDb.gets).hasSize(1);
    return page;
  }

  private static BatchGetItemResponse answer(int from, int to) {
    return BatchGetItemResponse.builder()
        .responses(
            Map.of(PEOPLE, IntStream.range(from, to).mapToObj(AsyncPagesTest::stored).toList()))
        .build();
  }

  @Test
  void query_throughAPartialIndex_isCompletedBatchByBatch() {
    CompletableFuture<QueryResponse> page = queryThroughTheIndex(150);
    dynamoDb.gets.get(0).complete(answer(0, 100));
    work();
    assertThat(dynamoDb.gets).hasSize(2);
    dynamoDb.gets.get(1).complete(answer(100, 150));
    work();
    assertThat(page.join().items()).hasSize(150).startsWith(person(0)).endsWith(person(149));
  }

  @Test
  void cancel_whileABatchIsUnderWay_cancelsIt() {
    CompletableFuture<QueryResponse> page = queryThroughTheIndex(150);
    dynamoDb.gets.get(0).complete(answer(0, 100));
    work();
    page.cancel(true);
    work();
    assertThat(dynamoDb.gets.get(1)).isCancelled();
  }

  @Test
  void cancel_betweenTwoBatches_asksForNoOther() {
    CompletableFuture<QueryResponse> page = queryThroughTheIndex(150);
    dynamoDb.gets.get(0).complete(answer(0, 100));
    page.cancel(true); // before the executor comes to it
    work();
    assertThat(dynamoDb.gets).hasSize(1);
  }

  @Test
  void query_secondBatchFails_failsTheCall() {
    CompletableFuture<QueryResponse> page = queryThroughTheIndex(150);
    dynamoDb.gets.get(0).complete(answer(0, 100));
    work();
    dynamoDb.gets.get(1).completeExceptionally(new IllegalStateException("no connection"));
    work();
    assertThatThrownBy(page::join)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no connection");
  }
}
