package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.itemseal.benchmarks.MeasuredClient.Call;
import io.github.itemseal.benchmarks.MeasuredClient.Clients;
import io.github.itemseal.testkit.LocalDynamoDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Whole calls at DynamoDB Local in this process, with the plain client and with ours, in turns;
 * writes {@code end-to-end.md}. Arguments: the folder to write to, and the calls of each kind.
 */
final class EndToEnd {
  private static final int ROUNDS = 10;
  private static final int SHARED_WARM_UP_CALLS = 15_000;
  private static final int WARM_UP_CALLS = 100_000;
  private static final List<Scheme> FORMATS =
      List.of(Scheme.DDBEC_WRAPPED_AES, Scheme.DBE_AES_6700);
  private static final int[] IN_FLIGHT = {1, 64};

  private record Kind(Call call, boolean asynchronous, int inFlight) {}

  /** What one client did of one kind. */
  private static final class Sum {
    final Histogram microseconds = new ConcurrentHistogram(3);
    long nanoseconds;
  }

  private final List<MeasuredClient> clients;

  private EndToEnd(List<MeasuredClient> clients) {
    this.clients = clients;
  }

  public static void main(String[] arguments) throws Exception {
    int calls = Integer.parseInt(arguments[1]);
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open();
        DynamoDbClient plain = dynamoDb.client();
        DynamoDbAsyncClient plainAsync = dynamoDb.asyncClient()) {
      EndToEnd run = new EndToEnd(clients(new Clients(plain, plainAsync)));
      run.warmUp();
      String page = run.page(calls);
      Path folder = Files.createDirectories(Path.of(arguments[0]));
      Files.writeString(folder.resolve("end-to-end.md"), page, UTF_8);
    }
    System.exit(0); // DynamoDB Local leaves threads behind
  }

  /** The first one is what the others are compared with. */
  private static List<MeasuredClient> clients(Clients plain) throws Exception {
    List<MeasuredClient> clients = new ArrayList<>();
    clients.add(MeasuredClient.plain("plain", plain));
    for (Scheme scheme : FORMATS) {
      String format = scheme.isDdbec() ? "DDBEC" : "DBE 6700";
      clients.add(MeasuredClient.stored(format + ": bytes", plain, scheme));
      clients.add(MeasuredClient.storedWithFloor(format + ": bytes and ciphers", plain, scheme));
      clients.add(MeasuredClient.encrypted(format, plain, scheme));
      clients.add(MeasuredClient.pages(format + ": page executor", plain, scheme));
    }
    clients.forEach(MeasuredClient::createTable);
    return clients;
  }

  /**
   * Until the compiler is done: with what all clients share, and with what ours do for one item.
   * That takes it some 100,000 of them, so there DynamoDB costs no time.
   */
  private void warmUp() throws Exception {
    warmUp(clients.get(0), SHARED_WARM_UP_CALLS);
    for (Scheme scheme : FORMATS) {
      warmUp(MeasuredClient.instant(scheme), WARM_UP_CALLS);
    }
  }

  private static void warmUp(MeasuredClient client, int calls) throws Exception {
    for (Call call : List.of(Call.PUT, Call.GET)) {
      for (boolean async : new boolean[] {false, true}) {
        measure(client, new Kind(call, async, 1), calls, new ConcurrentHistogram(3));
      }
    }
  }

  private String page(int calls) throws Exception {
    StringBuilder page = new StringBuilder();
    page.append("# End to end\n\nWritten by `EndToEnd`: do not edit. ")
        .append(Machine.describe())
        .append(
            """
            .

            Whole calls at DynamoDB Local, which runs in the same process and shares the cores, so with
            64 calls in flight all of them wait for it. Items of 10 x 32; the clients take turns.
            Milliseconds at percentiles, and how the median stands to the plain client's.

            `bytes` is the plain client with the item as the format stores it: the longer request is the
            price of the format, in the SDK and in the database. `bytes and ciphers` makes the bare JCA
            calls of the benchmarks' floor besides, for each item, one after the other. With one blocking
            call in flight, what lies between it and the format's own line is ours; asynchronous
            clients of ours open the items of a page together. `page executor` is the blocking client
            with as many threads to open items in as there are cores.

            The plain asynchronous client marshals on the thread that calls it, which holds back the next
            call; ours returns at once, so that really 64 are in flight: compare calls/s there.

            | Call | client | in flight | of | p50 | p90 | p99 | max | calls/s | median |
            |---|---|--:|---|--:|--:|--:|--:|--:|--:|
            """);
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
    Map<MeasuredClient, Sum> sums = new LinkedHashMap<>();
    int perRound = Math.max(kind.inFlight(), calls / ROUNDS);
    for (MeasuredClient client : clients) {
      if (client.makes(kind.call(), kind.asynchronous())) {
        measure(client, kind, perRound, new ConcurrentHistogram(3)); // warm-up
        sums.put(client, new Sum());
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (MeasuredClient client : shuffled(sums.keySet(), round)) {
        Sum sum = sums.get(client);
        long start = System.nanoTime();
        measure(client, kind, perRound, sum.microseconds);
        sum.nanoseconds += System.nanoTime() - start;
      }
    }
    double plain = sums.get(clients.get(0)).microseconds.getValueAtPercentile(50);
    sums.forEach((client, sum) -> page.append(line(kind, client, sum, plain)));
  }

  /** In another order each round, so that none always follows the same one. */
  private static List<MeasuredClient> shuffled(Collection<MeasuredClient> clients, int round) {
    List<MeasuredClient> shuffled = new ArrayList<>(clients);
    Collections.shuffle(shuffled, new Random(round));
    return shuffled;
  }

  private String line(Kind kind, MeasuredClient client, Sum sum, double plain) {
    Histogram histogram = sum.microseconds;
    double median = histogram.getValueAtPercentile(50);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %s | %.2f | %.2f | %.2f | %.2f | %.0f | %s |\n",
        kind.call().title(),
        kind.asynchronous() ? "async" : "sync",
        kind.inFlight(),
        client.name(),
        median / 1000,
        histogram.getValueAtPercentile(90) / 1000.0,
        histogram.getValueAtPercentile(99) / 1000.0,
        histogram.getMaxValue() / 1000.0,
        histogram.getTotalCount() * 1e9 / sum.nanoseconds,
        client == clients.get(0)
            ? ""
            : String.format(Locale.ROOT, "%+.0f %%", 100 * (median / plain - 1)));
  }

  private static void measure(MeasuredClient client, Kind kind, int calls, Histogram microseconds)
      throws Exception {
    if (kind.asynchronous()) {
      measureAsync(client, kind, calls, microseconds);
    } else {
      measureBlocking(client, kind, calls, microseconds);
    }
  }

  private static void measureBlocking(
      MeasuredClient client, Kind kind, int calls, Histogram microseconds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(kind.inFlight());
    AtomicInteger next = new AtomicInteger();
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = 0; i < kind.inFlight(); i++) {
      workers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int n = next.getAndIncrement(); n < calls; n = next.getAndIncrement()) {
                  long start = System.nanoTime();
                  client.call(kind.call(), n);
                  microseconds.recordValue((System.nanoTime() - start) / 1000);
                }
              },
              threads));
    }
    CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).get();
    threads.shutdown();
  }

  private static void measureAsync(
      MeasuredClient client, Kind kind, int calls, Histogram microseconds) throws Exception {
    Semaphore free = new Semaphore(kind.inFlight());
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int n = 0; n < calls; n++) {
      free.acquire();
      long start = System.nanoTime();
      all.add(
          client
              .callAsync(kind.call(), n)
              .whenComplete(
                  (response, failure) -> {
                    microseconds.recordValue((System.nanoTime() - start) / 1000);
                    free.release();
                  }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
  }
}
