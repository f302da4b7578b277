package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What somebody who can write to the table may try on the header and footer of DBE items; {@link
 * BitFlipTest} and {@link TamperedItemTest} attack both formats.
 */
class DbeAttackTest {
  private static final AlgorithmSuite SIGNING =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;

  private static ItemEncryptor encryptor(AlgorithmSuite suite) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(AttackTarget.TABLE, TableIndex.of("pk", "sk")))
            .actions(
                AttributeActions.withDefault(CryptoAction.SIGN_ONLY)
                    .with("n", CryptoAction.DO_NOTHING)
                    .with("eS", CryptoAction.ENCRYPT_AND_SIGN)
                    .with("eN", CryptoAction.ENCRYPT_AND_SIGN))
            .writes(
                Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)))
                    .algorithmSuite(suite)
                    .unsignedAttributes("n"))
            .build());
  }

  @Test
  void decryptItem_headerOrFooterOfTheSameItemWrittenAgain_throwsAuthentication() {
    ItemEncryptor encryptor = encryptor(SIGNING);
    Map<String, AttributeValue> stored = encryptor.encryptItem(AttackTarget.plaintext());
    Map<String, AttributeValue> again = encryptor.encryptItem(AttackTarget.plaintext());

    for (String name : List.of("eS", Dbe.HEADER_ATTRIBUTE, Dbe.FOOTER_ATTRIBUTE)) {
      AttackTarget.assertNotAuthentic(
          name, () -> encryptor.decryptItem(put(stored, name, again.get(name))));
    }
  }

  @Test
  void decryptItem_encryptedValueShorterThanItsTag_throwsAuthentication() {
    ItemEncryptor encryptor = encryptor(SIGNING);
    Map<String, AttributeValue> stored = encryptor.encryptItem(AttackTarget.plaintext());
    AttributeValue cut = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[17]));

    AttackTarget.assertNotAuthentic(
        "17 bytes", () -> encryptor.decryptItem(put(stored, "eS", cut)));
  }

  @Test
  void decryptItem_beaconsAndUnsignedAttributes_areDroppedAndKept() {
    ItemEncryptor encryptor =
        encryptor(AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384);
    Map<String, AttributeValue> stored = encryptor.encryptItem(AttackTarget.plaintext());
    Map<String, AttributeValue> attacked =
        put(
            put(stored, "aws_dbe_b_eS", AttributeValue.fromS("2a")),
            "n",
            AttributeValue.fromS("other"));
    assertThat(encryptor.decryptItem(attacked))
        .isEqualTo(encryptor.decryptItem(put(stored, "n", AttributeValue.fromS("other"))))
        .doesNotContainKey("aws_dbe_b_eS");
  }

  private static Map<String, AttributeValue> put(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
    changed.put(name, value);
    return changed;
  }
}
