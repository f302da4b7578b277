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
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reading items that the Python client signed, and what that leniency costs. */
class PythonDialectTest {
  @Test
  void encryptItem_signOnlyItem_hasTheSignatureOfBothOldClients() {
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS("p"),
            "ss", AttributeValue.fromSs(List.of("b", "a")),
            "ns", AttributeValue.fromNs(List.of("2", "10", "1.50")),
            "bs",
                AttributeValue.fromBs(
                    List.of(
                        SdkBytes.fromByteArray(new byte[] {1}),
                        SdkBytes.fromByteArray(new byte[] {2}))),
            "m",
                AttributeValue.fromM(
                    Map.of("z", AttributeValue.fromNul(true), "a", AttributeValue.fromN("1.0"))));

    assertThat(encryptor(true).encryptItem(item))
        .containsEntry(
            Ddbec.SIGNATURE_ATTRIBUTE,
            AttributeValue.fromB(
                SdkBytes.fromByteArray(
                    Base64.getDecoder().decode("pJauwT03PwVYTeb6PsgpbhAaRoiMMTc6CCRnJg/1ySQ="))));
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
