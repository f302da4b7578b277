package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that the AWS Database Encryption SDK 3.9.0 wrote, through the command. */
class DbeGoldenCommandTest {
  private static final String AES = "type: raw-aes, namespace: ns, name: kn, key: aes";
  private static final String RSA =
      "type: raw-rsa, namespace: rns, name: rk, publicKey: rsaPu, privateKey: rsaPr, padding: ";

  @TempDir Path directory;

  @Test
  void decrypt_itemsOfTheOldSdk_areReadAsItReadsThem() throws Exception {
    Map<String, Object> file = Json.read(SharedVectors.file("dbe-golden/items-3.9.0.json"));
    DbeTable table = table((String) file.get("rsa"));
    List<Map<String, Object>> vectors = Json.objects(file.get("items"));
    assertThat(vectors).hasSize(28);
    for (Map<String, Object> vector : vectors) {
      String readable =
          vector.get("v").equals(2) ? "SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT" : "SIGN_ONLY";
      table.fields(
          "logicalName: Tést, partitionKey: pk, sortKey: sk, writes: dbe, unsignedAttributes: [u],"
              + " attributeActions: {inc: %s, incb: %s, so: SIGN_ONLY}"
                  .formatted(readable, readable));
      String stored = DynamoDbJson.formatItem(Json.item(vector.get("enc"))) + "\n";
      CommandRun run = table.run(keyring((String) vector.get("ring")), "decrypt", stored);
      assertThat(run.err()).as("%s", vector.get("ring")).isEmpty();
      assertThat(comparable(DynamoDbJson.parseItem(run.out())))
          .as("%s version %s", vector.get("ring"), vector.get("v"))
          .isEqualTo(comparable(Json.item(vector.get("dec"))));
    }
  }

  private DbeTable table(String pkcs8) throws Exception {
    KeyFactory factory = KeyFactory.getInstance("RSA");
    RSAPrivateCrtKey key =
        (RSAPrivateCrtKey)
            factory.generatePrivate(new PKCS8EncodedKeySpec(HexFormat.of().parseHex(pkcs8)));
    return new DbeTable(directory)
        .aesKey("aes", 32)
        .key("rsaPr", "private", key)
        .key(
            "rsaPu",
            "public",
            factory.generatePublic(
                new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
  }

  private static String keyring(String ring) {
    if (ring.equals("aes")) {
      return AES;
    }
    if (ring.equals("multi")) {
      return "type: multi, generator: {%s}, children: [{%s}]"
          .formatted(AES, RSA + "OAEP_SHA256_MGF1");
    }
    return RSA + ring.replace("rsa-", "").replace("_V15", "");
  }

  /** Sets in no order. */
  private static Map<String, Object> comparable(Map<String, AttributeValue> item) {
    Map<String, Object> comparable = new HashMap<>();
    item.forEach(
        (name, value) ->
            comparable.put(
                name,
                switch (value.type()) {
                  case SS -> new HashSet<>(value.ss());
                  case NS -> new HashSet<>(value.ns());
                  case BS -> new HashSet<>(value.bs());
                  default -> value;
                }));
    return comparable;
  }
}
