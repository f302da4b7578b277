package io.github.itemseal.interop;

import static io.github.itemseal.interop.VectorItems.simple;

import io.github.itemseal.FailureReason;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.testing.Descriptions;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Wrapped content keys, in all forms that their descriptions take. */
final class WrappedVectors {
  static final String CONTENT_KEY_ALGORITHM = "amzn-ddb-env-alg";
  static final String WRAP_ALGORITHM = "amzn-ddb-wrap-alg";
  static final String WRAPPED_KEY = "amzn-ddb-env-key";

  private WrappedVectors() {}

  static VectorSetup aes() {
    return VectorSetup.of(VectorSetup.wrapped("test-aes-256", "test-hmac-sha256"));
  }

  static VectorSetup rsa() {
    return VectorSetup.of(VectorSetup.wrapped("test-rsa-wrapping", "test-hmac-sha256"));
  }

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DDBEC, "wrapped", 2000);
    for (int bits : List.of(128, 192, 256)) {
      String key = "test-aes-" + bits;
      file.written(
          "AES-" + bits + " wraps",
          VectorSetup.of(VectorSetup.wrapped(key, "test-hmac-sha256")),
          simple());
    }
    for (String algorithm : List.of("AES/128", "AES/192", "AES/256")) {
      VectorSetup setup = aes().extraDescription(CONTENT_KEY_ALGORITHM, algorithm);
      file.written("content key " + algorithm, setup, simple(), VectorFlag.DESCRIPTION_FORM);
      Map<String, AttributeValue> stored = setup.stored(simple());
      file.valid(
          "content key " + algorithm + ", named with its bits as Python does",
          aes(),
          simple(),
          Descriptions.with(stored, CONTENT_KEY_ALGORITHM, algorithm),
          VectorFlag.DERIVED,
          VectorFlag.DESCRIPTION_FORM);
    }
    file.valid(
        "wrapping algorithm AESWrap in other letter case",
        aes(),
        simple(),
        Descriptions.with(aes().stored(simple()), WRAP_ALGORITHM, "aeswrap"),
        VectorFlag.DERIVED,
        VectorFlag.DESCRIPTION_FORM);
    rsa(file);
    return file;
  }

  private static void rsa(VectorFile file) {
    file.written("RSA-2048 wraps", rsa(), simple());
    for (String padding :
        List.of(
            "OAEPPadding",
            "OAEPWithSHA-1AndMGF1Padding",
            "OAEPWithSHA1AndMGF1Padding",
            "OAEPWithSHA-224AndMGF1Padding",
            "OAEPWithSHA-256AndMGF1Padding",
            "OAEPWithSHA-384AndMGF1Padding",
            "OAEPWithSHA-512AndMGF1Padding")) {
      file.written(
          "RSA/ECB/" + padding,
          rsa().extraDescription(WRAP_ALGORITHM, "RSA/ECB/" + padding),
          simple(),
          VectorFlag.DESCRIPTION_FORM);
    }
    VectorSetup pkcs1 = rsa().provider("readsPkcs1V15", true);
    for (String name : List.of("RSA/ECB/PKCS1Padding", "RSA")) {
      VectorSetup writing = pkcs1.extraDescription(WRAP_ALGORITHM, name);
      file.written(
          name + " where PKCS #1 v1.5 is allowed", writing, simple(), VectorFlag.DESCRIPTION_FORM);
      notAllowed(file, name, writing.stored(simple()));
    }
    Map<String, AttributeValue> unnamed =
        Descriptions.without(
            pkcs1.extraDescription(WRAP_ALGORITHM, "RSA").stored(simple()), WRAP_ALGORITHM);
    file.valid(
        "RSA, wrapping algorithm not named, where PKCS #1 v1.5 is allowed",
        pkcs1,
        simple(),
        unnamed,
        VectorFlag.DERIVED,
        VectorFlag.DESCRIPTION_FORM);
    notAllowed(file, "RSA, wrapping algorithm not named,", unnamed);
  }

  private static void notAllowed(VectorFile file, String name, Map<String, AttributeValue> stored) {
    file.invalid(
        name + " where PKCS #1 v1.5 is not allowed",
        rsa(),
        stored,
        MalformedItemException.class,
        FailureReason.ALGORITHM_NOT_ALLOWED,
        VectorFlag.ALGORITHM);
  }
}
