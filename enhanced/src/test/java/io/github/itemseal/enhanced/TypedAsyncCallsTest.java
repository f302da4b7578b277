package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * What is special about asynchronous calls of typed tables: where a class is called, where its
 * exceptions go, what a cancellation reaches, and how many pages are fetched.
 */
@Timeout(60)
class TypedAsyncCallsTest {
  private static final String NOTES = "Notes";
  private static final Key KEY = Key.builder().partitionValue("1").build();

  /** A class that remembers the threads it is used on, and does not take every text. */
  public static final class Note {
    static final Set<Thread> MADE_ON = ConcurrentHashMap.newKeySet();
    private String id;
    private String text;

    Note() {
      MADE_ON.add(Thread.currentThread());
    }

    static Note of(String id, String text) {
      Note note = new Note();
      note.id = id;
      note.text = text;
      return note;
    }

    String id() {
      return id;
    }

    void id(String id) {
      this.id = id;
    }

    String text() {
      return accepted(text);
    }

    void text(String text) {
      this.text = accepted(text);
    }

    private static String accepted(String text) {
      if ("bad".equals(text)) {
        throw new IllegalStateException("The class does not like it");
      }
      return text;
    }

    static final TableSchema<Note> SCHEMA =
        StaticTableSchema.builder(Note.class)
            .newItemSupplier(Note::new)
            .addAttribute(
                String.class,
                a ->
                    a.name("id")
                        .getter(Note::id)
                        .setter(Note::id)
                        .tags(StaticAttributeTags.primaryPartitionKey()))
            .addAttribute(String.class, a -> a.name("text").getter(Note::text).setter(Note::text))
            .build();
  }

  private final HeldDynamoDb dynamoDb = new HeldDynamoDb();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "executor"));
  private final ExecutorService eventLoop =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "event loop"));
  private final TableEncryption encryption =
      TableEncryption.of(TableInfo.of(NOTES, TableIndex.of("id")))
          .actions(TypedActions.of(Note.SCHEMA))
          .writes(
              Ddbec.using(
                  WrappedMaterialsProvider.builder()
                      .wrappingKey(TestKeys.aes(256))
                      .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                      .build()))
          .build();
  private final EncryptedDynamoDbEnhancedAsyncClient client =
      EncryptedDynamoDbEnhancedAsyncClient.of(
          EncryptedDynamoDbAsyncClient.builder()
              .client(dynamoDb.client())
              .executor(executor)
              .table(encryption)
              .build());
  private final DynamoDbAsyncTable<Note> notes = client.table(NOTES, Note.SCHEMA);

  @AfterEach
  void stop() {
    executor.shutdownNow();
    eventLoop.shutdownNow();
  }

  // ---- cancellation ----

  /** Every call with a future, and the first operation it waits for. */
  static Stream<Arguments> calls() {
    Note note = Note.of("1", "text");
    return Stream.of(
        call("putItem", t -> t.notes.putItem(note)),
        call("putItem", t -> t.notes.putItemWithResponse(put -> put.item(note))),
        call("getItem", t -> t.notes.getItem(KEY)),
        call("getItem", t -> t.notes.getItemWithResponse(get -> get.key(KEY))),
        call("deleteItem", t -> t.notes.deleteItem(KEY)),
        call("deleteItem", t -> t.notes.deleteItemWithResponse(delete -> delete.key(KEY))),
        call("getItem", t -> t.notes.updateItem(note)),
        call("getItem", t -> t.notes.updateItemWithResponse(update -> update.item(note))),
        call("getItem", t -> t.client.update(t.notes, KEY, present -> present)),
        call("createTable", t -> t.notes.createTable()),
        call("describeTable", t -> t.notes.describeTable()),
        call("deleteTable", t -> t.notes.deleteTable()),
        call("batchWriteItem", t -> t.client.batchWriteItem(b -> b.writeBatches(t.batch(note)))),
        call("transactGetItems", t -> t.client.transactGetItems(g -> g.addGetItem(t.notes, KEY))),
        call(
            "transactWriteItems",
            t -> t.client.transactWriteItems(w -> w.addPutItem(t.notes, note))),
        call(
            "transactGetItems",
            t -> t.client.transactWriteItems(w -> w.addUpdateItem(t.notes, note))),
        call(
            "transactGetItems",
            t -> t.client.transactWriteItemsWithResponse(w -> w.addUpdateItem(t.notes, note))));
  }

  private static Arguments call(
      String operation, Function<TypedAsyncCallsTest, CompletableFuture<?>> call) {
    return Arguments.of(operation, call);
  }

  private WriteBatch batch(Note note) {
    return WriteBatch.builder(Note.class).mappedTableResource(notes).addPutItem(note).build();
  }

  @ParameterizedTest(name = "{0}, {index}")
  @MethodSource("calls")
  void call_cancelled_cancelsWhatItWaitsFor(
      String operation, Function<TypedAsyncCallsTest, CompletableFuture<?>> call) throws Exception {
    CompletableFuture<?> future = call.apply(this);
    HeldDynamoDb.Call waiting = dynamoDb.next();

    assertThat(future.cancel(true)).isTrue();

    assertThat(waiting.operation()).isEqualTo(operation);
    assertThatThrownBy(() -> waiting.answer().get(30, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
    executor.submit(() -> {}).get(); // whatever would follow has had its turn
    assertThat(dynamoDb.waiting()).isZero();
  }

  @Test
  void stageOfACall_cancelled_leavesTheCallAlone() throws Exception {
    CompletableFuture<Note> future = notes.getItem(KEY);
    HeldDynamoDb.Call waiting = dynamoDb.next();

    assertThat(future.thenApply(Note::text).cancel(true)).isTrue();

    waiting.answer().complete(GetItemResponse.builder().build());
    assertThat(future.get()).isNull();
  }

  // ---- where a class is called ----

  @Test
  void objects_areMadeOnTheExecutor() throws Exception {
    Note.MADE_ON.clear();
    CompletableFuture<Note> got = notes.getItem(KEY);
    answer(GetItemResponse.builder().item(stored("1", "text")).build());
    CompletableFuture<Note> changed = client.update(notes, KEY, note -> note);
    answer(GetItemResponse.builder().item(stored("1", "text")).build());
    List<Note> scanned = new ArrayList<>();
    CompletableFuture<Void> scan = notes.scan().items().subscribe(scanned::add);
    answer(ScanResponse.builder().items(List.of(stored("1", "text"))).build());

    assertThat(got.get().text()).isEqualTo("text");
    assertThat(changed.get().text()).isEqualTo("text");
    scan.get();
    assertThat(scanned).hasSize(1);
    assertThat(Note.MADE_ON).extracting(Thread::getName).containsOnly("executor");
  }

  @Test
  void objectOfACall_changedAfterIt_isWrittenAsItWas() throws Exception {
    Note note = Note.of("1", "before");
    CompletableFuture<Void> put = notes.putItem(note);
    note.text("after");
    HeldDynamoDb.Call call = dynamoDb.next();
    call.answer().complete(PutItemResponse.builder().build());
    put.get();

    Map<String, AttributeValue> sent = ((PutItemRequest) call.request()).item();
    assertThat(ItemEncryptor.of(encryption).decryptItem(sent))
        .containsEntry("text", AttributeValue.fromS("before"));
  }

  private void answer(Object response) throws Exception {
    HeldDynamoDb.Call call = dynamoDb.next();
    eventLoop.submit(() -> call.answer().complete(response)).get();
  }

  private Map<String, AttributeValue> stored(String id, String text) {
    return ItemEncryptor.of(encryption)
        .encryptItem(Map.of("id", AttributeValue.fromS(id), "text", AttributeValue.fromS(text)));
  }

  // ---- exceptions ----

  @Test
  void classThatThrows_failsTheFutureAndNothingElse() throws Exception {
    Note bad = new Note();
    bad.id("1");
    bad.text = "bad";
    for (Function<Note, CompletableFuture<?>> call :
        List.<Function<Note, CompletableFuture<?>>>of(
            notes::putItem,
            notes::updateItem,
            note -> client.batchWriteItem(batch -> batch.writeBatches(batch(note))),
            note -> client.transactWriteItems(write -> write.addPutItem(notes, note)),
            note -> client.transactWriteItems(write -> write.addUpdateItem(notes, note)))) {
      assertFails(call.apply(bad), IllegalStateException.class, "The class does not like it");
    }
    assertThat(dynamoDb.waiting()).isZero();
  }

  @Test
  void classThatThrowsOnReading_failsFutureAndPublisher() throws Exception {
    CompletableFuture<Note> got = notes.getItem(KEY);
    answer(GetItemResponse.builder().item(stored("1", "bad")).build());
    CompletableFuture<Note> changed = client.update(notes, KEY, note -> note);
    answer(GetItemResponse.builder().item(stored("1", "bad")).build());
    CompletableFuture<Void> scanned = notes.scan().items().subscribe(note -> {});
    answer(ScanResponse.builder().items(List.of(stored("1", "bad"))).build());

    for (CompletableFuture<?> future : List.of(got, changed, scanned)) {
      assertFails(future, IllegalStateException.class, "The class does not like it");
    }
  }

  @Test
  void refusedUpdate_failsTheFuture() {
    CompletableFuture<Note> refused =
        notes.updateItem(
            update ->
                update
                    .item(Note.of("1", "new"))
                    .conditionExpression(
                        Expression.builder()
                            .expression("#text = id")
                            .putExpressionName("#text", "text")
                            .build()));

    assertFails(refused, UnsupportedRequestException.class, "'text'");
  }

  @Test
  void updateThatIsNone_failsTheFuture() {
    CompletableFuture<?> refused =
        new SafeUpdateAsyncClient(client.dynamoDbAsyncClient())
            .updateItem(
                update ->
                    update
                        .tableName(NOTES)
                        .key(Map.of("id", AttributeValue.fromS("1")))
                        .updateExpression("SET SET SET"));

    assertFails(refused, DynamoDbException.class, "Syntax error; at character 4");
  }

  @Test
  void mixedTransaction_failsTheFuture() {
    CompletableFuture<Void> refused =
        client.transactWriteItems(
            TransactWriteItemsEnhancedRequest.builder()
                .addUpdateItem(notes, Note.of("1", "new"))
                .addPutItem(notes, Note.of("2", "new"))
                .build());

    assertFails(
        refused, UnsupportedRequestException.class, "can hold no other elements than updates");
  }

  @Test
  void updateOfATableThatIsNotConfigured_failsTheFuture() {
    CompletableFuture<Note> refused =
        client.update(client.table("Other", Note.SCHEMA), KEY, note -> note);

    assertFails(refused, UnsupportedRequestException.class, "'Other' has no table encryption");
  }

  private static void assertFails(
      CompletableFuture<?> future, Class<? extends Exception> type, String message) {
    assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(type)
        .hasMessageContaining(message);
  }

  // ---- back-pressure ----

  static Stream<Arguments> pages() {
    Map<String, AttributeValue> last = Map.of("id", AttributeValue.fromS("1"));
    return Stream.of(
        Arguments.of(
            (Function<TypedAsyncCallsTest, SdkPublisher<?>>) t -> t.notes.scan(),
            ScanResponse.builder().items(List.of()).lastEvaluatedKey(last).build()),
        Arguments.of(
            (Function<TypedAsyncCallsTest, SdkPublisher<?>>)
                t -> t.notes.query(QueryConditional.keyEqualTo(KEY)),
            QueryResponse.builder().items(List.of()).lastEvaluatedKey(last).build()),
        Arguments.of(
            (Function<TypedAsyncCallsTest, SdkPublisher<?>>)
                t ->
                    t.client.batchGetItem(
                        get ->
                            get.readBatches(
                                ReadBatch.builder(Note.class)
                                    .mappedTableResource(t.notes)
                                    .addGetItem(KEY)
                                    .build())),
            BatchGetItemResponse.builder()
                .responses(Map.of())
                .unprocessedKeys(Map.of(NOTES, KeysAndAttributes.builder().keys(last).build()))
                .build()));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("pages")
  void publisher_fetchesAPageForEachDemandAndNoMore(
      Function<TypedAsyncCallsTest, SdkPublisher<?>> pages, Object page) throws Exception {
    OnDemand subscriber = new OnDemand();
    pages.apply(this).subscribe(subscriber);
    settle();
    assertThat(dynamoDb.waiting()).isZero();

    for (int i = 1; i <= 3; i++) {
      subscriber.subscription.request(1);
      answer(page);
      settle();
      assertThat(subscriber.pages).hasSize(i);
      assertThat(dynamoDb.waiting()).isZero();
    }
  }

  @Test
  void subscription_cancelled_asksForNoOtherPage() throws Exception {
    OnDemand subscriber = new OnDemand();
    notes.scan().subscribe(subscriber);
    subscriber.subscription.request(5);
    HeldDynamoDb.Call first = dynamoDb.next();

    subscriber.subscription.cancel();

    Map<String, AttributeValue> last = Map.of("id", AttributeValue.fromS("1"));
    first.answer().complete(ScanResponse.builder().lastEvaluatedKey(last).build());
    settle();
    assertThat(dynamoDb.waiting()).isZero();
  }

  /** Until the executor has done what it has. */
  private void settle() throws Exception {
    for (int i = 0; i < 20; i++) { // stages that hand on to stages
      executor.submit(() -> {}).get();
    }
  }

  private static final class OnDemand implements Subscriber<Object> {
    private final List<Object> pages = new CopyOnWriteArrayList<>();
    private volatile Subscription subscription;

    @Override
    public void onSubscribe(Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void onNext(Object page) {
      pages.add(page);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {}
  }
}
