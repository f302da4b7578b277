package io.github.itemseal.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/**
 * AWS KMS in memory: symmetric keys with real AES-GCM, the encryption context bound canonically,
 * aliases, rotation, and faults on command. For tests only: its keys live and die with the object.
 *
 * <p>{@link #client()} and {@link #asyncClient()} implement the SDK's interfaces and throw the
 * SDK's exceptions. Thread-safe.
 */
public final class InMemoryKms {
  private final String region;
  private final Map<String, InMemoryKey> keysById = new ConcurrentHashMap<>();
  private final Map<String, String> keyIdsByAlias = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Set<String> deniedOperations = ConcurrentHashMap.newKeySet();
  private final KmsFaults faults = new KmsFaults();

  private InMemoryKms(String region) {
    this.region = region;
  }

  /**
   * One request that arrived, refused ones included.
   *
   * @param operation the API's name, such as {@code Decrypt}
   * @param keyId as the request gives it; empty if it gives none
   * @param encryptionContext of the request
   * @param grantTokens of the request
   */
  public record Call(
      String operation,
      String keyId,
      Map<String, String> encryptionContext,
      List<String> grantTokens) {
    public Call {
      encryptionContext = Map.copyOf(encryptionContext);
      grantTokens = List.copyOf(grantTokens);
    }
  }

  /** A KMS without keys, in a Region of the test's own. */
  public static InMemoryKms create() {
    return inRegion("eu-test-1");
  }

  /** A KMS without keys in this Region, which its key ARNs name. */
  public static InMemoryKms inRegion(String region) {
    return new InMemoryKms(region);
  }

  /** Makes a key and returns its ARN. */
  public String createKey() {
    String id = UUID.randomUUID().toString();
    String arn = arnPrefix() + "key/" + id;
    keysById.put(id, new InMemoryKey(arn));
    return arn;
  }

  /** Points an alias, such as {@code alias/orders}, at a key, and returns the alias' ARN. */
  public String createAlias(String alias, String keyId) {
    keyIdsByAlias.put(alias, idOf(find(keyId).arn()));
    return arnPrefix() + alias;
  }

  /** Gives a key new backing material; what the old one encrypted stays readable. */
  public void rotate(String keyId) {
    find(keyId).rotate();
  }

  /** Disables a key: every use of it throws {@code DisabledException}. */
  public void disable(String keyId) {
    find(keyId).setEnabled(false);
  }

  /** Enables a disabled key again. */
  public void enable(String keyId) {
    find(keyId).setEnabled(true);
  }

  /** Denies an operation, such as {@code Decrypt}, until {@link #allow}. */
  public void deny(String operation) {
    deniedOperations.add(operation);
  }

  /** Allows a denied operation again. */
  public void allow(String operation) {
    deniedOperations.remove(operation);
  }

  /** Throttles the next {@code count} requests. */
  public void throttleNext(int count) {
    faults.throttleNext(count);
  }

  /** Delays every answer from now on; {@link Duration#ZERO} for none. */
  public void delayAnswers(Duration latency) {
    faults.delay(latency);
  }

  /** Every request so far, in order of arrival. */
  public List<Call> calls() {
    return new ArrayList<>(calls);
  }

  /** The blocking face of this KMS. */
  public KmsClient client() {
    return new InMemoryKmsClient(this);
  }

  /** The asynchronous face of this KMS: no thread waits while an answer is delayed. */
  public KmsAsyncClient asyncClient() {
    return new InMemoryKmsAsyncClient(this);
  }

  Duration latency() {
    return faults.latency();
  }

  GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    admit("GenerateDataKey", request.keyId(), request.encryptionContext(), request.grantTokens());
    InMemoryKey key = find(request.keyId());
    key.requireEnabled();
    byte[] dataKey = AesGcm.random(lengthOf(request));
    return GenerateDataKeyResponse.builder()
        .keyId(key.arn())
        .plaintext(SdkBytes.fromByteArray(dataKey))
        .ciphertextBlob(
            SdkBytes.fromByteArray(key.encrypt(dataKey, canonical(request.encryptionContext()))))
        .build();
  }

  DecryptResponse decrypt(DecryptRequest request) {
    admit("Decrypt", request.keyId(), request.encryptionContext(), request.grantTokens());
    byte[] blob = request.ciphertextBlob().asByteArray();
    InMemoryKey key = keyOf(blob);
    if (request.keyId() != null && find(request.keyId()) != key) {
      throw IncorrectKeyException.builder()
          .message("The key ID in the request does not identify the key that encrypted.")
          .build();
    }
    key.requireEnabled();
    return DecryptResponse.builder()
        .keyId(key.arn())
        .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
        .plaintext(
            SdkBytes.fromByteArray(key.decrypt(blob, canonical(request.encryptionContext()))))
        .build();
  }

  private void admit(
      String operation,
      @Nullable String keyId,
      Map<String, String> encryptionContext,
      List<String> grantTokens) {
    calls.add(new Call(operation, keyId == null ? "" : keyId, encryptionContext, grantTokens));
    faults.throwIfThrottled();
    if (deniedOperations.contains(operation)) {
      throw KmsFaults.error(
          "AccessDeniedException", 400, "User is not authorized to perform: kms:" + operation);
    }
  }

  private InMemoryKey find(String keyId) {
    String id = idOf(keyId);
    InMemoryKey key = keysById.get(keyIdsByAlias.getOrDefault(id, id));
    boolean elsewhere = keyId.startsWith("arn:") && !keyId.startsWith(arnPrefix());
    if (key == null || elsewhere) {
      throw NotFoundException.builder().message("Key '" + keyId + "' does not exist").build();
    }
    return key;
  }

  private InMemoryKey keyOf(byte[] blob) {
    return keysById.values().stream()
        .filter(key -> key.encrypted(blob))
        .findFirst()
        .orElseThrow(AesGcm::invalidCiphertext);
  }

  /** What the ARNs of this Region and account begin with. */
  private String arnPrefix() {
    return "arn:aws:kms:" + region + ":000000000000:";
  }

  /** The key id or alias in an ARN; other texts are one already. */
  private static String idOf(String keyId) {
    if (!keyId.startsWith("arn:")) {
      return keyId;
    }
    String resource = keyId.substring(keyId.lastIndexOf(':') + 1);
    return resource.startsWith("key/") ? resource.substring("key/".length()) : resource;
  }

  private static int lengthOf(GenerateDataKeyRequest request) {
    if (request.numberOfBytes() != null) {
      return request.numberOfBytes();
    }
    return switch (request.keySpec()) {
      case AES_128 -> 16;
      case AES_256 -> 32;
      default ->
          throw KmsFaults.error("ValidationException", 400, "Specify KeySpec or NumberOfBytes.");
    };
  }

  /** The context as bytes that no other context has: sorted, every text behind its length. */
  private static byte[] canonical(Map<String, String> encryptionContext) {
    StringBuilder canonical = new StringBuilder();
    for (String name : new TreeSet<>(encryptionContext.keySet())) {
      String text = String.valueOf(encryptionContext.get(name));
      canonical.append(name.length()).append(':').append(name);
      canonical.append(text.length()).append(':').append(text);
    }
    return canonical.toString().getBytes(StandardCharsets.UTF_16BE);
  }
}
