package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.testing.LocalDynamoDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Whole calls at DynamoDB Local in this process, with the plain client and with ours, in turns;
 * writes {@code end-to-end.md}. Arguments: the folder to write to, and the calls of each kind.
 */
final class EndToEnd {
  private static final int PAGE_ITEMS = 100;
  private static final int BATCH_ITEMS = 25;
  private static final int ROUNDS = 10;
  private static final int WARM_UP = 3;
  private static final int[] IN_FLIGHT = {1, 64};
  private static final String PLAIN = "plain";

  /** The plain client with an item as DDBEC stores it: what the bytes cost, without our client. */
  private static final String STORED = "plain, stored item";

  private static final List<String> CLIENTS = List.of(PLAIN, STORED, "DDBEC", "DBE 6700");

  /** The calls that are measured; the number makes keys. */
  private enum Call {
    PUT("put"),
    GET("get"),
    QUERY("query of 100 items"),
    BATCH("batch write of 25");

    private final String title;

    Call(String title) {
      this.title = title;
    }
  }

  private record Kind(Call call, boolean asynchronous, int inFlight) {}

  /** What one client did of one kind. */
  private static final class Sum {
    final Histogram microseconds = new ConcurrentHistogram(3);
    long nanoseconds;
  }

  private final Map<String, DynamoDbClient> blocking = new LinkedHashMap<>();
  private final Map<String, DynamoDbAsyncClient> asynchronous = new LinkedHashMap<>();
  private final Map<String, AttributeValue> item = Shape.SMALL.item();
  private final Map<String, AttributeValue> stored =
      ItemEncryptor.of(encryption("DDBEC")).encryptItem(item);

  private EndToEnd(DynamoDbClient plain, DynamoDbAsyncClient plainAsync) {
    for (String name : CLIENTS) {
      createTable(plain, name);
      if (name.startsWith(PLAIN)) {
        blocking.put(name, plain);
        asynchronous.put(name, plainAsync);
      } else {
        TableEncryption table = encryption(name);
        blocking.put(name, EncryptedDynamoDbClient.builder().client(plain).table(table).build());
        asynchronous.put(
            name, EncryptedDynamoDbAsyncClient.builder().client(plainAsync).table(table).build());
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.start();
        DynamoDbClient plain = dynamoDb.client();
        DynamoDbAsyncClient plainAsync = dynamoDb.asyncClient()) {
      EndToEnd run = new EndToEnd(plain, plainAsync);
      String page = run.page(Integer.parseInt(arguments[1]));
      Path folder = Files.createDirectories(Path.of(arguments[0]));
      Files.writeString(folder.resolve("end-to-end.md"), page, UTF_8);
    }
    System.exit(0); // DynamoDB Local leaves threads behind
  }

  private static TableEncryption encryption(String name) {
    Scheme scheme = name.equals("DDBEC") ? Scheme.DDBEC_WRAPPED_AES : Scheme.DBE_AES_6700;
    return TableEncryption.of(
            TableInfo.of(table(name), TableIndex.of(Shape.PARTITION_KEY, Shape.SORT_KEY)))
        .actions(AttributeActions.encryptAndSign())
        .writes(scheme.format())
        .build();
  }

  private static String table(String client) {
    return client.replaceAll("[^A-Za-z0-9]+", "-");
  }

  private static void createTable(DynamoDbClient plain, String name) {
    plain.createTable(
        create ->
            create
                .tableName(table(name))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName(Shape.PARTITION_KEY).attributeType(ScalarAttributeType.S),
                    a -> a.attributeName(Shape.SORT_KEY).attributeType(ScalarAttributeType.N))
                .keySchema(
                    k -> k.attributeName(Shape.PARTITION_KEY).keyType(KeyType.HASH),
                    k -> k.attributeName(Shape.SORT_KEY).keyType(KeyType.RANGE)));
  }

  private String page(int calls) throws Exception {
    StringBuilder page = new StringBuilder();
    page.append("# End to end\n\nWritten by `EndToEnd`: do not edit. ")
        .append(Machine.describe())
        .append(
            """
            .

            Whole calls at DynamoDB Local, which runs in the same process and shares the cores, so with
            64 calls in flight all of them wait for it. Items of 10 x 32; the clients take turns. `plain,
            stored item` is the plain client with the bytes that DDBEC stores: what lies between it and
            `plain` is the price of the bytes, which the database pays too.
            Milliseconds at percentiles, and how the median stands to the plain client's. The plain
            asynchronous client marshals on the thread that calls it, which holds back the next call;
            ours returns at once, so that really 64 are in flight: compare calls/s there.

            | Call | client | in flight | of | p50 | p90 | p99 | max | calls/s | median |
            |---|---|--:|---|--:|--:|--:|--:|--:|--:|
            """);
    for (String name : CLIENTS) {
      for (int i = 0; i < PAGE_ITEMS; i++) {
        blocking.get(name).putItem(put(name, "page", i));
      }
    }
    for (Call call : Call.values()) {
      for (boolean async : new boolean[] {false, true}) {
        for (int inFlight : IN_FLIGHT) {
          append(page, new Kind(call, async, inFlight), calls);
        }
      }
    }
    return page.toString();
  }

  private void append(StringBuilder page, Kind kind, int calls) throws Exception {
    Map<String, Sum> sums = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (String name : CLIENTS) {
        Sum sum = round < 0 ? new Sum() : sums.computeIfAbsent(name, key -> new Sum());
        long start = System.nanoTime();
        measure(name, kind, Math.max(kind.inFlight(), calls / ROUNDS), sum.microseconds);
        sum.nanoseconds += System.nanoTime() - start;
      }
    }
    double plain = sums.get(PLAIN).microseconds.getValueAtPercentile(50);
    sums.forEach((name, sum) -> page.append(line(kind, name, sum, plain)));
  }

  private static String line(Kind kind, String name, Sum sum, double plain) {
    Histogram histogram = sum.microseconds;
    double median = histogram.getValueAtPercentile(50);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %s | %.2f | %.2f | %.2f | %.2f | %.0f | %s |\n",
        kind.call().title,
        kind.asynchronous() ? "async" : "sync",
        kind.inFlight(),
        name,
        median / 1000,
        histogram.getValueAtPercentile(90) / 1000.0,
        histogram.getValueAtPercentile(99) / 1000.0,
        histogram.getMaxValue() / 1000.0,
        histogram.getTotalCount() * 1e9 / sum.nanoseconds,
        name.equals(PLAIN)
            ? ""
            : String.format(Locale.ROOT, "%+.0f %%", 100 * (median / plain - 1)));
  }

  private void measure(String name, Kind kind, int calls, Histogram microseconds) throws Exception {
    if (kind.asynchronous()) {
      measureAsync(name, kind, calls, microseconds);
    } else {
      measureBlocking(name, kind, calls, microseconds);
    }
  }

  private void measureBlocking(String name, Kind kind, int calls, Histogram microseconds)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(kind.inFlight());
    AtomicInteger next = new AtomicInteger();
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = 0; i < kind.inFlight(); i++) {
      workers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int n = next.getAndIncrement(); n < calls; n = next.getAndIncrement()) {
                  long start = System.nanoTime();
                  call(blocking.get(name), name, kind.call(), n);
                  microseconds.recordValue((System.nanoTime() - start) / 1000);
                }
              },
              threads));
    }
    CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).get();
    threads.shutdown();
  }

  private void measureAsync(String name, Kind kind, int calls, Histogram microseconds)
      throws Exception {
    Semaphore free = new Semaphore(kind.inFlight());
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int n = 0; n < calls; n++) {
      free.acquire();
      long start = System.nanoTime();
      all.add(
          call(asynchronous.get(name), name, kind.call(), n)
              .whenComplete(
                  (response, failure) -> {
                    microseconds.recordValue((System.nanoTime() - start) / 1000);
                    free.release();
                  }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
  }

  private void call(DynamoDbClient client, String name, Call call, int number) {
    switch (call) {
      case PUT -> client.putItem(put(name, "put", number));
      case GET -> client.getItem(get(name, number));
      case QUERY -> client.query(query(name));
      case BATCH -> client.batchWriteItem(batch(name, number));
    }
  }

  private CompletableFuture<?> call(
      DynamoDbAsyncClient client, String name, Call call, int number) {
    return switch (call) {
      case PUT -> client.putItem(put(name, "put", number));
      case GET -> client.getItem(get(name, number));
      case QUERY -> client.query(query(name));
      case BATCH -> client.batchWriteItem(batch(name, number));
    };
  }

  private Map<String, AttributeValue> item(String name, String partition, int number) {
    Map<String, AttributeValue> keyed = new HashMap<>(name.equals(STORED) ? stored : item);
    keyed.put(Shape.PARTITION_KEY, AttributeValue.fromS(partition));
    keyed.put(Shape.SORT_KEY, AttributeValue.fromN(Integer.toString(number)));
    return keyed;
  }

  private PutItemRequest put(String name, String partition, int number) {
    return PutItemRequest.builder()
        .tableName(table(name))
        .item(item(name, partition, number))
        .build();
  }

  private static GetItemRequest get(String name, int number) {
    return GetItemRequest.builder()
        .tableName(table(name))
        .key(
            Map.of(
                Shape.PARTITION_KEY, AttributeValue.fromS("page"),
                Shape.SORT_KEY, AttributeValue.fromN(Integer.toString(number % PAGE_ITEMS))))
        .build();
  }

  private static QueryRequest query(String name) {
    return QueryRequest.builder()
        .tableName(table(name))
        .keyConditionExpression("pk = :pk")
        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("page")))
        .build();
  }

  private BatchWriteItemRequest batch(String name, int number) {
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < BATCH_ITEMS; i++) {
      Map<String, AttributeValue> written = item(name, "batch" + number, i);
      writes.add(WriteRequest.builder().putRequest(put -> put.item(written)).build());
    }
    return BatchWriteItemRequest.builder().requestItems(Map.of(table(name), writes)).build();
  }
}
