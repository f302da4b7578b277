package io.github.itemseal.testkit;

import java.net.URI;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Gives tests of JUnit Jupiter a DynamoDB in their JVM: an empty database for each test class.
 *
 * <p>Registered at the class, with parameters of type {@link LocalDynamoDb}, {@code
 * DynamoDbClient}, {@code DynamoDbAsyncClient} or {@code DynamoDbStreamsClient}, of tests,
 * constructors and life cycle methods:
 *
 * <pre>{@code
 * @ExtendWith(LocalDynamoDbExtension.class)
 * class OrdersTest {
 *   @Test
 *   void order_isStored(DynamoDbClient client) { ... }
 * }
 * }</pre>
 *
 * <p>Or as a field, which has the same as methods:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();
 * }</pre>
 *
 * <p>A static field is a database for each test class, an instance field one for each test. Nested
 * classes use the database of the class around them; each invocation of a parameterized class has
 * one of its own. DynamoDB Local itself starts once, with the first class, and stops at the end of
 * the test plan.
 *
 * <p>Needs JUnit 5.10 or newer, and DynamoDB Local as {@link LocalDynamoDb} does. Test classes that
 * inherit a static field and run at the same time must take parameters instead of calling the
 * field's methods, which give the database of the class that began last.
 */
public final class LocalDynamoDbExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalDynamoDbExtension.class);

  private final @Nullable String accessKeyId;
  private volatile @Nullable LocalDynamoDb database;

  /** Databases with access key ids that are made up. */
  public LocalDynamoDbExtension() {
    this(null);
  }

  private LocalDynamoDbExtension(@Nullable String accessKeyId) {
    this.accessKeyId = accessKeyId;
  }

  /**
   * The database of this access key id, emptied after each class: {@link
   * LocalDynamoDb#open(String)}.
   */
  public static LocalDynamoDbExtension withAccessKeyId(String accessKeyId) {
    return new LocalDynamoDbExtension(accessKeyId);
  }

  /**
   * The database of the running test class or test.
   *
   * @throws IllegalStateException before the first
   */
  public LocalDynamoDb database() {
    LocalDynamoDb opened = database;
    if (opened == null) {
      throw new IllegalStateException(
          "No test has begun. Register this extension with @RegisterExtension, and call it in"
              + " tests or life cycle methods only.");
    }
    return opened;
  }

  /** {@link LocalDynamoDb#client()}. */
  public DynamoDbClient client() {
    return database().client();
  }

  /** {@link LocalDynamoDb#asyncClient()}. */
  public DynamoDbAsyncClient asyncClient() {
    return database().asyncClient();
  }

  /** {@link LocalDynamoDb#streamsClient()}. */
  public DynamoDbStreamsClient streamsClient() {
    return database().streamsClient();
  }

  /** {@link LocalDynamoDb#endpoint()}. */
  public URI endpoint() {
    return database().endpoint();
  }

  /** {@link LocalDynamoDb#unusedTableName()}. */
  public String unusedTableName() {
    return database().unusedTableName();
  }

  /** {@link LocalDynamoDb#createTable(String, String)}. */
  public TableDescription createTable(String name, String partitionKey) {
    return database().createTable(name, partitionKey);
  }

  /** {@link LocalDynamoDb#createTable(String, Consumer)}. */
  public TableDescription createTable(String name, Consumer<TestTable> shape) {
    return database().createTable(name, shape);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    database = databaseOf(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    database = databaseOf(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == LocalDynamoDb.class
        || type == DynamoDbClient.class
        || type == DynamoDbAsyncClient.class
        || type == DynamoDbStreamsClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    LocalDynamoDb opened = databaseOf(context);
    Class<?> type = parameter.getParameter().getType();
    if (type == DynamoDbClient.class) {
      return opened.client();
    }
    if (type == DynamoDbAsyncClient.class) {
      return opened.asyncClient();
    }
    return type == DynamoDbStreamsClient.class ? opened.streamsClient() : opened;
  }

  /** Of this context or one around it; opened if there is none. */
  @SuppressWarnings("deprecation") // its successor is not in JUnit 5
  private LocalDynamoDb databaseOf(ExtensionContext context) {
    Store ofTheTestPlan = context.getRoot().getStore(NAMESPACE);
    var unused =
        ofTheTestPlan.getOrComputeIfAbsent(
            DynamoDbServer.class, key -> new Kept<>(DynamoDbServer.use(), DynamoDbServer::release));
    Object kept =
        context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                this,
                key -> {
                  LocalDynamoDb opened =
                      accessKeyId == null ? LocalDynamoDb.open() : LocalDynamoDb.open(accessKeyId);
                  return new Kept<>(opened, opened::close);
                });
    return (LocalDynamoDb) ((Kept<?>) Objects.requireNonNull(kept)).value();
  }

  /** Closed by JUnit with its context: older versions know the one interface, newer the other. */
  @SuppressWarnings("deprecation")
  private record Kept<T>(T value, Runnable end) implements Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }
}
