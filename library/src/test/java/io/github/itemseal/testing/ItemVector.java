package io.github.itemseal.testing;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.TableIndex;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningAlgorithm;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One test of the vector files in {@code testvectors}, whose README explains the members. */
public final class ItemVector {
  /** The folder, and the schema's name, of the first format. */
  public static final String DDBEC = "ddbec";

  /** The same of the second format. */
  public static final String DBE = "dbe";

  private final Map<String, Object> json;
  private final VectorKeys keys;

  private ItemVector(Map<String, Object> json, VectorKeys keys) {
    this.json = json;
    this.keys = keys;
  }

  /** All tests of all files of a format. */
  public static List<ItemVector> all(String format) {
    List<ItemVector> vectors = new ArrayList<>();
    for (Path file : files(format)) {
      Map<String, Object> content = Json.read(file);
      VectorKeys keys = new VectorKeys(Json.object(content.get("keys")));
      Json.objects(content.get("tests")).forEach(test -> vectors.add(new ItemVector(test, keys)));
    }
    return vectors;
  }

  /** The vector files of a format, in order of their names. */
  public static List<Path> files(String format) {
    try (Stream<Path> files = Files.list(folder().resolve(format))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of all vectors and their schemas. */
  public static Path folder() {
    return SharedVectors.root().resolve("testvectors");
  }

  public int id() {
    return (Integer) json.get("id");
  }

  public String table() {
    return (String) json.get("table");
  }

  public TableIndex tableKeys() {
    String partitionKey = (String) json.get("partitionKey");
    return sortKey()
        .map(sortKey -> TableIndex.of(partitionKey, sortKey))
        .orElseGet(() -> TableIndex.of(partitionKey));
  }

  public String partitionKey() {
    return (String) json.get("partitionKey");
  }

  public Optional<String> sortKey() {
    return Optional.ofNullable((String) json.get("sortKey"));
  }

  public AttributeActions actions() {
    Map<String, Object> actions = Json.object(json.get("actions"));
    Map<String, CryptoAction> exceptions = new HashMap<>();
    Json.object(actions.get("attributes"))
        .forEach((name, action) -> exceptions.put(name, CryptoAction.valueOf((String) action)));
    return AttributeActions.withDefault(CryptoAction.valueOf((String) actions.get("default")))
        .withAll(exceptions);
  }

  /** Names of the attributes that are not signed; for the second format. */
  public List<String> unsignedAttributes() {
    return Json.strings(json.get("unsignedAttributes"));
  }

  /** What the names of more of them begin with. */
  public Optional<String> unsignedPrefix() {
    return Optional.ofNullable((String) json.get("unsignedPrefix"));
  }

  /** The plaintext item; absent from invalid tests. */
  public Optional<Map<String, AttributeValue>> item() {
    return Optional.ofNullable(json.get("item")).map(Json::item);
  }

  public Map<String, AttributeValue> stored() {
    return Json.item(json.get("stored"));
  }

  public boolean isValid() {
    return "valid".equals(json.get("result"));
  }

  /** Simple name of the exception that an invalid test causes. */
  public String exception() {
    return (String) Json.object(json.get("result")).get("invalid");
  }

  /** Name of the exception's {@code FailureReason}. */
  public String reason() {
    return (String) Json.object(json.get("result")).get("reason");
  }

  /** The keyring as the file describes it; for the second format. */
  public Map<String, Object> keyring() {
    return Json.object(json.get("keyring"));
  }

  /** The provider as the file describes it; for the first format. */
  public Map<String, Object> provider() {
    return Json.object(json.get("provider"));
  }

  /** The keys that the file defines. */
  public VectorKeys keys() {
    return keys;
  }

  /** The provider of this library. */
  public LocalMaterialsProvider materialsProvider() {
    Map<String, Object> provider = provider();
    Map<String, String> description = new HashMap<>();
    if (provider.containsKey("materialDescription")) {
      Json.object(provider.get("materialDescription"))
          .forEach((name, text) -> description.put(name, (String) text));
    }
    String encryptionKey = (String) provider.get("encryptionKey");
    if (provider.get("type").equals("static")) {
      StaticMaterialsProvider.Builder builder =
          StaticMaterialsProvider.builder()
              .signingKeys(signingKeys())
              .materialDescription(description);
      return encryptionKey == null
          ? builder.build()
          : builder.encryptionKey(keys.secret(encryptionKey)).build();
    }
    String wrappingKey = (String) provider.get("wrappingKey");
    WrappedMaterialsProvider.Builder builder =
        WrappedMaterialsProvider.builder()
            .signingKeys(signingKeys())
            .materialDescription(description)
            .readsPkcs1V15(Boolean.TRUE.equals(provider.get("readsPkcs1V15")));
    return keys.isPair(wrappingKey)
        ? builder.wrappingKeyPair(keys.pair(wrappingKey)).build()
        : builder.wrappingKey(keys.secret(wrappingKey)).build();
  }

  private SigningKeys signingKeys() {
    String name = (String) provider().get("signingKey");
    if (!keys.isPair(name)) {
      SecretKey secret = keys.secret(name);
      return SigningKeys.mac(secret);
    }
    KeyPair pair = keys.pair(name);
    Object algorithms = provider().get("verificationAlgorithms");
    if (algorithms == null) {
      return SigningKeys.keyPair(pair);
    }
    Set<SigningAlgorithm> allowed =
        Json.strings(algorithms).stream()
            .map(algorithm -> SigningAlgorithm.fromJcaName(algorithm).orElseThrow())
            .collect(Collectors.toSet());
    return SigningKeys.keyPair(pair).verifyingWith(allowed);
  }

  /** Number and comment, for reports. */
  @Override
  public String toString() {
    return id() + " " + json.get("comment");
  }
}
