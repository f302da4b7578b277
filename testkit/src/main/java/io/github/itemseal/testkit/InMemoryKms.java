package io.github.itemseal.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/**
 * AWS KMS in memory: symmetric keys with real AES-GCM, the encryption context bound canonically,
 * RSA and key agreement keys, aliases, rotation, replicas in other Regions, and faults on command.
 * For tests only: its keys live and die with the object.
 *
 * <p>{@link #client()} and {@link #asyncClient()} implement the SDK's interfaces and throw the
 * SDK's exceptions. Thread-safe.
 */
public final class InMemoryKms {
  private final String region;
  private final Map<String, InMemoryKey> keysById = new ConcurrentHashMap<>();
  private final Map<String, String> keyIdsByAlias = new ConcurrentHashMap<>();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final Set<String> deniedOperations = ConcurrentHashMap.newKeySet();
  private final KmsFaults faults = new KmsFaults();

  private InMemoryKms(String region) {
    this.region = region;
  }

  /**
   * One request that arrived, refused ones included.
   *
   * @param operation the API's name, such as {@code Decrypt}
   * @param keyId as the request gives it, of {@code ReEncrypt} the destination's; empty if none
   * @param encryptionContext of the request, of {@code ReEncrypt} the destination's
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

  private record Arrival(Call call, KmsRequest request) {}

  /** A KMS without keys, in a Region of the test's own. */
  public static InMemoryKms create() {
    return inRegion("eu-test-1");
  }

  /** A KMS without keys in this Region, which its key ARNs name. */
  public static InMemoryKms inRegion(String region) {
    return new InMemoryKms(region);
  }

  /** Makes a symmetric key and returns its ARN. */
  public String createKey() {
    return createKey(KeySpec.SYMMETRIC_DEFAULT);
  }

  /**
   * Makes a key and returns its ARN: {@code SYMMETRIC_DEFAULT}, {@code RSA_2048} to {@code
   * RSA_4096} for encryption, or {@code ECC_NIST_P256} to {@code ECC_NIST_P521} for key agreement.
   *
   * @throws IllegalArgumentException of another kind
   */
  public String createKey(KeySpec spec) {
    return add(UUID.randomUUID().toString(), KeyMaterial.generate(spec));
  }

  /** Makes a symmetric multi-Region key, its id beginning with {@code mrk-}; returns its ARN. */
  public String createMultiRegionKey() {
    String id = "mrk-" + UUID.randomUUID().toString().replace("-", "");
    return add(id, KeyMaterial.generate(KeySpec.SYMMETRIC_DEFAULT));
  }

  /**
   * Replicates a multi-Region key of this KMS to that of another Region, and returns the ARN there.
   * Both read what either encrypts; each is enabled and disabled for itself.
   *
   * @throws IllegalArgumentException if the key is not a multi-Region one
   */
  public String replicate(String keyId, InMemoryKms other) {
    InMemoryKey key = find(keyId);
    if (!key.id().startsWith("mrk-")) {
      throw new IllegalArgumentException(key.arn() + " is not a multi-Region key.");
    }
    return other.add(key.id(), key.material());
  }

  /** Points an alias, such as {@code alias/orders}, at a key, and returns the alias' ARN. */
  public String createAlias(String alias, String keyId) {
    keyIdsByAlias.put(alias, find(keyId).id());
    return arnPrefix() + alias;
  }

  /**
   * Gives a symmetric key new backing material, its replicas too; what the old one encrypted stays
   * readable.
   */
  public void rotate(String keyId) {
    find(keyId).symmetric("RotateKeyOnDemand").rotate();
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
    return arrivals.stream().map(Arrival::call).toList();
  }

  /** The same requests whole, as the SDK's objects. */
  public List<KmsRequest> requests() {
    return arrivals.stream().<KmsRequest>map(Arrival::request).toList();
  }

  /** The blocking face of this KMS. */
  public KmsClient client() {
    return new InMemoryKmsClient(new KmsOperations(this), faults);
  }

  /** The asynchronous face of this KMS: no thread waits while an answer is delayed. */
  public KmsAsyncClient asyncClient() {
    return new InMemoryKmsAsyncClient(new KmsOperations(this), faults);
  }

  /** Notes a request and lets it through, or throws the fault that is due. */
  void admit(Call call, KmsRequest request) {
    arrivals.add(new Arrival(call, request));
    faults.throwIfThrottled();
    if (deniedOperations.contains(call.operation())) {
      throw KmsFaults.error(
          "AccessDeniedException",
          400,
          "User is not authorized to perform: kms:" + call.operation());
    }
  }

  /** The key with this id, ARN, alias or alias ARN, or {@code NotFoundException}. */
  InMemoryKey find(String keyId) {
    String id = idOf(keyId);
    InMemoryKey key = keysById.get(keyIdsByAlias.getOrDefault(id, id));
    boolean elsewhere = keyId.startsWith("arn:") && !keyId.startsWith(arnPrefix());
    if (key == null || elsewhere) {
      throw NotFoundException.builder().message("Key '" + keyId + "' does not exist").build();
    }
    return key;
  }

  /** The key that a symmetric ciphertext names, or {@code InvalidCiphertextException}. */
  InMemoryKey keyOf(byte[] blob) {
    return keysById.values().stream()
        .filter(key -> SymmetricMaterial.isOf(key.id(), blob))
        .findFirst()
        .orElseThrow(AesGcm::invalidCiphertext);
  }

  private String add(String id, KeyMaterial material) {
    String arn = arnPrefix() + "key/" + id;
    keysById.put(id, new InMemoryKey(id, arn, material));
    return arn;
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
}
