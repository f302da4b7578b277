package io.github.itemseal.benchmarks;

import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.cryptography.materialproviders.model.DBEAlgorithmSuiteId;

/** The contenders by the names that benchmarks and tables give them. */
final class Contenders {
  private static final Set<String> READABLE = Set.of(Shape.PARTITION_KEY, Shape.SORT_KEY);

  private static final AlgorithmSuite SYMMETRIC =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
  private static final AlgorithmSuite SIGNING =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;

  private Contenders() {}

  static Contender named(String name, Shape shape) throws Exception {
    return switch (name) {
      case "ddbec-wrapped" -> new OurContender(Ddbec.using(wrapped()), shape);
      case "ddbec-wrapped-original" ->
          new OriginalDdbec(
              new com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers
                  .WrappedMaterialsProvider(Keys.aes(), Keys.aes(), Keys.hmac()),
              shape);
      case "ddbec-wrapped-floor" ->
          new DdbecFloor(true, stored(Ddbec.using(wrapped()), shape), READABLE);
      case "ddbec-static" -> new OurContender(Ddbec.using(fixed()), shape);
      case "ddbec-static-original" ->
          new OriginalDdbec(
              new com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers
                  .SymmetricStaticProvider(Keys.aes(), Keys.hmac()),
              shape);
      case "ddbec-static-floor" ->
          new DdbecFloor(false, stored(Ddbec.using(fixed()), shape), READABLE);
      case "dbe-6700" -> new OurContender(dbe(SYMMETRIC), shape);
      case "dbe-6700-floor" -> new DbeFloor(false, stored(dbe(SYMMETRIC), shape), READABLE, null);
      case "dbe-6701" -> new OurContender(dbe(SIGNING), shape);
      case "dbe-6701-floor" -> new DbeFloor(true, stored(dbe(SIGNING), shape), READABLE, null);
      case "dbe-6700-original" ->
          new OriginalDbe(
              DBEAlgorithmSuiteId.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384, shape);
      case "dbe-6701-original" ->
          new OriginalDbe(
              DBEAlgorithmSuiteId
                  .ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384,
              shape);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static LocalMaterialsProvider wrapped() {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(Keys.aes())
        .signingKeys(SigningKeys.mac(Keys.hmac()))
        .build();
  }

  private static LocalMaterialsProvider fixed() {
    return StaticMaterialsProvider.builder()
        .encryptionKey(Keys.aes())
        .signingKeys(SigningKeys.mac(Keys.hmac()))
        .build();
  }

  private static Dbe dbe(AlgorithmSuite suite) {
    return Dbe.using(RawAesKeyring.of("benchmark", "aes", Keys.aes())).algorithmSuite(suite);
  }

  private static Map<String, AttributeValue> stored(ItemFormat format, Shape shape) {
    return new OurContender(format, shape).stored();
  }
}
