package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.keyring.KmsKeyring;
import io.github.itemseal.keyring.KmsKeyringSettings;
import io.github.itemseal.materials.DataKeyReuse;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import io.github.itemseal.testing.LocalDynamoDb;
import io.github.itemseal.testkit.InMemoryKms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * An executor that refuses tasks from some moment on, as one does that is shut down: whatever a
 * call was about to do there, its future ends, and a blocking caller goes on.
 */
@Timeout(300)
class RefusedTasksTest {
  private static final int MOST_TASKS = 200;
  private static final Map<String, AttributeValue> ANN = key("ann");
  private static final List<Map<String, AttributeValue>> KEYS =
      List.of(ANN, key("bob"), key("cat"));

  private static LocalDynamoDb dynamoDb;
  private static DynamoDbClient plain;
  private static DynamoDbAsyncClient plainAsync;
  private static ExecutorService threads;

  private final WriteHooks hooks = new WriteHooks();

  /** Takes so many tasks. */
  private static final class Exhausted implements Executor {
    private int left;

    Exhausted(int tasks) {
      this.left = tasks;
    }

    @Override
    public void execute(Runnable task) {
      synchronized (this) {
        if (left == 0) {
          throw new RejectedExecutionException("no more tasks");
        }
        left--;
      }
      threads.execute(task);
    }
  }

  /** Key sources that do not block, with and without a cache of keys. */
  enum Source {
    KEYRING {
      @Override
      ItemFormat format() {
        KmsKeyringSettings settings = KmsKeyringSettings.forKey(KMS.createKey()).build();
        return Dbe.using(
            KmsKeyring.of(KMS.client(), settings), KmsKeyring.of(KMS.asyncClient(), settings));
      }
    },

    PROVIDER {
      @Override
      ItemFormat format() {
        return of(KmsSettings.forKey(KMS.createKey()).build());
      }
    },

    CACHED_PROVIDER {
      @Override
      ItemFormat format() {
        return of(
            KmsSettings.forKey(KMS.createKey())
                .dataKeyReuse(DataKeyReuse.within(Duration.ofMinutes(5), 1000, 1_000_000))
                .build());
      }
    };

    private static final InMemoryKms KMS = InMemoryKms.create();

    private static ItemFormat of(KmsSettings settings) {
      return Ddbec.using(
          KmsMaterialsProvider.of(KMS.client(), settings),
          KmsMaterialsProvider.of(KMS.asyncClient(), settings));
    }

    abstract ItemFormat format();

    /** Of a table that is described on first use. */
    TableEncryption encryption() {
      return TableEncryption.of(TableInfo.named(PEOPLE))
          .actions(
              AttributeActions.encryptAndSign()
                  .with("city", CryptoAction.SIGN_ONLY)
                  .with("email", CryptoAction.SIGN_ONLY))
          .writes(format())
          .build();
    }
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  @BeforeAll
  static void start() {
    dynamoDb = LocalDynamoDb.start();
    plain = dynamoDb.client();
    plainAsync = dynamoDb.asyncClient();
    threads = Executors.newFixedThreadPool(2);
    TestTables.create(plain, PEOPLE);
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
    plainAsync.close();
    plain.close();
    dynamoDb.close();
  }

  private static ItemUpdate increment(Map<String, AttributeValue> key) {
    return ItemUpdate.of(PEOPLE, key, SafeUpdateFixture.increment("count"))
        .createIfAbsent()
        .build();
  }

  /** Refuses the first write, so that there is a pause. */
  private void meetAConflict() {
    hooks.refusal.set(TransactionConflictException.builder().build());
  }

  private static List<WriteRequest> puts() {
    return KEYS.stream()
        .map(key -> WriteRequest.builder().putRequest(put -> put.item(key)).build())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void async_executorThatRefusesFromAnyTaskOn_endsTheFuture(Source source) {
    TableEncryption encryption = source.encryption();
    Map<String, Function<EncryptedDynamoDbAsyncClient, CompletableFuture<?>>> operations =
        Map.of(
            "update",
            client -> client.update(increment(ANN)),
            "update after a pause",
            client -> {
              meetAConflict();
              return client.update(increment(ANN));
            },
            "updateAll",
            client -> client.updateAll(KEYS.stream().map(RefusedTasksTest::increment).toList()),
            "get",
            client -> client.getItem(get -> get.tableName(PEOPLE).key(ANN)),
            "put",
            client -> client.putItem(put -> put.tableName(PEOPLE).item(ANN)),
            "query",
            client ->
                client.query(
                    query ->
                        query
                            .tableName(PEOPLE)
                            .keyConditionExpression("id = :id")
                            .expressionAttributeValues(Map.of(":id", ANN.get("id")))),
            "scan",
            client -> client.scan(scan -> scan.tableName(PEOPLE)),
            "batchGet",
            client ->
                client.batchGetItem(
                    get ->
                        get.requestItems(
                            Map.of(PEOPLE, KeysAndAttributes.builder().keys(KEYS).build()))),
            "batchWrite",
            client -> client.batchWriteItem(write -> write.requestItems(Map.of(PEOPLE, puts()))),
            "transactGet",
            client ->
                client.transactGetItems(
                    get -> get.transactItems(item -> item.get(g -> g.tableName(PEOPLE).key(ANN)))));
    writer(encryption).batchWriteItem(write -> write.requestItems(Map.of(PEOPLE, puts())));
    operations.forEach(
        (name, operation) ->
            endsAlways(
                name,
                tasks -> {
                  EncryptedDynamoDbAsyncClient client =
                      EncryptedDynamoDbAsyncClient.builder()
                          .client(hooks.over(DynamoDbAsyncClient.class, plainAsync))
                          .table(encryption)
                          .executor(new Exhausted(tasks))
                          .build();
                  return operation.apply(client);
                }));
  }

  @ParameterizedTest
  @EnumSource
  void blocking_pageExecutorThatRefusesFromAnyTaskOn_endsTheCall(Source source) {
    TableEncryption encryption = source.encryption();
    writer(encryption).batchWriteItem(write -> write.requestItems(Map.of(PEOPLE, puts())));
    Map<String, Function<EncryptedDynamoDbClient, Object>> operations =
        Map.of(
            "scan",
            client -> client.scan(scan -> scan.tableName(PEOPLE)),
            "batchWrite",
            client -> client.batchWriteItem(write -> write.requestItems(Map.of(PEOPLE, puts()))));
    operations.forEach(
        (name, operation) ->
            endsAlways(
                name,
                tasks -> {
                  EncryptedDynamoDbClient client =
                      EncryptedDynamoDbClient.builder()
                          .client(plain)
                          .table(encryption)
                          .pageExecutor(new Exhausted(tasks))
                          .build();
                  return CompletableFuture.supplyAsync(() -> operation.apply(client), threads);
                }));
  }

  private static EncryptedDynamoDbClient writer(TableEncryption encryption) {
    return EncryptedDynamoDbClient.builder().client(plain).table(encryption).build();
  }

  /** Begins it with one task more each time, up to the first time that it succeeds. */
  private static void endsAlways(String name, IntFunction<CompletableFuture<?>> begin) {
    for (int tasks = 0; tasks < MOST_TASKS; tasks++) {
      Throwable failure =
          begin
              .apply(tasks)
              .handle((value, failed) -> failed)
              .completeOnTimeout(new AssertionError("hangs"), 30, TimeUnit.SECONDS)
              .join();
      if (failure == null) {
        assertThat(tasks).as(name).isPositive();
        return;
      }
      assertThat(Futures.causeOf(failure))
          .as("%s with %s tasks", name, tasks)
          .isInstanceOf(RejectedExecutionException.class);
    }
    throw new AssertionError(name + " needs more than " + MOST_TASKS + " tasks");
  }
}
