package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item without anything random, whose signature both old clients agree on. */
class KnownSignatureTest {
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

    assertThat(encryptor().encryptItem(item))
        .containsEntry(
            Ddbec.SIGNATURE_ATTRIBUTE,
            AttributeValue.fromB(
                SdkBytes.fromByteArray(
                    Base64.getDecoder().decode("pJauwT03PwVYTeb6PsgpbhAaRoiMMTc6CCRnJg/1ySQ="))));
  }

  private static ItemEncryptor encryptor() {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.withDefault(CryptoAction.SIGN_ONLY))
            .writes(
                Ddbec.using(
                    StaticMaterialsProvider.builder()
                        .encryptionKey(TestKeys.aes(128))
                        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                        .build()))
            .build());
  }
}
