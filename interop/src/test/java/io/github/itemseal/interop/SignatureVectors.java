package io.github.itemseal.interop;

import static io.github.itemseal.interop.VectorItems.simple;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.DynamoDBEncryptor;
import io.github.itemseal.testing.Descriptions;
import java.util.List;
import java.util.Map;

/** Every algorithm that signs. */
final class SignatureVectors {
  static final String SIGNING_ALGORITHM = DynamoDBEncryptor.DEFAULT_SIGNING_ALGORITHM_HEADER;

  private static final Map<String, String> CURVES =
      Map.of(
          "SHA224withECDSA", "p256",
          "SHA256withECDSA", "p256",
          "SHA384withECDSA", "p384",
          "SHA512withECDSA", "p521");

  private SignatureVectors() {}

  static VectorSetup rsa() {
    return VectorSetup.of(VectorSetup.wrapped("test-aes-256", "test-rsa-signing"));
  }

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DDBEC, "signatures", 3000);
    for (int bits : List.of(224, 256, 384, 512)) {
      file.written(
          "HmacSHA" + bits,
          VectorSetup.of(VectorSetup.staticKeys("test-aes-128", "test-hmac-sha" + bits)),
          simple());
    }
    file.written(
        "RSA signature, algorithm of the old client's choice",
        rsa(),
        simple(),
        VectorFlag.ASYMMETRIC_SIGNATURE);
    file.valid(
        "RSA signature, algorithm not named",
        rsa(),
        simple(),
        Descriptions.without(rsa().stored(simple()), SIGNING_ALGORITHM),
        VectorFlag.DERIVED,
        VectorFlag.ASYMMETRIC_SIGNATURE);
    for (String algorithm :
        List.of(
            "SHA224withRSA", "SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "sha512WITHrsa")) {
      file.written(
          algorithm,
          rsa().extraDescription(SIGNING_ALGORITHM, algorithm),
          simple(),
          VectorFlag.ASYMMETRIC_SIGNATURE);
    }
    CURVES.keySet().stream()
        .sorted()
        .forEach(
            algorithm ->
                file.written(
                    algorithm + ", " + CURVES.get(algorithm),
                    ec(CURVES.get(algorithm)).extraDescription(SIGNING_ALGORITHM, algorithm),
                    simple(),
                    VectorFlag.ASYMMETRIC_SIGNATURE));
    file.written(
        "RSA wraps, RSA signs",
        VectorSetup.of(VectorSetup.wrapped("test-rsa-wrapping", "test-rsa-signing")),
        simple(),
        VectorFlag.ASYMMETRIC_SIGNATURE);
    file.written(
        "static content key, RSA signs",
        VectorSetup.of(VectorSetup.staticKeys("test-aes-128", "test-rsa-signing")),
        simple(),
        VectorFlag.ASYMMETRIC_SIGNATURE);
    file.valid(
        "MAC item that names an algorithm, as Python writes: not obeyed",
        VectorSetup.ofStaticKeys(),
        simple(),
        Descriptions.with(
            VectorSetup.ofStaticKeys().stored(simple()), SIGNING_ALGORITHM, "HmacSHA256"),
        VectorFlag.DERIVED,
        VectorFlag.DESCRIPTION_FORM);
    return file;
  }

  static VectorSetup ec(String curve) {
    return VectorSetup.of(VectorSetup.wrapped("test-aes-256", "test-ec-" + curve));
  }
}
