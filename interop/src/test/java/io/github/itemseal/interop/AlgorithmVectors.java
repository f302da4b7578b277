package io.github.itemseal.interop;

import static io.github.itemseal.interop.VectorItems.simple;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.testing.Descriptions;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Descriptions that name unknown, weak or unfit algorithms. */
final class AlgorithmVectors {
  private static final String SYMMETRIC_MODE = "amzn-ddb-map-sym-mode";

  private AlgorithmVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DDBEC, "invalid-algorithm", 6000);
    signing(file);
    wrapping(file);
    for (String algorithm :
        List.of("", "DES", "DESede", "AES/512", "AES/", "AES/128/x", "AES/CBC/PKCS5Padding")) {
      notAllowed(file, WrappedVectors.aes(), WrappedVectors.CONTENT_KEY_ALGORITHM, algorithm);
    }
    for (String mode :
        List.of("", "/ECB/PKCS5Padding", "/CBC/NoPadding", "/GCM/NoPadding", "/CTR/NoPadding")) {
      notAllowed(file, VectorSetup.ofStaticKeys(), SYMMETRIC_MODE, mode);
    }
    return file;
  }

  private static void signing(VectorFile file) {
    String entry = SignatureVectors.SIGNING_ALGORITHM;
    for (String algorithm :
        List.of(
            "",
            "NONEwithRSA",
            "MD2withRSA",
            "MD5withRSA",
            "SHA1withRSA",
            "RSASSA-PSS",
            "SHA256withECDSA",
            "SHA256withDSA",
            "HmacSHA256",
            "no such algorithm")) {
      notAllowed(file, SignatureVectors.rsa(), entry, algorithm);
    }
    for (String algorithm : List.of("NONEwithECDSA", "SHA1withECDSA", "SHA256withRSA")) {
      notAllowed(
          file,
          SignatureVectors.ec("p256").extraDescription(entry, "SHA256withECDSA"),
          entry,
          algorithm);
    }
    file.invalid(
        "SHA512withRSA where only SHA256withRSA is accepted",
        SignatureVectors.rsa().provider("verificationAlgorithms", List.of("SHA256withRSA")),
        SignatureVectors.rsa().extraDescription(entry, "SHA512withRSA").stored(simple()),
        MalformedItemException.class,
        FailureReason.ALGORITHM_NOT_ALLOWED,
        VectorFlag.ALGORITHM);
    notAuthentic(file, SignatureVectors.rsa(), entry, "SHA512withRSA");
    notAuthentic(
        file,
        SignatureVectors.ec("p256").extraDescription(entry, "SHA256withECDSA"),
        entry,
        "SHA512withECDSA");
  }

  private static void wrapping(VectorFile file) {
    String entry = WrappedVectors.WRAP_ALGORITHM;
    for (String algorithm :
        List.of(
            "",
            "AES",
            "kms",
            "RSA",
            "RSA/ECB/PKCS1Padding",
            "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
            "AESWrap/ECB",
            "DESede/CBC/PKCS5Padding",
            "no such algorithm")) {
      notAllowed(file, WrappedVectors.aes(), entry, algorithm);
    }
    for (String algorithm :
        List.of(
            "",
            "kms",
            "AESWrap",
            "RSA/ECB/NoPadding",
            "RSA/ECB/OAEPWithMD5AndMGF1Padding",
            "no such algorithm")) {
      notAllowed(file, WrappedVectors.rsa(), entry, algorithm);
    }
    notAuthentic(file, WrappedVectors.rsa(), entry, "RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    notAuthentic(file, WrappedVectors.rsa(), entry, "RSA/ECB/OAEPWithSHA-512AndMGF1Padding");
    notAuthentic(file, WrappedVectors.aes(), WrappedVectors.WRAPPED_KEY, "");
    notAuthentic(file, WrappedVectors.aes(), WrappedVectors.WRAPPED_KEY, "AAAA");
    notAuthentic(file, WrappedVectors.aes(), WrappedVectors.WRAPPED_KEY, "no Base64: \u00E9");
    notAuthentic(file, WrappedVectors.rsa(), WrappedVectors.WRAPPED_KEY, "AAAA");
    notAuthentic(file, WrappedVectors.rsa(), WrappedVectors.WRAPPED_KEY, "A".repeat(344));
    VectorSetup aes256 =
        WrappedVectors.aes().extraDescription(WrappedVectors.CONTENT_KEY_ALGORITHM, "AES/256");
    notAuthentic(file, aes256, WrappedVectors.CONTENT_KEY_ALGORITHM, "AES/128");
  }

  private static void notAllowed(
      VectorFile file, VectorSetup setup, String entry, String algorithm) {
    changed(
        file,
        setup,
        entry,
        algorithm,
        MalformedItemException.class,
        FailureReason.ALGORITHM_NOT_ALLOWED);
  }

  private static void notAuthentic(VectorFile file, VectorSetup setup, String entry, String text) {
    changed(
        file, setup, entry, text, ItemAuthenticationException.class, FailureReason.NOT_AUTHENTIC);
  }

  private static void changed(
      VectorFile file,
      VectorSetup setup,
      String entry,
      String text,
      Class<? extends ItemsealException> exception,
      FailureReason reason) {
    Map<String, AttributeValue> stored = setup.stored(simple());
    String shown = text.length() > 50 ? text.substring(0, 10) + "..." : text;
    file.invalid(
        "%s of the %s item is '%s'"
            .formatted(entry, setup.provider().get("type") + " " + setup.keyNames(), shown),
        setup,
        Descriptions.with(stored, entry, text),
        exception,
        reason,
        VectorFlag.ALGORITHM,
        VectorFlag.MODIFIED_DESCRIPTION);
  }
}
