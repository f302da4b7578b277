package io.github.itemseal.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * An HTTP proxy on a free loopback port that shows every request to a listener before it forwards
 * it: what a client really sends. Stopped by {@link #close}.
 */
public final class RecordingProxy implements AutoCloseable {
  /** Headers that the JDK's HTTP client sets itself. */
  private static final Set<String> CONNECTION_HEADERS =
      Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms an answer
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpClient forward = HttpClient.newHttpClient();
  private final URI target;
  private final Consumer<String> listener;

  private RecordingProxy(HttpServer server, URI target, Consumer<String> listener) {
    this.server = server;
    this.target = target;
    this.listener = listener;
  }

  /**
   * A proxy that runs.
   *
   * @param target scheme, host and port to forward to
   * @param listener gets the URI, the headers and the body of each request as one text
   */
  public static RecordingProxy start(URI target, Consumer<String> listener) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RecordingProxy proxy = new RecordingProxy(server, target, listener);
    server.setExecutor(proxy.executor);
    server.createContext("/", proxy::handle);
    server.start();
    return proxy;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      listener.accept(
          exchange.getRequestURI()
              + "\n"
              + exchange.getRequestHeaders().entrySet()
              + "\n"
              + new String(body, StandardCharsets.UTF_8));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (!CONNECTION_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(value -> request.header(name, value));
                }
              });
      HttpResponse<byte[]> response =
          forward.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!CONNECTION_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      byte[] answer = response.body();
      exchange.sendResponseHeaders(response.statusCode(), answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The proxy was stopped.", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
