package io.github.itemseal;

import static io.github.itemseal.AttackTarget.assertNotAuthentic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reading items that the Python client signed, and what that leniency costs. */
class PythonDialectTest {
  /** Items of table T that the Python client 3.3.0 signed with TEST KEY HmacSHA256. */
  static Stream<Arguments> signedByPython() {
    AttributeValue one = AttributeValue.fromS("1");
    AttributeValue two = AttributeValue.fromS("2");
    String privateUse = "\ue000";
    String astral = "\ud800\udc00";
    return Stream.of(
        Arguments.of(
            "binary set with a byte above 0x7F",
            Map.of(
                "bs",
                AttributeValue.fromBs(
                    List.of(
                        SdkBytes.fromByteArray(new byte[] {1}),
                        SdkBytes.fromByteArray(new byte[] {(byte) 0x80})))),
            "zHkSVYNIAcXiCJ7W6ZyRrGZAyxmrDZ+tduVRcWooPZo="),
        Arguments.of(
            "string set beyond the basic plane",
            Map.of("ss", AttributeValue.fromSs(List.of(privateUse, astral))),
            "bY6PVB72/pw/g7P+dFu8nSyZRKk2u830Z6oAOglLlsI="),
        Arguments.of(
            "map keys beyond the basic plane",
            Map.of("m", AttributeValue.fromM(Map.of(privateUse, one, astral, two))),
            "7MOwwyCKV7+mQfbFtb8+cg+u945XskAMkrpaOEg+fVE="),
        Arguments.of(
            "number of 38 digits",
            Map.of("n", AttributeValue.fromN("12345678901234567890123456789012345678")),
            "YCEjE5yMya97dIbqHXd+XfGsV/5M2ZPXvQnRZf9OrUk="));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signedByPython")
  void decryptItem_signedByPython_isReadWithPythonDialectOnly(
      String what, Map<String, AttributeValue> attributes, String signature) {
    Map<String, AttributeValue> stored = new LinkedHashMap<>(attributes);
    stored.put("pk", AttributeValue.fromS("p"));
    Map<String, AttributeValue> item = Map.copyOf(stored);
    stored.put(
        Ddbec.SIGNATURE_ATTRIBUTE,
        AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(signature))));

    assertThat(encryptor(true).decryptItem(stored)).isEqualTo(item);
    assertNotAuthentic(what, () -> encryptor(false).decryptItem(stored));
  }

  /**
   * The Python client signs a number rounded to 28 digits. Who accepts its signatures accepts a
   * change behind the 28th digit of any number, whoever signed it.
   */
  @Test
  void decryptItem_numberChangedBehindThe28thDigit_isNoticedOnlyWithoutPythonDialect() {
    Map<String, AttributeValue> stored =
        encryptor(true)
            .encryptItem(Map.of("pk", AttributeValue.fromS("p"), "n", AttributeValue.fromN("5")));
    Map<String, AttributeValue> attacked = new LinkedHashMap<>(stored);
    attacked.put("n", AttributeValue.fromN("5.0000000000000000000000000001"));

    assertThat(encryptor(true).decryptItem(attacked)).containsEntry("n", attacked.get("n"));
    assertNotAuthentic("exact", () -> encryptor(false).decryptItem(attacked));
  }

  @Test
  void decryptItem_numberChangedWithinTheFirst28Digits_throwsAuthentication() {
    Map<String, AttributeValue> stored =
        encryptor(true)
            .encryptItem(Map.of("pk", AttributeValue.fromS("p"), "n", AttributeValue.fromN("5")));
    stored.put("n", AttributeValue.fromN("5.000000000000000000000000001"));

    assertNotAuthentic("28 digits", () -> encryptor(true).decryptItem(stored));
  }

  private static ItemEncryptor encryptor(boolean readsPythonDialect) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.withDefault(CryptoAction.SIGN_ONLY))
            .writes(
                Ddbec.using(
                        StaticMaterialsProvider.builder()
                            .encryptionKey(TestKeys.aes(128))
                            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                            .build())
                    .readsPythonDialect(readsPythonDialect))
            .build());
  }
}
