package io.github.itemseal.benchmarks;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
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
 * One of the clients that {@link EndToEnd} compares, with a table of its own, and the calls that
 * are measured.
 */
final class MeasuredClient {
  private static final Shape SHAPE = Shape.SMALL;
  private static final int PAGE_ITEMS = 100;
  private static final int BATCH_ITEMS = 25;
  private static final String PAGE = "page";
  private static final String STORED = "stored";

  /** Numbers in calls make keys. */
  enum Call {
    PUT("put"),
    GET("get"),
    QUERY("query of %s items".formatted(PAGE_ITEMS)),
    BATCH("batch write of %s".formatted(BATCH_ITEMS));

    private final String title;

    Call(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** A client with its two faces. */
  record Clients(DynamoDbClient blocking, DynamoDbAsyncClient asynchronous) {}

  private final String name;
  private final String table;
  private final DynamoDbClient blocking;
  private final DynamoDbAsyncClient asynchronous;
  private final Map<String, AttributeValue> item;
  private final boolean pagesOnly;

  /** What happens for each item besides the call, before it is written or after it is read. */
  private final Callable<?> beforeWriting;

  private final Callable<?> afterReading;

  /** The last of what these made, so that it has to be made. */
  @SuppressWarnings("unused")
  private volatile Object results;

  private MeasuredClient(
      String name,
      Clients clients,
      Map<String, AttributeValue> item,
      boolean pagesOnly,
      Callable<?> beforeWriting,
      Callable<?> afterReading) {
    this.name = name;
    this.table = table(name);
    this.blocking = clients.blocking();
    this.asynchronous = clients.asynchronous();
    this.item = item;
    this.pagesOnly = pagesOnly;
    this.beforeWriting = beforeWriting;
    this.afterReading = afterReading;
  }

  /** With the item as it is. */
  static MeasuredClient plain(String name, Clients clients) {
    return withItem(name, clients, SHAPE.item());
  }

  /** With the item as it is stored: what the bytes cost. */
  static MeasuredClient stored(String name, Clients clients, Scheme scheme) {
    return withItem(name, clients, storedItem(scheme));
  }

  /** The same, with the bare JCA calls for each item: what nobody can do without. */
  static MeasuredClient storedWithFloor(String name, Clients clients, Scheme scheme)
      throws Exception {
    Contender floor = Contenders.named(scheme.label() + "/" + Contenders.FLOOR, SHAPE);
    return new MeasuredClient(
        name, clients, storedItem(scheme), false, floor::encrypt, floor::decrypt);
  }

  /** Ours, around the plain ones. */
  static MeasuredClient encrypted(String name, Clients clients, Scheme scheme) {
    TableEncryption table = encryption(table(name), scheme);
    Clients ours =
        new Clients(
            EncryptedDynamoDbClient.builder().client(clients.blocking()).table(table).build(),
            EncryptedDynamoDbAsyncClient.builder()
                .client(clients.asynchronous())
                .table(table)
                .build());
    return withItem(name, ours, SHAPE.item());
  }

  /** Ours, around clients that answer puts and gets at once. */
  static MeasuredClient instant(Scheme scheme) {
    InstantDynamoDb dynamoDb = new InstantDynamoDb(storedItem(scheme));
    return encrypted(STORED, new Clients(dynamoDb.client(), dynamoDb.asyncClient()), scheme);
  }

  /** Ours, blocking, which opens the items of a page in several threads: for pages only. */
  static MeasuredClient pages(String name, Clients clients, Scheme scheme) {
    DynamoDbClient ours =
        EncryptedDynamoDbClient.builder()
            .client(clients.blocking())
            .table(encryption(table(name), scheme))
            .pageExecutor(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors()))
            .build();
    Map<String, AttributeValue> item = SHAPE.item();
    return new MeasuredClient(
        name, new Clients(ours, clients.asynchronous()), item, true, () -> item, () -> item);
  }

  private static MeasuredClient withItem(
      String name, Clients clients, Map<String, AttributeValue> item) {
    return new MeasuredClient(name, clients, item, false, () -> item, () -> item);
  }

  private static Map<String, AttributeValue> storedItem(Scheme scheme) {
    return ItemEncryptor.of(encryption(STORED, scheme)).encryptItem(SHAPE.item());
  }

  private static TableEncryption encryption(String table, Scheme scheme) {
    return TableEncryption.of(
            TableInfo.of(table, TableIndex.of(Shape.PARTITION_KEY, Shape.SORT_KEY)))
        .actions(AttributeActions.encryptAndSign())
        .writes(scheme.format())
        .build();
  }

  private static String table(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "-");
  }

  String name() {
    return name;
  }

  /** Whether it is measured with these calls. */
  boolean makes(Call call, boolean asynchronously) {
    return !pagesOnly || (call == Call.QUERY && !asynchronously);
  }

  /** Makes the table, with the items that are read. */
  void createTable() {
    blocking.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName(Shape.PARTITION_KEY).attributeType(ScalarAttributeType.S),
                    a -> a.attributeName(Shape.SORT_KEY).attributeType(ScalarAttributeType.N))
                .keySchema(
                    k -> k.attributeName(Shape.PARTITION_KEY).keyType(KeyType.HASH),
                    k -> k.attributeName(Shape.SORT_KEY).keyType(KeyType.RANGE)));
    for (int i = 0; i < PAGE_ITEMS; i++) {
      blocking.putItem(put(PAGE, i));
    }
  }

  void call(Call call, int number) {
    switch (call) {
      case PUT -> {
        times(1, beforeWriting);
        blocking.putItem(put("put", number));
      }
      case GET -> {
        blocking.getItem(get(number));
        times(1, afterReading);
      }
      case QUERY -> {
        blocking.query(query());
        times(PAGE_ITEMS, afterReading);
      }
      case BATCH -> {
        times(BATCH_ITEMS, beforeWriting);
        blocking.batchWriteItem(batch(number));
      }
    }
  }

  CompletableFuture<?> callAsync(Call call, int number) {
    return switch (call) {
      case PUT -> {
        times(1, beforeWriting);
        yield asynchronous.putItem(put("put", number));
      }
      case GET -> asynchronous.getItem(get(number)).thenRun(() -> times(1, afterReading));
      case QUERY -> asynchronous.query(query()).thenRun(() -> times(PAGE_ITEMS, afterReading));
      case BATCH -> {
        times(BATCH_ITEMS, beforeWriting);
        yield asynchronous.batchWriteItem(batch(number));
      }
    };
  }

  private void times(int items, Callable<?> work) {
    try {
      for (int i = 0; i < items; i++) {
        results = work.call();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, AttributeValue> item(String partition, int number) {
    Map<String, AttributeValue> keyed = new HashMap<>(item);
    keyed.put(Shape.PARTITION_KEY, AttributeValue.fromS(partition));
    keyed.put(Shape.SORT_KEY, AttributeValue.fromN(Integer.toString(number)));
    return keyed;
  }

  private PutItemRequest put(String partition, int number) {
    return PutItemRequest.builder().tableName(table).item(item(partition, number)).build();
  }

  private GetItemRequest get(int number) {
    return GetItemRequest.builder()
        .tableName(table)
        .key(
            Map.of(
                Shape.PARTITION_KEY, AttributeValue.fromS(PAGE),
                Shape.SORT_KEY, AttributeValue.fromN(Integer.toString(number % PAGE_ITEMS))))
        .build();
  }

  private QueryRequest query() {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("%s = :pk".formatted(Shape.PARTITION_KEY))
        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(PAGE)))
        .build();
  }

  private BatchWriteItemRequest batch(int number) {
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < BATCH_ITEMS; i++) {
      Map<String, AttributeValue> written = item("batch" + number, i);
      writes.add(WriteRequest.builder().putRequest(put -> put.item(written)).build());
    }
    return BatchWriteItemRequest.builder().requestItems(Map.of(table, writes)).build();
  }
}
