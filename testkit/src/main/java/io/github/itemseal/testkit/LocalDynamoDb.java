package io.github.itemseal.testkit;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * An empty DynamoDB database in this JVM, and clients of it.
 *
 * <p>In JUnit tests let {@link LocalDynamoDbExtension} open and close it. Elsewhere:
 *
 * <pre>{@code
 * try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
 *   dynamoDb.createTable("Orders", "id");
 *   dynamoDb.client().putItem(...);
 * }
 * }</pre>
 *
 * <p>Needs {@code software.amazon.dynamodb:DynamoDBLocal} on the class path. All databases of a JVM
 * are in one server, which listens on a free port of the loopback address. It starts with the first
 * database, which takes some seconds, and stops when the last one is closed. DynamoDB Local keeps a
 * database for each access key id and Region, so databases do not see each other's tables. A
 * database that is not closed keeps the JVM from ending.
 *
 * <p>Thread-safe.
 */
public final class LocalDynamoDb implements AutoCloseable {
  private static final Region REGION = Region.EU_WEST_1;
  private static final String SECRET = "secret"; // DynamoDB Local does not check signatures

  private final DynamoDbServer server;
  private final AccessKeyIds.Lease accessKeyId;
  private final AtomicInteger tables = new AtomicInteger();
  private final List<SdkAutoCloseable> clients = new ArrayList<>();
  private @Nullable DynamoDbClient client;
  private @Nullable DynamoDbAsyncClient asyncClient;
  private @Nullable DynamoDbStreamsClient streamsClient;
  private boolean closed;

  private LocalDynamoDb(DynamoDbServer server, AccessKeyIds.Lease accessKeyId) {
    this.server = server;
    this.accessKeyId = accessKeyId;
  }

  /**
   * Opens a new, empty database.
   *
   * @throws IllegalStateException if DynamoDB Local is not on the class path or does not start
   */
  public static LocalDynamoDb open() {
    return open(AccessKeyIds.any());
  }

  /**
   * Opens the database of this access key id, in Region {@code eu-west-1}: for programs under test
   * that bring their own credentials.
   *
   * @param accessKeyId letters and digits
   * @throws IllegalStateException if it is open already, or as of {@link #open()}
   */
  public static LocalDynamoDb open(String accessKeyId) {
    return open(AccessKeyIds.exactly(accessKeyId));
  }

  private static LocalDynamoDb open(AccessKeyIds.Lease accessKeyId) {
    try {
      return new LocalDynamoDb(DynamoDbServer.use(), accessKeyId);
    } catch (RuntimeException e) {
      accessKeyId.giveBack(true);
      throw e;
    }
  }

  /** A client of this database, always the same. Closed with the database. */
  public synchronized DynamoDbClient client() {
    requireOpen();
    DynamoDbClient known = client;
    if (known == null) {
      known = clientAt(endpoint());
      client = known;
    }
    return known;
  }

  /** An asynchronous client of this database, always the same. Closed with the database. */
  public synchronized DynamoDbAsyncClient asyncClient() {
    requireOpen();
    DynamoDbAsyncClient known = asyncClient;
    if (known == null) {
      known = asyncClientAt(endpoint());
      asyncClient = known;
    }
    return known;
  }

  /** A client of this database's streams, always the same. Closed with the database. */
  public synchronized DynamoDbStreamsClient streamsClient() {
    requireOpen();
    DynamoDbStreamsClient known = streamsClient;
    if (known == null) {
      known = build(DynamoDbStreamsClient.builder(), endpoint());
      streamsClient = known;
    }
    return known;
  }

  /**
   * A new client of this database by another way, such as a proxy that forwards to {@link
   * #endpoint()}. Closed with the database at the latest.
   */
  public synchronized DynamoDbClient clientAt(URI proxy) {
    return build(DynamoDbClient.builder(), proxy);
  }

  /** The asynchronous twin of {@link #clientAt}. */
  public synchronized DynamoDbAsyncClient asyncClientAt(URI proxy) {
    DynamoDbAsyncClientBuilder builder = DynamoDbAsyncClient.builder();
    server.http().ifPresent(builder::httpClient);
    return build(builder, proxy);
  }

  private <B extends AwsClientBuilder<B, C>, C extends SdkAutoCloseable> C build(
      B builder, URI where) {
    requireOpen();
    C built =
        builder.endpointOverride(where).region(REGION).credentialsProvider(credentials()).build();
    clients.add(built);
    return built;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("This database is closed.");
    }
  }

  /** Scheme, host and port of DynamoDB Local. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** The Region of the clients. */
  public Region region() {
    return REGION;
  }

  /** The credentials of the clients, which name this database. */
  public AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(accessKeyId.value(), SECRET));
  }

  /**
   * Environment variables with which the SDK of another process uses this database, when its
   * clients are made with {@code DynamoDbClient.create()}.
   */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL_DYNAMODB", endpoint().toString(),
        "AWS_ENDPOINT_URL_DYNAMODB_STREAMS", endpoint().toString(),
        "AWS_REGION", REGION.id(),
        "AWS_ACCESS_KEY_ID", accessKeyId.value(),
        "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  /** A name that no table of this database has had: for a table of one test. */
  public String unusedTableName() {
    return "Unused" + tables.incrementAndGet();
  }

  /** Creates a table with this partition key, a string. */
  public TableDescription createTable(String name, String partitionKey) {
    return createTable(name, table -> table.partitionKey(partitionKey));
  }

  /**
   * Creates a table with keys, indexes and a stream:
   *
   * <pre>{@code
   * dynamoDb.createTable("Orders", table -> table
   *     .partitionKey("customer").sortKey("number").numbers("number")
   *     .globalIndex("byCity", "city"));
   * }</pre>
   *
   * @return what DynamoDB says of it, such as the ARN of the stream
   */
  public TableDescription createTable(String name, Consumer<TestTable> shape) {
    TestTable table = new TestTable(name);
    shape.accept(table);
    return client().createTable(table.request()).tableDescription();
  }

  /** Deletes the tables and closes the clients. Without effect if it is closed already. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      clients.forEach(SdkAutoCloseable::close);
      accessKeyId.giveBack(deleteTables());
    } finally {
      DynamoDbServer.release();
    }
  }

  /** Whether nothing is left. By a client of its own: a test may have closed the others. */
  private boolean deleteTables() {
    try (DynamoDbClient cleaner =
        DynamoDbClient.builder()
            .endpointOverride(endpoint())
            .region(REGION)
            .credentialsProvider(credentials())
            .build()) {
      for (String table : cleaner.listTablesPaginator().tableNames()) {
        cleaner.deleteTable(delete -> delete.tableName(table));
      }
      return true;
    } catch (DynamoDbException e) {
      return false; // such as a table with deletion protection: this database is not used again
    }
  }
}
