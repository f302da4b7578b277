package io.github.itemseal.testing;

import java.lang.reflect.Field;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local in this process, in memory, on a free loopback port; stopped by {@link #close}.
 */
public final class LocalDynamoDb implements AutoCloseable {
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("testkey", "testsecret"));

  private final DynamoDBProxyServer server;
  private final URI endpoint;

  private LocalDynamoDb(DynamoDBProxyServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Starts a new, empty database. */
  public static LocalDynamoDb start() {
    try {
      DynamoDBProxyServer server =
          ServerRunner.createServerFromCommandLineArgs(
              new String[] {"-inMemory", "-disableTelemetry"});
      ServerConnector connector = connectorOf(server);
      connector.setHost("127.0.0.1"); // it would listen on every interface
      connector.setPort(0); // any free one, which the command line refuses
      server.start();
      return new LocalDynamoDb(server, URI.create("http://127.0.0.1:" + connector.getLocalPort()));
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not start.", e);
    }
  }

  /** A plain client of this database. The caller closes it. */
  public DynamoDbClient client() {
    return client(endpoint);
  }

  /** A plain client of the database at this endpoint, also of another process. */
  public static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  /** A plain asynchronous client of this database. The caller closes it. */
  public DynamoDbAsyncClient asyncClient() {
    return asyncClient(endpoint);
  }

  /** The same of the database at this endpoint. */
  public static DynamoDbAsyncClient asyncClient(URI endpoint) {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  /** A plain client of this database's streams. The caller closes it. */
  public DynamoDbStreamsClient streamsClient() {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  /** Where the database listens. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not stop.", e);
    }
  }

  /** DynamoDB Local has no option for the address to listen on; its Jetty has. */
  private static ServerConnector connectorOf(DynamoDBProxyServer server)
      throws ReflectiveOperationException {
    Field jetty = DynamoDBProxyServer.class.getDeclaredField("server");
    jetty.setAccessible(true);
    return (ServerConnector) ((Server) jetty.get(server)).getConnectors()[0];
  }
}
