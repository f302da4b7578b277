package io.github.itemseal.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemFormat;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.cryptography.materialproviders.model.DBEAlgorithmSuiteId;

/**
 * The contenders by their names: a scheme and who does it, such as {@code dbe-aes-6700/itemseal};
 * with {@code @corretto}, the Amazon Corretto Crypto Provider comes before those of the JDK, for
 * everything in the same JVM.
 */
final class Contenders {
  static final String OURS = "itemseal";
  static final String ORIGINAL = "original";
  static final String FLOOR = "floor";

  /** The floor of DDBEC with one call of the cipher. */
  static final String LEAST = "least";

  static final String CORRETTO = "@corretto";

  private Contenders() {}

  static Contender named(String name, Shape shape) throws Exception {
    boolean corretto = name.endsWith(CORRETTO);
    if (corretto) {
      AmazonCorrettoCryptoProvider.install();
      AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
    }
    int slash = name.indexOf('/');
    Scheme scheme = Scheme.labelled(name.substring(0, slash));
    String party = name.substring(slash + 1, name.length() - (corretto ? CORRETTO.length() : 0));
    return switch (party) {
      case OURS -> new OurContender(format(scheme, corretto), shape);
      case ORIGINAL -> original(scheme, shape);
      case FLOOR -> floor(scheme, new OurContender(scheme.format(), shape).stored());
      case LEAST ->
          ddbecFloor(
              scheme, DdbecFloor.Calls.ONE, new OurContender(scheme.format(), shape).stored());
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ItemFormat format(Scheme scheme, boolean corretto) {
    ItemFormat format = scheme.format();
    return corretto && format instanceof Dbe dbe
        ? dbe.provider(AmazonCorrettoCryptoProvider.INSTANCE)
        : format;
  }

  private static Contender original(Scheme scheme, Shape shape) throws Exception {
    if (scheme.isDdbec()) {
      return new OriginalDdbec(OriginalProviders.of(scheme), shape);
    }
    return new OriginalDbe(
        scheme.signsWithEcdsa()
            ? DBEAlgorithmSuiteId
                .ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384
            : DBEAlgorithmSuiteId.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384,
        OriginalKeyrings.of(scheme),
        shape);
  }

  private static Contender floor(Scheme scheme, Map<String, AttributeValue> stored)
      throws Exception {
    return switch (scheme) {
      case DDBEC_WRAPPED_AES, DDBEC_WRAPPED_RSA, DDBEC_STATIC, DDBEC_KEY_STORE, DDBEC_SIGNED ->
          ddbecFloor(scheme, DdbecFloor.Calls.EACH, stored);
      case DBE_AES_6700, DBE_AES_6701, DBE_AES_6701_REUSE, DBE_REQUIRED_6700, DBE_REQUIRED_6701 ->
          dbeFloor(scheme, BareKeyWrapping.AES, 1, stored);
      case DBE_RSA_6700, DBE_RSA_6701 -> dbeFloor(scheme, BareKeyWrapping.RSA, 1, stored);
      case DBE_ECDH_6700, DBE_ECDH_6701 -> dbeFloor(scheme, BareKeyWrapping.ECDH, 1, stored);
      case DBE_MULTI_6700, DBE_MULTI_6701 -> dbeFloor(scheme, BareKeyWrapping.AES, 2, stored);
      case DBE_HIERARCHICAL_6700, DBE_HIERARCHICAL_6701 ->
          dbeFloor(scheme, BareKeyWrapping.BRANCH_KEY, 1, stored);
    };
  }

  private static DdbecFloor ddbecFloor(
      Scheme scheme, DdbecFloor.Calls calls, Map<String, AttributeValue> stored) throws Exception {
    DdbecFloor.Wrapping wrapping =
        switch (scheme) {
          case DDBEC_WRAPPED_AES, DDBEC_SIGNED -> DdbecFloor.Wrapping.AES;
          case DDBEC_WRAPPED_RSA -> DdbecFloor.Wrapping.RSA;
          default -> DdbecFloor.Wrapping.NONE;
        };
    DdbecFloor.Signing signing =
        scheme == Scheme.DDBEC_SIGNED ? DdbecFloor.Signing.RSA : DdbecFloor.Signing.MAC;
    return new DdbecFloor(wrapping, calls, signing, stored, Shape.KEYS);
  }

  private static DbeFloor dbeFloor(
      Scheme scheme, BareKeyWrapping wrapping, int keyrings, Map<String, AttributeValue> stored)
      throws Exception {
    DbeFloor.Signing signing = DbeFloor.Signing.NONE;
    if (scheme.signsWithEcdsa()) {
      signing =
          scheme == Scheme.DBE_AES_6701_REUSE
              ? DbeFloor.Signing.SAME_KEY
              : DbeFloor.Signing.NEW_KEY;
    }
    return new DbeFloor(wrapping, keyrings, signing, stored, Shape.KEYS);
  }
}
