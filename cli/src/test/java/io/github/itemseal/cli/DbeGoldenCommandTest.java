package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items that the AWS Database Encryption SDK 3.9.0 wrote, through the command. */
class DbeGoldenCommandTest {
  private static final String AES = "type: raw-aes, namespace: ns, name: kn, key: zeros";

  @TempDir Path directory;

  @Test
  void decrypt_itemsOfTheOldSdk_areReadAsItReadsThem() throws GeneralSecurityException {
    Map<String, Object> file = Json.read(SharedVectors.file("dbe-golden/items-3.9.0.json"));
    DbeTable table = table((String) file.get("rsa"));
    List<Map<String, Object>> vectors = Json.objects(file.get("items"));
    assertThat(vectors).hasSize(28);
    for (Map<String, Object> vector : vectors) {
      String keyring = keyring((String) vector.get("ring"));
      String stored = Json.line(Json.object(vector.get("enc"))).strip() + "\n";
      CommandRun run = table.run(keyring, "decrypt", stored);
      assertThat(run.err()).as("%s", vector.get("ring")).isEmpty();
      assertThat(Json.parse(run.out())).isEqualTo(vector.get("dec"));
      CommandRun inspected = table.run(keyring, "inspect", stored);
      assertThat(inspected.exit()).isZero();
      assertThat(inspected.out())
          .contains("verdict: authentic\n  version: " + vector.get("v") + "\n")
          .contains(inspectedKey((String) vector.get("ring")))
          .doesNotContain("defect");
    }
  }

  @Test
  void decrypt_ecdhItemsOfTheOldSdk_areReadInDiscovery() throws GeneralSecurityException {
    Path file = SharedVectors.file("dbe-golden/raw-ecdh-3.9.0.json");
    List<Map<String, Object>> vectors = Json.readArray(file);
    assertThat(vectors).hasSize(6);
    for (Map<String, Object> vector : vectors) {
      PKCS8EncodedKeySpec recipient =
          new PKCS8EncodedKeySpec(HexFormat.of().parseHex((String) vector.get("r")));
      String curve = "P-" + ((String) vector.get("curve")).replaceAll("secp(\\d+)r1", "$1");
      DbeTable table =
          new DbeTable(directory)
              .key("r", "private", KeyFactory.getInstance("EC").generatePrivate(recipient))
              .fields("logicalName: Tést, partitionKey: pk, writes: dbe");
      CommandRun run =
          table.run(
              "type: raw-ecdh, schema: discovery, privateKey: r, curve: " + curve,
              "decrypt",
              Json.line(Json.object(vector.get("enc"))).strip() + "\n");
      assertThat(run.err()).as(curve).isEmpty();
      assertThat(run.out()).startsWith("{\"a\":{\"S\":\"").doesNotContain("aws_dbe");
    }
  }

  private DbeTable table(String rsaPkcs8) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("RSA");
    RSAPrivateCrtKey rsa =
        (RSAPrivateCrtKey)
            factory.generatePrivate(new PKCS8EncodedKeySpec(HexFormat.of().parseHex(rsaPkcs8)));
    return new DbeTable(directory)
        .aesKey("zeros", 32)
        .key("rsaPr", "private", rsa)
        .key(
            "rsaPu",
            "public",
            factory.generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())))
        .fields(
            "logicalName: Tést, partitionKey: pk, sortKey: sk, writes: dbe,"
                + " unsignedAttributes: [u]");
  }

  private static String keyring(String ring) {
    return switch (ring) {
      case "aes" -> AES;
      case "multi" ->
          "type: multi, generator: {%s}, children: [{%s}]"
              .formatted(AES, keyring("rsa-OAEP_SHA256_MGF1"));
      default ->
          "type: raw-rsa, namespace: rns, name: rk, publicKey: rsaPu, privateKey: rsaPr, padding: "
              + ring.substring("rsa-".length());
    };
  }

  private static String inspectedKey(String ring) {
    return switch (ring) {
      case "aes" -> "data key 1: ns, key kn\n";
      case "multi" -> "data key 1: ns, key kn\n  data key 2: rns, key rk\n";
      default -> "data key 1: rns, key rk\n";
    };
  }
}
