package io.github.itemseal.interop;

import static io.github.itemseal.interop.DbeVectorSetup.rawAes;
import static io.github.itemseal.interop.VectorItems.simple;

import io.github.itemseal.keyring.AlgorithmSuite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Data keys wrapped by every keyring that needs no network, in both item formats and suites. */
final class DbeKeyringVectors {
  private static final List<String> PADDINGS =
      List.of(
          "PKCS1", "OAEP_SHA1_MGF1", "OAEP_SHA256_MGF1", "OAEP_SHA384_MGF1", "OAEP_SHA512_MGF1");
  private static final List<String> CURVES = List.of("P-256", "P-384", "P-521");
  private static final int MAX_DATA_KEYS = 255;

  private DbeKeyringVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DBE, "keyrings", 12000);
    for (int bits : new int[] {128, 192, 256}) {
      all(file, "AES-" + bits, rawAes(bits), rawAes(bits));
    }
    for (String padding : PADDINGS) {
      all(file, "RSA-2048, " + padding, rawRsa(padding), rawRsa(padding));
    }
    for (String curve : CURVES) {
      Map<String, Object> discovery = rawEcdh("discovery", curve);
      all(file, "ECDH " + curve + ", static keys", rawEcdh("static", curve), discovery);
      all(file, "ECDH " + curve + ", ephemeral key", rawEcdh("ephemeral", curve), discovery);
    }
    Map<String, Object> both = multi(rawAes(256), List.of(rawRsa("OAEP_SHA256_MGF1")));
    all(file, "multi, read with both", both, both);
    all(file, "multi, read with its second", both, rawRsa("OAEP_SHA256_MGF1"));
    all(file, "hierarchical, newest version", hierarchical(2), hierarchical(2));
    all(file, "hierarchical, older version", hierarchical(1), hierarchical(2));
    List<Map<String, Object>> children = new ArrayList<>();
    for (int i = 1; i < MAX_DATA_KEYS; i++) {
      children.add(rawAes(128));
    }
    file.written(
        MAX_DATA_KEYS + " encrypted data keys",
        DbeVectorSetup.of(1, DbeTable.HMAC_ONLY, multi(rawAes(256), children)).readBy(rawAes(128)),
        simple(),
        VectorFlag.KEYRING,
        VectorFlag.HEADER);
    return file;
  }

  private static void all(
      VectorFile file, String comment, Map<String, Object> writer, Map<String, Object> reader) {
    for (int version : new int[] {1, 2}) {
      for (AlgorithmSuite suite : AlgorithmSuite.values()) {
        file.written(
            "%s, item format %d, suite %x".formatted(comment, version, suite.id()),
            DbeVectorSetup.of(version, suite, writer).readBy(reader),
            simple(),
            VectorFlag.KEYRING);
      }
    }
  }

  static Map<String, Object> rawRsa(String padding) {
    Map<String, Object> keyring = new LinkedHashMap<>();
    keyring.put("type", "raw-rsa");
    keyring.put("namespace", DbeVectorSetup.NAMESPACE);
    keyring.put("name", "rsa");
    keyring.put("padding", padding);
    keyring.put("publicKey", "test-rsa-wrapping");
    keyring.put("privateKey", "test-rsa-wrapping");
    return keyring;
  }

  /** Static and ephemeral ones write to the recipient; discovery ones are the recipient's. */
  static Map<String, Object> rawEcdh(String schema, String curve) {
    String recipient = "test-ec-p" + curve.substring(2);
    Map<String, Object> keyring = new LinkedHashMap<>();
    keyring.put("type", "raw-ecdh");
    keyring.put("schema", schema);
    keyring.put("curve", curve);
    switch (schema) {
      case "static" -> {
        keyring.put("privateKey", recipient + "-sender");
        keyring.put("publicKey", recipient);
      }
      case "ephemeral" -> keyring.put("publicKey", recipient);
      default -> keyring.put("privateKey", recipient);
    }
    return keyring;
  }

  static Map<String, Object> multi(
      Map<String, Object> generator, List<Map<String, Object>> children) {
    Map<String, Object> keyring = new LinkedHashMap<>();
    keyring.put("type", "multi");
    keyring.put("generator", generator);
    keyring.put("children", children);
    return keyring;
  }

  /** With the first versions of a branch key, of which the last is active. */
  static Map<String, Object> hierarchical(int versions) {
    List<Map<String, Object>> branchKeys = new ArrayList<>();
    for (int i = 1; i <= versions; i++) {
      Map<String, Object> branchKey = new LinkedHashMap<>();
      branchKey.put("id", "branch \u00E9");
      branchKey.put("version", "00000000-0000-4000-8000-00000000000" + i);
      branchKey.put("key", "test-branch-key-" + i);
      branchKeys.add(branchKey);
    }
    Map<String, Object> keyring = new LinkedHashMap<>();
    keyring.put("type", "hierarchical");
    keyring.put("branchKeyId", "branch \u00E9");
    keyring.put("branchKeys", branchKeys);
    return keyring;
  }
}
