package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.Descriptions;
import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;

/**
 * The items that the Java client 2.0.3 and the Python client 3.3.0 wrote over a KMS that always
 * answers one data key, and the requests that they sent to it: ours must be the same, but for the
 * key, which they do not name when they decrypt.
 */
class KmsGoldenTest {
  private static final String KEY_ID = "alias/test";

  /** TEST KEY, byte i is 7i + 3. */
  private static final byte[] DATA_KEY = testKey(32);

  private static final byte[] BLOB = "fake-ciphertext-blob".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> BOUND =
      List.of("kms-string-number", "kms-number-noncanonical", "kms-binary");

  @ParameterizedTest
  @ValueSource(strings = {"java", "python"})
  void decryptItem_writtenByEitherClient_isTheItemOverTheSameRequest(String client) {
    for (String name : BOUND) {
      Map<String, Object> written = written(client, name);
      FixedKms kms = new FixedKms(DATA_KEY, BLOB);
      kms.bindTo(Json.object(recorded(written, "decrypt").get("EncryptionContext")));

      assertThat(encryptor(kms, input(name)).decryptItem(Json.item(written.get("encrypted"))))
          .as("%s %s", client, name)
          .isEqualTo(Json.item(written.get("roundtrip")));
      DecryptRequest request = kms.onlyDecryptRequest();
      assertThat(request.encryptionContext())
          .as("%s %s", client, name)
          .isEqualTo(Json.object(recorded(written, "decrypt").get("EncryptionContext")));
      assertThat(request.ciphertextBlob().asByteArray()).isEqualTo(BLOB);
      assertThat(request.keyId()).isEqualTo(KEY_ID);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "python"})
  void encryptItem_keysOfEveryType_sendsTheSameRequest(String client) {
    for (String name : List.of("kms-string-number", "kms-binary")) {
      FixedKms kms = new FixedKms(DATA_KEY, BLOB);

      encryptor(kms, input(name)).encryptItem(Json.item(input(name).get("item")));

      assertSameRequest(kms.onlyGenerateRequest(), written(client, name));
    }
  }

  /** They sent what the application wrote, and could not read the item back from the table. */
  @Test
  void encryptItem_numberNotCanonical_sendsCanonicalText() {
    Map<String, Object> input = input("kms-number-noncanonical");
    FixedKms kms = new FixedKms(DATA_KEY, BLOB);

    encryptor(kms, input).encryptItem(Json.item(input.get("item")));

    assertThat(kms.onlyGenerateRequest().encryptionContext())
        .containsEntry("pk", "1.5")
        .containsEntry("sk", "100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "python"})
  void materials_neitherTableNorKeys_areTheKnownKeysOverTheSameRequests(String client) {
    Map<String, Object> written = written(client, "kms-no-table-no-keys");
    Map<String, AttributeValue> stored = Json.item(written.get("encrypted"));
    FixedKms kms = new FixedKms(DATA_KEY, BLOB);

    EncryptionMaterials encryption =
        provider(kms).encryptionMaterials(EncryptionContext.builder().build());
    DecryptionMaterials decryption =
        provider(kms)
            .decryptionMaterials(
                EncryptionContext.builder()
                    .attributes(stored)
                    .materialDescription(MaterialDescription.of(Descriptions.of(stored)))
                    .build());

    assertSameRequest(kms.onlyGenerateRequest(), written);
    assertThat(kms.onlyDecryptRequest().encryptionContext())
        .isEqualTo(Json.object(recorded(written, "decrypt").get("EncryptionContext")));
    assertThat(hex(encryption.encryptionKey().orElseThrow().getEncoded()))
        .isEqualTo(hex(decryption.decryptionKey().orElseThrow().getEncoded()))
        .isEqualTo("516dc8144510b481d018d86a3cc7dcc69325c6cc71f22f66462ba1a40ab75620");
    assertThat(hex(encryption.signingKey().getEncoded()))
        .isEqualTo(hex(decryption.verificationKey().getEncoded()))
        .isEqualTo("c61bca681a2ad7d14ef17f7c42e9644845c906e839d489e195575f597c044cbb");
  }

  /** The Java client asked for 256 bytes, not bits, until the end of 2016. */
  @Test
  void decryptItem_dataKeyOf256Bytes_isRead() {
    byte[] dataKey = testKey(256);
    FixedKms kms = new FixedKms(dataKey, BLOB);
    Map<String, AttributeValue> item =
        Map.of("pk", AttributeValue.fromS("p"), "a", AttributeValue.fromS("x"));
    ItemEncryptor writer =
        encryptor(
            Ddbec.using(
                new CryptographicMaterialsProvider() {
                  @Override
                  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
                    return materialsOf(dataKey);
                  }

                  @Override
                  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
                    throw new UnsupportedOperationException();
                  }
                }),
            "T",
            TableIndex.of("pk"),
            AttributeActions.encryptAndSign());
    ItemEncryptor reader =
        encryptor(
            Ddbec.using(provider(kms)),
            "T",
            TableIndex.of("pk"),
            AttributeActions.encryptAndSign());

    assertThat(reader.decryptItem(writer.encryptItem(item))).isEqualTo(item);
    assertThat(kms.onlyDecryptRequest().ciphertextBlob().asByteArray()).isEqualTo(BLOB);
  }

  private static void assertSameRequest(
      GenerateDataKeyRequest request, Map<String, Object> written) {
    Map<String, Object> theirs = recorded(written, "generate_data_key");
    assertThat(request.keyId()).isEqualTo(theirs.get("KeyId"));
    assertThat(request.numberOfBytes()).isEqualTo(theirs.get("NumberOfBytes")).isEqualTo(32);
    assertThat(request.keySpec()).isNull();
    assertThat(request.grantTokens()).isEmpty();
    assertThat(request.encryptionContext())
        .as("%s", written.get("name"))
        .isEqualTo(Json.object(theirs.get("EncryptionContext")));
  }

  /** The Java file has the members of the first request beside the second one. */
  private static Map<String, Object> recorded(Map<String, Object> written, String call) {
    Map<String, Object> calls = Json.object(written.get("kms"));
    return calls.containsKey(call) ? Json.object(calls.get(call)) : calls;
  }

  private static Map<String, Object> input(String name) {
    return named(name, "ddbec-golden/input.json");
  }

  private static Map<String, Object> written(String client, String name) {
    return named(name, "ddbec-golden/" + client + "-out.json");
  }

  private static Map<String, Object> named(String name, String file) {
    return Json.objects(Json.read(SharedVectors.file(file)).get("items")).stream()
        .filter(item -> item.get("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ItemEncryptor encryptor(FixedKms kms, Map<String, Object> input) {
    AttributeActions actions = AttributeActions.encryptAndSign();
    for (String name : Json.object(input.get("actions")).keySet()) {
      actions = actions.with(name, CryptoAction.SIGN_ONLY); // these items have no other
    }
    String hash = (String) input.get("hash");
    String range = (String) input.get("range");
    return encryptor(
        Ddbec.using(provider(kms)),
        (String) input.get("table"),
        range == null ? TableIndex.of(hash) : TableIndex.of(hash, range),
        actions);
  }

  private static ItemEncryptor encryptor(
      Ddbec format, String table, TableIndex keys, AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(table, keys))
            .actions(actions)
            .writes(format.readsPythonDialect(false))
            .build());
  }

  private static KmsMaterialsProvider provider(FixedKms kms) {
    return KmsMaterialsProvider.of(kms, KmsSettings.forKey(KEY_ID).build());
  }

  /** What the Java client of 2016 made of such a key, by arithmetic of this test. */
  private static EncryptionMaterials materialsOf(byte[] dataKey) {
    Map<String, String> description = new LinkedHashMap<>();
    description.put("aws-kms-ec-attr", "*keys*");
    description.put("amzn-ddb-wrap-alg", "kms");
    description.put("amzn-ddb-env-alg", "AES/256");
    description.put("amzn-ddb-sig-alg", "HmacSHA256/256");
    description.put("amzn-ddb-env-key", Base64.getEncoder().encodeToString(BLOB));
    byte[] extracted = hmac(new byte[32], dataKey);
    return EncryptionMaterials.encrypting(
        new SecretKeySpec(expand(extracted, "Encryption"), "AES"),
        new SecretKeySpec(expand(extracted, "Signing"), "HmacSHA256"),
        SigningAlgorithm.HMAC_SHA256,
        MaterialDescription.of(description));
  }

  /** The one block of RFC 5869 that 32 bytes take. */
  private static byte[] expand(byte[] extracted, String info) {
    byte[] block = Arrays.copyOf(info.getBytes(StandardCharsets.US_ASCII), info.length() + 1);
    block[info.length()] = 1;
    return hmac(extracted, block);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] testKey(int bytes) {
    byte[] key = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      key[i] = (byte) (7 * i + 3);
    }
    return key;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
