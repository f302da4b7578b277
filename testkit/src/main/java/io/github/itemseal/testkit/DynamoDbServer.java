package io.github.itemseal.testkit;

import java.lang.reflect.Field;
import java.net.URI;
import java.util.Optional;
import java.util.ServiceLoader;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpService;
import software.amazon.dynamodb.services.local.main.CommandLineInput;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * The DynamoDB Local of this JVM: in memory, without telemetry, on a free loopback port. It starts
 * with the first user and stops with the last one. Its threads keep a JVM alive, so it must stop.
 */
final class DynamoDbServer {
  private static @Nullable DynamoDbServer running;
  private static int users;
  private static int starts;

  private final DynamoDBProxyServer server;
  private final URI endpoint;
  private @Nullable SdkAsyncHttpClient http;

  private DynamoDbServer(DynamoDBProxyServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Counts one user more, starts the server if it is the first, and returns it. */
  static synchronized DynamoDbServer use() {
    DynamoDbServer server = running;
    if (server == null) {
      server = start();
      running = server;
      starts++;
    }
    users++;
    return server;
  }

  /** Counts one user less, and stops the server if it was the last. */
  static synchronized void release() {
    users--;
    DynamoDbServer server = running;
    if (users == 0 && server != null) {
      running = null;
      server.stop();
    }
  }

  /** How many use the server now. */
  static synchronized int users() {
    return users;
  }

  /** How often a server has started in this JVM. */
  static synchronized int starts() {
    return starts;
  }

  private static DynamoDbServer start() {
    try {
      CommandLineInput options =
          new CommandLineInput(new String[] {"-inMemory", "-disableTelemetry"});
      if (!options.init()) {
        throw new IllegalStateException("DynamoDB Local refused its options.");
      }
      DynamoDBProxyServer server = ServerRunner.createServer(options); // prints no banner
      ServerConnector connector = connectorOf(server);
      connector.setHost("127.0.0.1"); // it would listen on every interface
      connector.setPort(0); // any free one, which the options refuse
      server.start();
      return new DynamoDbServer(server, URI.create("http://127.0.0.1:" + connector.getLocalPort()));
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "A class of DynamoDB Local is not on the class path: "
              + e.getMessage()
              + ". Add software.amazon.dynamodb:DynamoDBLocal, version 3, and what it depends on, to"
              + " the dependencies of your tests.",
          e);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not start.", e);
    }
  }

  URI endpoint() {
    return endpoint;
  }

  /**
   * The connections of all asynchronous clients: to close Netty's takes two seconds, which would be
   * waited for after each test class. Empty if there is no such HTTP client: the SDK says so
   * better.
   */
  synchronized Optional<SdkAsyncHttpClient> http() {
    if (http == null) {
      http =
          ServiceLoader.load(SdkAsyncHttpService.class)
              .findFirst()
              .map(service -> service.createAsyncHttpClientFactory().build())
              .orElse(null);
    }
    return Optional.ofNullable(http);
  }

  private synchronized void stop() {
    if (http != null) {
      http.close();
    }
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
