package io.github.itemseal.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemFormat;
import java.util.Map;
import java.util.Set;
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
  static final String CORRETTO = "@corretto";

  private static final Set<String> READABLE = Set.of(Shape.PARTITION_KEY, Shape.SORT_KEY);

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
        scheme.signs()
            ? DBEAlgorithmSuiteId
                .ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384
            : DBEAlgorithmSuiteId.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384,
        OriginalKeyrings.of(scheme),
        shape);
  }

  private static Contender floor(Scheme scheme, Map<String, AttributeValue> stored)
      throws Exception {
    return switch (scheme) {
      case DDBEC_WRAPPED_AES -> new DdbecFloor(true, stored, READABLE);
      case DDBEC_STATIC -> new DdbecFloor(false, stored, READABLE);
      case DBE_AES_6700 -> new DbeFloor(DbeFloor.Signing.NONE, stored, READABLE);
      case DBE_AES_6701 -> new DbeFloor(DbeFloor.Signing.NEW_KEY, stored, READABLE);
      case DBE_AES_6701_REUSE -> new DbeFloor(DbeFloor.Signing.SAME_KEY, stored, READABLE);
      default -> throw new IllegalArgumentException(scheme.label() + " has no floor");
    };
  }
}
