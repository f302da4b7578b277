package io.github.itemseal.benchmarks;

import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.cryptography.materialproviders.model.DBEAlgorithmSuiteId;

/**
 * The first item in a fresh JVM, by the contender that the argument names. Prints the microseconds
 * of the first encryption, everything needed for it made, those of the first decryption, and how
 * many classes both loaded. The SDK's classes are loaded before. Runs on the class path of one
 * contender: nothing here may need the classes of another.
 */
final class ColdStart {
  /** An encrypted text of 32 characters: vector and three blocks; type, ciphertext and tag. */
  private static final int DDBEC_BYTES = 64;

  private static final int DBE_BYTES = 50;

  private ColdStart() {}

  public static void main(String[] arguments) throws Exception {
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    loadSdk(arguments[0]);
    Map<String, AttributeValue> stored = stored(arguments[0]);
    long before = classes.getTotalLoadedClassCount();
    long start = System.nanoTime();
    Contender contender = encrypting(arguments[0], stored); // encrypts its item once
    long encrypted = System.nanoTime();
    Object item = contender.decrypt();
    long decrypted = System.nanoTime();
    System.out.printf(
        "%d %d %d%n",
        (encrypted - start) / 1000,
        (decrypted - encrypted) / 1000,
        item == null ? 0 : classes.getTotalLoadedClassCount() - before);
  }

  private static void loadSdk(String contender) throws Exception {
    PutItemRequest request = PutItemRequest.builder().item(Shape.SMALL.item()).build();
    Class.forName(DynamoDbClient.class.getName());
    int unused = request.hashCode();
    if (contender.equals("ddbec-original")) {
      Class.forName(com.amazonaws.services.dynamodbv2.AmazonDynamoDB.class.getName());
      unused += OriginalDdbec.sdk1(Shape.SMALL.item()).hashCode();
    }
    if (unused == 1) {
      throw new IllegalStateException();
    }
  }

  private static Contender encrypting(String contender, Map<String, AttributeValue> stored)
      throws Exception {
    return switch (contender) {
      case "ddbec-itemseal" -> Ours.ddbec();
      case "ddbec-original" -> new OriginalDdbec(OriginalProviders.wrappedAes(), Shape.SMALL);
      case "dbe-itemseal" -> Ours.dbe();
      case "dbe-original" ->
          new OriginalDbe(
              DBEAlgorithmSuiteId.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384,
              OriginalKeyrings.rawAes(),
              Shape.SMALL);
      case "ddbec-floor" ->
          encrypted(
              new DdbecFloor(
                  DdbecFloor.Wrapping.AES,
                  DdbecFloor.Calls.ONE,
                  DdbecFloor.Signing.MAC,
                  stored,
                  Shape.KEYS));
      case "dbe-floor" ->
          encrypted(
              new DbeFloor(BareKeyWrapping.AES, 1, DbeFloor.Signing.NONE, stored, Shape.KEYS));
      default -> throw new IllegalArgumentException(contender);
    };
  }

  /** Their constructors only make what is decrypted. */
  private static Contender encrypted(Contender floor) throws Exception {
    floor.encrypt();
    return floor;
  }

  /** An item of the lengths that the floors need to know, without a library that makes it. */
  private static Map<String, AttributeValue> stored(String contender) {
    Map<String, AttributeValue> stored = new HashMap<>(Shape.SMALL.item());
    int attributeBytes = contender.startsWith("ddbec") ? DDBEC_BYTES : DBE_BYTES;
    for (String name : Shape.SMALL.item().keySet()) {
      if (!Shape.KEYS.contains(name)) {
        stored.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(new byte[attributeBytes])));
      }
    }
    return stored;
  }

  /** Apart, since a class is loaded to check that it is what is asked for. */
  private static final class Ours {
    private Ours() {}

    static Contender ddbec() {
      return new OurContender(
          Ddbec.using(
              WrappedMaterialsProvider.builder()
                  .wrappingKey(Keys.aes())
                  .signingKeys(SigningKeys.mac(Keys.hmac()))
                  .build()),
          Shape.SMALL);
    }

    static Contender dbe() {
      return new OurContender(
          Dbe.using(RawAesKeyring.of("benchmark", "aes", Keys.aes()))
              .algorithmSuite(
                  AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384),
          Shape.SMALL);
    }
  }
}
