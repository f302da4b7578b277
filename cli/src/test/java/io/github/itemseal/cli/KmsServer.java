package io.github.itemseal.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.itemseal.testkit.InMemoryKms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** An {@link InMemoryKms} behind a loopback HTTP port, in the JSON protocol of AWS KMS. */
final class KmsServer implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String TARGET_PREFIX = "TrentService.";

  private final InMemoryKms kms;
  private final KmsClient client;
  private final HttpServer server;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicInteger untilDenied = new AtomicInteger(Integer.MAX_VALUE);

  private KmsServer(InMemoryKms kms, HttpServer server) {
    this.kms = kms;
    this.client = kms.client();
    this.server = server;
  }

  static KmsServer start() {
    return start("eu-west-1");
  }

  static KmsServer start(String region) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      KmsServer server = new KmsServer(InMemoryKms.inRegion(region), http);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InMemoryKms kms() {
    return kms;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers this many requests more, and then denies. */
  void denyAfter(int requests) {
    untilDenied.set(requests);
  }

  /** The header {@code Authorization} of every request so far. */
  List<String> authorizations() {
    return authorizations;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Map<String, Object> request = parse(exchange.getRequestBody().readAllBytes());
      String operation =
          exchange.getRequestHeaders().getFirst("X-Amz-Target").substring(TARGET_PREFIX.length());
      try {
        if (untilDenied.getAndDecrement() <= 0) {
          answer(exchange, 400, Map.of("__type", "AccessDeniedException", "message", "secret"));
          return;
        }
        answer(
            exchange,
            200,
            switch (operation) {
              case "Decrypt" -> decrypt(request);
              case "ReEncrypt" -> reEncrypt(request);
              case "GenerateDataKeyWithoutPlaintext" -> generateWithoutPlaintext(request);
              case "DeriveSharedSecret" -> deriveSharedSecret(request);
              case "GetPublicKey" -> publicKey(request);
              default -> generate(request);
            });
      } catch (AwsServiceException e) {
        String code =
            e.awsErrorDetails() == null
                ? e.getClass().getSimpleName()
                : e.awsErrorDetails().errorCode();
        answer(exchange, 400, Map.of("__type", code, "message", "secret"));
      }
    }
  }

  private Map<String, String> generate(Map<String, Object> request) {
    GenerateDataKeyResponse response =
        client.generateDataKey(
            GenerateDataKeyRequest.builder()
                .keyId((String) request.get("KeyId"))
                .numberOfBytes(Integer.valueOf(String.valueOf(request.get("NumberOfBytes"))))
                .encryptionContext(context(request))
                .grantTokens(grantTokens(request))
                .build());
    return Map.of(
        "KeyId", response.keyId(),
        "Plaintext", base64(response.plaintext()),
        "CiphertextBlob", base64(response.ciphertextBlob()));
  }

  private Map<String, String> decrypt(Map<String, Object> request) {
    byte[] blob = Base64.getDecoder().decode((String) request.get("CiphertextBlob"));
    DecryptResponse response =
        client.decrypt(
            DecryptRequest.builder()
                .keyId((String) request.get("KeyId"))
                .ciphertextBlob(SdkBytes.fromByteArray(blob))
                .encryptionContext(context(request))
                .encryptionAlgorithm((String) request.get("EncryptionAlgorithm"))
                .grantTokens(grantTokens(request))
                .build());
    return Map.of("KeyId", response.keyId(), "Plaintext", base64(response.plaintext()));
  }

  private Map<String, String> deriveSharedSecret(Map<String, Object> request) {
    byte[] other = Base64.getDecoder().decode((String) request.get("PublicKey"));
    DeriveSharedSecretResponse response =
        client.deriveSharedSecret(
            r ->
                r.keyId((String) request.get("KeyId"))
                    .keyAgreementAlgorithm((String) request.get("KeyAgreementAlgorithm"))
                    .publicKey(SdkBytes.fromByteArray(other))
                    .grantTokens(grantTokens(request)));
    return Map.of("KeyId", response.keyId(), "SharedSecret", base64(response.sharedSecret()));
  }

  private Map<String, String> publicKey(Map<String, Object> request) {
    GetPublicKeyResponse response =
        client.getPublicKey(r -> r.keyId((String) request.get("KeyId")));
    return Map.of("KeyId", response.keyId(), "PublicKey", base64(response.publicKey()));
  }

  private Map<String, String> generateWithoutPlaintext(Map<String, Object> request) {
    GenerateDataKeyWithoutPlaintextResponse response =
        client.generateDataKeyWithoutPlaintext(
            r ->
                r.keyId((String) request.get("KeyId"))
                    .numberOfBytes(Integer.valueOf(String.valueOf(request.get("NumberOfBytes"))))
                    .encryptionContext(context(request)));
    return Map.of("KeyId", response.keyId(), "CiphertextBlob", base64(response.ciphertextBlob()));
  }

  private Map<String, String> reEncrypt(Map<String, Object> request) {
    byte[] blob = Base64.getDecoder().decode((String) request.get("CiphertextBlob"));
    ReEncryptResponse response =
        client.reEncrypt(
            r ->
                r.ciphertextBlob(SdkBytes.fromByteArray(blob))
                    .sourceKeyId((String) request.get("SourceKeyId"))
                    .sourceEncryptionContext(context(request, "SourceEncryptionContext"))
                    .destinationKeyId((String) request.get("DestinationKeyId"))
                    .destinationEncryptionContext(
                        context(request, "DestinationEncryptionContext")));
    return Map.of(
        "KeyId", response.keyId(),
        "SourceKeyId", response.sourceKeyId(),
        "CiphertextBlob", base64(response.ciphertextBlob()));
  }

  private static Map<String, String> context(Map<String, Object> request) {
    return context(request, "EncryptionContext");
  }

  private static Map<String, String> context(Map<String, Object> request, String name) {
    Map<String, String> context = new LinkedHashMap<>();
    if (request.get(name) instanceof Map<?, ?> entries) {
      entries.forEach((entry, value) -> context.put((String) entry, (String) value));
    }
    return context;
  }

  private static List<String> grantTokens(Map<String, Object> request) {
    return request.get("GrantTokens") instanceof List<?> tokens
        ? tokens.stream().map(String.class::cast).toList()
        : List.of();
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }

  private static void answer(HttpExchange exchange, int status, Map<String, String> fields)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      for (Map.Entry<String, String> field : fields.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, body.size());
    body.writeTo(exchange.getResponseBody());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parse(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      return (Map<String, Object>) value(parser);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, value(parser));
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser));
      }
      return array;
    }
    return parser.getText();
  }
}
