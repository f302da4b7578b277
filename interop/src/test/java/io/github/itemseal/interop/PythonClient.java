package io.github.itemseal.interop;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.testing.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The Python client in a process of its own, driven over its standard input and output by {@code
 * src/test/python/peer.py}. One process serves any number of items, one at a time.
 */
final class PythonClient implements AutoCloseable {
  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private PythonClient(Process process) {
    this.process = process;
    this.in = process.outputWriter();
    this.out = process.inputReader();
  }

  /** Starts it; skips the calling test where that is impossible. */
  static PythonClient start() {
    return new PythonClient(PythonEnvironment.start("peer.py"));
  }

  /**
   * Makes a provider of the Python client, for {@link Table#provider}.
   *
   * @param settings as peer.py takes them
   */
  void provider(String name, Map<String, ?> settings) {
    Map<String, Object> request = new LinkedHashMap<>(settings);
    request.put("call", "provider");
    request.put("name", name);
    call(request);
  }

  /** Makes the next version of a material in a MetaStore, the first one included. */
  void newVersion(Map<String, ?> store, String material) {
    call(Map.of("call", "new-version", "store", store, "material", material));
  }

  Map<String, AttributeValue> encryptItem(
      Table table, AttributeActions actions, Map<String, AttributeValue> item) {
    return call("encrypt", table, actions, item);
  }

  Map<String, AttributeValue> decryptItem(
      Table table, AttributeActions actions, Map<String, AttributeValue> item) {
    return call("decrypt", table, actions, item);
  }

  private Map<String, AttributeValue> call(
      String call, Table table, AttributeActions actions, Map<String, AttributeValue> item) {
    Map<String, Object> attributes = new TreeMap<>();
    actions.exceptions().forEach((name, action) -> attributes.put(name, action.name()));
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("call", call);
    request.put("provider", table.provider());
    putIfPresent(request, "table", table.name());
    putIfPresent(request, "partitionKey", table.partitionKey());
    putIfPresent(request, "sortKey", table.sortKey());
    request.put(
        "actions", Map.of("default", actions.defaultAction().name(), "attributes", attributes));
    request.put("item", Json.ofItem(item));
    return Json.item(call(request).get("item"));
  }

  private static void putIfPresent(
      Map<String, Object> request, String name, @Nullable String text) {
    if (text != null) {
      request.put(name, text);
    }
  }

  private Map<String, Object> call(Map<String, Object> request) {
    try {
      in.write(Json.line(request));
      in.newLine();
      in.flush();
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("The Python client ended: see target/peer.py.log.");
      }
      Map<String, Object> answer = Json.parse(line);
      if (answer.containsKey("error")) {
        throw new Refused((String) answer.get("error"), (String) answer.get("message"));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closing its input ends the process. */
  @Override
  public void close() {
    try {
      in.close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * What the Python client is told of a table.
   *
   * @param provider the name that a provider was made under
   * @param name what the signature binds; null for none, which the Python client allows
   * @param partitionKey name of the partition key, if known
   * @param sortKey name of the sort key, if there is one
   */
  record Table(
      String provider,
      @Nullable String name,
      @Nullable String partitionKey,
      @Nullable String sortKey) {}

  /** The Python client raised. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String type;

    Refused(String type, String message) {
      super(type + ": " + message);
      this.type = type;
    }

    /** The name of the Python class. */
    String type() {
      return type;
    }
  }
}
