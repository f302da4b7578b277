package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.BitFlips;
import io.github.itemseal.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What somebody who can write to the table may try on DBE items. */
class DbeAttackTest {
  private static final AlgorithmSuite SIGNING =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;

  private static ItemEncryptor encryptor(
      AlgorithmSuite suite, String table, CryptoAction readable) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(table, TableIndex.of("pk", "sk")))
            .actions(
                AttributeActions.withDefault(readable)
                    .with("n", CryptoAction.DO_NOTHING)
                    .with("eS", CryptoAction.ENCRYPT_AND_SIGN)
                    .with("eN", CryptoAction.ENCRYPT_AND_SIGN))
            .writes(
                Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)))
                    .algorithmSuite(suite)
                    .unsignedAttributes("n"))
            .build());
  }

  private static ItemEncryptor encryptor(AlgorithmSuite suite) {
    return encryptor(suite, AttackTarget.TABLE, CryptoAction.SIGN_ONLY);
  }

  @ParameterizedTest
  @EnumSource(AlgorithmSuite.class)
  void decryptItem_anySignedBitFlipped_isRefused(AlgorithmSuite suite) {
    everyBit(encryptor(suite));
    everyBit(
        encryptor(suite, AttackTarget.TABLE, CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT));
  }

  private static void everyBit(ItemEncryptor encryptor) {
    Map<String, AttributeValue> stored = encryptor.encryptItem(AttackTarget.plaintext());
    BitFlips flips = new BitFlips();
    Map<FailureReason, Integer> reasons = new TreeMap<>();
    for (String name : stored.keySet()) {
      if (name.equals("n")) {
        continue; // unsigned
      }
      for (AttributeValue flipped : flips.of(stored.get(name))) {
        Map<String, AttributeValue> attacked = new LinkedHashMap<>(stored);
        attacked.put(name, flipped);
        assertThatThrownBy(() -> encryptor.decryptItem(attacked))
            .as("%s %s", name, flipped)
            .isInstanceOfSatisfying(
                ItemsealException.class,
                e -> {
                  reasons.merge(e.reason(), 1, Integer::sum);
                  if (e instanceof ItemAuthenticationException) {
                    assertThat(e).hasMessage(AttackTarget.MESSAGE);
                  } else {
                    assertThat(name).isEqualTo(Dbe.HEADER_ATTRIBUTE);
                  }
                });
      }
    }
    System.out.println("DbeAttackTest: " + reasons);
    assertThat(reasons.keySet())
        .isSubsetOf(
            FailureReason.NOT_AUTHENTIC,
            FailureReason.HEADER_MALFORMED,
            FailureReason.FOOTER_MALFORMED,
            FailureReason.KEY_NOT_CONFIGURED);
    assertThat(reasons.get(FailureReason.NOT_AUTHENTIC)).isGreaterThan(2_500);
  }

  @Test
  void decryptItem_attributesSwappedMovedAddedOrDropped_isRefused() {
    ItemEncryptor encryptor = encryptor(SIGNING);
    Map<String, AttributeValue> stored = encryptor.encryptItem(AttackTarget.plaintext());
    Map<String, AttributeValue> other = encryptor.encryptItem(AttackTarget.plaintext());

    refused(encryptor, put(put(stored, "eS", stored.get("eN")), "eN", stored.get("eS")));
    refused(encryptor, put(stored, "eS", other.get("eS")));
    refused(encryptor, put(stored, Dbe.HEADER_ATTRIBUTE, other.get(Dbe.HEADER_ATTRIBUTE)));
    refused(encryptor, put(stored, Dbe.FOOTER_ATTRIBUTE, other.get(Dbe.FOOTER_ATTRIBUTE)));
    refused(encryptor, put(stored, "pk", AttributeValue.fromS("another")));
    refused(encryptor, put(stored, "sS", AttributeValue.fromN("1")));
    refused(encryptor, put(stored, "slipped in", AttributeValue.fromS("x")));
    refused(encryptor, without(stored, "sS"));
    refused(encryptor, put(without(stored, "sS"), "sT", stored.get("sS")));
    refused(
        encryptor, put(stored, "eS", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[17]))));
    Map<String, AttributeValue> elsewhere =
        encryptor(SIGNING, "U", CryptoAction.SIGN_ONLY).encryptItem(AttackTarget.plaintext());
    refused(encryptor, elsewhere);
  }

  @Test
  void decryptItem_headerOrFooterMissingOrOfAnotherLength_throwsMalformed() {
    ItemEncryptor encryptor = encryptor(SIGNING);
    Map<String, AttributeValue> stored = encryptor.encryptItem(AttackTarget.plaintext());
    malformed(encryptor, without(stored, Dbe.HEADER_ATTRIBUTE), "is missing");
    malformed(encryptor, without(stored, Dbe.FOOTER_ATTRIBUTE), "is missing");
    malformed(
        encryptor, put(stored, Dbe.HEADER_ATTRIBUTE, AttributeValue.fromS("x")), "not binary");
    for (int length : new int[] {0, 48, 103, 150, 152, 199}) {
      malformed(
          encryptor,
          put(
              stored,
              Dbe.FOOTER_ATTRIBUTE,
              AttributeValue.fromB(SdkBytes.fromByteArray(new byte[length]))),
          "one tag for each encrypted data key");
    }
    malformed(encryptor, put(stored, "eS", AttributeValue.fromS("x")), "not binary (found S)");
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

  private static void refused(ItemEncryptor encryptor, Map<String, AttributeValue> attacked) {
    AttackTarget.assertNotAuthentic("attack", () -> encryptor.decryptItem(attacked));
  }

  private static void malformed(
      ItemEncryptor encryptor, Map<String, AttributeValue> attacked, String message) {
    assertThatThrownBy(() -> encryptor.decryptItem(attacked))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining(message);
  }

  private static Map<String, AttributeValue> put(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, AttributeValue> without(
      Map<String, AttributeValue> item, String name) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
    changed.remove(name);
    return changed;
  }
}
