package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.ItemInspection.AttributeInspection;
import io.github.itemseal.ItemInspection.AttributeState;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.DbeHeaders;
import io.github.itemseal.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemInspectionTest {
  private final ItemEncryptor encryptor =
      ItemEncryptor.of(
          TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
              .actions(
                  AttributeActions.encryptAndSign()
                      .with("signed", CryptoAction.SIGN_ONLY)
                      .with("loose", CryptoAction.DO_NOTHING))
              .writes(
                  Ddbec.using(
                      WrappedMaterialsProvider.builder()
                          .wrappingKey(TestKeys.aes(256))
                          .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                          .materialDescription(Map.of("team", "payments"))
                          .build()))
              .build());

  private Map<String, AttributeValue> stored() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", AttributeValue.fromS("p"));
    item.put("ssn", AttributeValue.fromS("123-45-6789"));
    item.put("signed", AttributeValue.fromN("1"));
    item.put("loose", AttributeValue.fromBool(true));
    return encryptor.encryptItem(item);
  }

  private static Map<String, AttributeState> states(ItemInspection inspection) {
    return inspection.attributes().stream()
        .collect(Collectors.toMap(AttributeInspection::name, AttributeInspection::state));
  }

  @Test
  void of_ddbecItemAlone_saysWhatShowsAndNoKey() {
    ItemInspection inspection = ItemInspection.of(stored());
    assertThat(inspection.format()).isEqualTo("DDBEC");
    assertThat(inspection.description())
        .containsEntry("version", "0")
        .containsEntry("signature", "32 bytes")
        .containsEntry("amzn-ddb-wrap-alg", "AESWrap")
        .containsEntry("amzn-ddb-env-key", "56 characters")
        .containsEntry("amzn-ddb-map-sym-mode", "/CBC/PKCS5Padding")
        .containsEntry("team", "payments");
    assertThat(states(inspection))
        .containsEntry("pk", AttributeState.READABLE)
        .containsEntry("ssn", AttributeState.POSSIBLY_ENCRYPTED)
        .containsEntry("*amzn-ddb-map-sig*", AttributeState.FORMAT);
    assertThat(inspection.defects()).isEmpty();
  }

  @Test
  void of_ddbecItemWithActions_tellsEveryAttribute() {
    assertThat(states(ItemInspection.of(stored(), encryptor.actions())))
        .containsEntry("pk", AttributeState.SIGNED)
        .containsEntry("ssn", AttributeState.ENCRYPTED)
        .containsEntry("signed", AttributeState.SIGNED)
        .containsEntry("loose", AttributeState.UNPROTECTED)
        .containsEntry("*amzn-ddb-map-desc*", AttributeState.FORMAT);
  }

  @Test
  void of_sizes_countNamesAndValues() {
    ItemInspection inspection = ItemInspection.of(stored());
    // pk 2+1, ssn 3+48 (16 IV, 6 header and 11 text in two blocks), signed 6+2, loose 5+1
    assertThat(inspection.itemBytes() - inspection.formatBytes()).isEqualTo(3 + 51 + 8 + 6);
  }

  @Test
  void of_plaintextItem_isPlaintext() {
    ItemInspection inspection = ItemInspection.of(Map.of("pk", AttributeValue.fromS("p")));
    assertThat(inspection.format()).isEqualTo("plaintext");
    assertThat(inspection.formatBytes()).isZero();
    assertThat(states(inspection)).containsEntry("pk", AttributeState.READABLE);
  }

  @Test
  void of_brokenItem_listsDefectsInsteadOfThrowing() {
    Map<String, AttributeValue> stored = new LinkedHashMap<>(stored());
    stored.put("*amzn-ddb-map-desc*", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1})));
    stored.put("ssn", AttributeValue.builder().s("x").n("1").build());
    ItemInspection inspection = ItemInspection.of(stored, encryptor.actions());
    assertThat(inspection.defects())
        .hasSize(2)
        .anySatisfy(defect -> assertThat(defect).contains("'*amzn-ddb-map-desc*' ends too early"))
        .anySatisfy(defect -> assertThat(defect).contains("'ssn' should be encrypted"));
  }

  private static Map<String, AttributeValue> storedDbe() {
    return ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
                .actions(AttributeActions.encryptAndSign().with("signed", CryptoAction.SIGN_ONLY))
                .writes(Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256))))
                .build())
        .encryptItem(
            Map.of(
                "pk", AttributeValue.fromS("p"),
                "ssn", AttributeValue.fromS("123-45-6789"),
                "signed", AttributeValue.fromN("1")));
  }

  @Test
  void of_dbeItemAlone_saysWhatTheHeaderHoldsAndNoKey() {
    ItemInspection inspection = ItemInspection.of(storedDbe());
    assertThat(inspection.format()).isEqualTo("DBE");
    assertThat(inspection.description())
        .containsEntry("version", "1")
        .containsEntry(
            "algorithm suite",
            "ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384")
        .containsEntry("legend", "ses") // pk, ssn, signed: by length
        .containsEntry("data key 1", "ns, key kn")
        .containsEntry("footer", "151 bytes") // a tag of 48 and a signature of 103
        .containsEntry("encrypted attributes", "1, each 18 bytes longer")
        .containsOnlyKeys(
            "version",
            "algorithm suite",
            "legend",
            "data key 1",
            "context aws-crypto-public-key",
            "header",
            "footer",
            "encrypted attributes");
    assertThat(states(inspection))
        .containsEntry("aws_dbe_head", AttributeState.FORMAT)
        .containsEntry("aws_dbe_foot", AttributeState.FORMAT);
    assertThat(inspection.defects()).isEmpty();
  }

  @Test
  void of_dbeItemWithoutFooterOrHeader_listsDefectsInsteadOfThrowing() {
    for (String name : List.of("aws_dbe_head", "aws_dbe_foot")) {
      Map<String, AttributeValue> stored = new LinkedHashMap<>(storedDbe());
      stored.remove(name);
      assertThat(ItemInspection.of(stored).defects())
          .singleElement()
          .asString()
          .contains("'%s' is missing".formatted(name));
    }
  }

  /** Whoever can write to the table decides what an inspection prints, on a terminal perhaps. */
  @Test
  void of_dbeItemWithControlCharactersInItsContext_showsTheirLength() {
    Map<String, AttributeValue> stored = new LinkedHashMap<>(storedDbe());
    DbeHeaders header = new DbeHeaders(stored.get("aws_dbe_head").b().asByteArray());
    header.context.add(List.of(DbeHeaders.utf8("b\u001b[2J"), DbeHeaders.utf8("\u001b]0;x\u0007")));
    header.context.add(List.of(DbeHeaders.utf8("c"), DbeHeaders.utf8("shown")));
    stored.put("aws_dbe_head", AttributeValue.fromB(SdkBytes.fromByteArray(header.toBytes())));
    assertThat(ItemInspection.of(stored).description())
        .containsEntry("context of 5 bytes", "of 6 bytes")
        .containsEntry("context c", "shown");
  }

  @Test
  void of_dbeItem_isNamed() {
    assertThat(
            ItemInspection.of(
                    Map.of(
                        "aws_dbe_head", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[1]))))
                .format())
        .isEqualTo("DBE");
  }
}
