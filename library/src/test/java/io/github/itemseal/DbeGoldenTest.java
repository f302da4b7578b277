package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.keyring.RawRsaKeyring;
import io.github.itemseal.keyring.RsaKeyPadding;
import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that the AWS Database Encryption SDK 3.9.0 wrote, and items written like them. */
class DbeGoldenTest {
  private static final CryptoAction INCLUDE = CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;

  private static Map<String, Object> file() {
    return Json.read(SharedVectors.file("dbe-golden/items-3.9.0.json"));
  }

  @Test
  void decryptItem_itemsOfTheOldSdk_areReadAsItReadsThem() throws Exception {
    Map<String, Object> file = file();
    KeyPair rsa = rsa((String) file.get("rsa"));
    List<Map<String, Object>> vectors = Json.objects(file.get("items"));
    assertThat(vectors).hasSize(28);
    for (Map<String, Object> vector : vectors) {
      Map<String, AttributeValue> opened =
          encryptor(vector, rsa).decryptItem(Json.item(vector.get("enc")));
      assertThat(comparable(opened))
          .as("%s version %s", vector.get("ring"), vector.get("v"))
          .isEqualTo(comparable(Json.item(vector.get("dec"))));
    }
  }

  @Test
  void encryptItem_itemsOfTheOldSdk_comeBackAsItReadsThem() throws Exception {
    Map<String, Object> file = file();
    KeyPair rsa = rsa((String) file.get("rsa"));
    for (Map<String, Object> vector : Json.objects(file.get("items"))) {
      ItemEncryptor encryptor = encryptor(vector, rsa);
      Map<String, AttributeValue> plaintext = new HashMap<>(Json.item(vector.get("pt")));
      Map<String, AttributeValue> expected = new HashMap<>(Json.item(vector.get("dec")));
      Map<String, AttributeValue> stored = encryptor.encryptItem(plaintext);
      assertThat(stored.get(Dbe.HEADER_ATTRIBUTE).b().asByteArray())
          .hasSameSizeAs(Json.item(vector.get("enc")).get(Dbe.HEADER_ATTRIBUTE).b().asByteArray());
      assertThat(comparable(encryptor.decryptItem(stored))).isEqualTo(comparable(expected));
    }
  }

  private static ItemEncryptor encryptor(Map<String, Object> vector, KeyPair rsa) {
    CryptoAction readable = vector.get("v").equals(2) ? INCLUDE : CryptoAction.SIGN_ONLY;
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("t", TableIndex.of("pk", "sk")))
            .actions(
                AttributeActions.encryptAndSign()
                    .with("inc", readable)
                    .with("incb", readable)
                    .with("so", CryptoAction.SIGN_ONLY)
                    .with("u", CryptoAction.DO_NOTHING))
            .writes(
                Dbe.using(keyring((String) vector.get("ring"), rsa))
                    .algorithmSuite(suiteOf(Json.item(vector.get("enc"))))
                    .unsignedAttributes("u"))
            .logicalTableName("Tést")
            .build());
  }

  private static AlgorithmSuite suiteOf(Map<String, AttributeValue> stored) {
    int flavor = stored.get(Dbe.HEADER_ATTRIBUTE).b().asByteArray()[1];
    return AlgorithmSuite.fromId(0x6700 | flavor).orElseThrow();
  }

  private static Keyring keyring(String ring, KeyPair rsa) {
    if (ring.equals("aes")) {
      return RawAesKeyring.of("ns", "kn", new SecretKeySpec(new byte[32], "AES"));
    }
    if (ring.equals("multi")) {
      return MultiKeyring.of(keyring("aes", rsa), keyring("rsa-OAEP_SHA256_MGF1", rsa));
    }
    RsaKeyPadding padding = RsaKeyPadding.valueOf(ring.replace("rsa-", "").replace("_MGF1", ""));
    return RawRsaKeyring.builder("rns", "rk", padding).keyPair(rsa).build();
  }

  private static KeyPair rsa(String pkcs8) throws Exception {
    KeyFactory factory = KeyFactory.getInstance("RSA");
    RSAPrivateCrtKey key =
        (RSAPrivateCrtKey)
            factory.generatePrivate(new PKCS8EncodedKeySpec(HexFormat.of().parseHex(pkcs8)));
    return new KeyPair(
        factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
        key);
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
