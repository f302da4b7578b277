package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Names other than the usual ones for the format's attributes and description entries. */
class DdbecNamesTest {
  private static final Ddbec USUAL =
      Ddbec.using(
          StaticMaterialsProvider.builder()
              .encryptionKey(TestKeys.aes(128))
              .signingKeys(SigningKeys.keyPair(TestKeys.ec("secp256r1")))
              .build());
  private static final Ddbec OWN = USUAL.attributeNames("_desc", "_sig").descriptionBase("my-");
  private static final AttributeValue VALUE = AttributeValue.fromS("value");
  private static final Map<String, AttributeValue> ITEM = Map.of("pk", VALUE, "ssn", VALUE);

  private static TableEncryption table(Ddbec format, AttributeActions actions) {
    return TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
        .actions(actions)
        .writes(format)
        .reads(format, Plaintext.readable())
        .build();
  }

  private static ItemEncryptor encryptor(Ddbec format) {
    return ItemEncryptor.of(table(format, AttributeActions.encryptAndSign()));
  }

  private static Map<String, AttributeValue> itemWith(String name) {
    Map<String, AttributeValue> item = new HashMap<>(ITEM);
    item.put(name, VALUE);
    return item;
  }

  @Test
  void encryptItem_ownNames_areStoredAndReadBack() {
    Map<String, AttributeValue> stored = encryptor(OWN).encryptItem(ITEM);
    assertThat(stored).containsOnlyKeys("pk", "ssn", "_desc", "_sig");
    assertThat(encryptor(OWN).decryptItem(stored)).isEqualTo(ITEM);

    ItemInspection inspection =
        ItemInspection.of(stored, table(OWN, AttributeActions.encryptAndSign()));
    assertThat(inspection.format()).isEqualTo("DDBEC");
    assertThat(inspection.description())
        .containsEntry("my-sym-mode", "/CBC/PKCS5Padding")
        .containsEntry("my-signingAlg", "SHA256withECDSA")
        .doesNotContainKey("amzn-ddb-map-sym-mode");
    assertThat(inspection.attributes())
        .extracting(
            ItemInspection.AttributeInspection::name, ItemInspection.AttributeInspection::state)
        .contains(
            tuple("pk", ItemInspection.AttributeState.SIGNED),
            tuple("_sig", ItemInspection.AttributeState.FORMAT));
  }

  @Test
  void decryptItem_anotherBase_missesItsEntries() {
    Map<String, AttributeValue> stored = encryptor(OWN).encryptItem(ITEM);
    Ddbec anotherBase = USUAL.attributeNames("_desc", "_sig");
    // Without the algorithm's entry the Java client's default counts, and it is not for EC keys.
    assertThatThrownBy(() -> encryptor(anotherBase).decryptItem(stored))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("signature algorithm that is not allowed");
  }

  @Test
  void decryptItem_usualNamesInATableWithOwnOnes_throwsSayingSo() {
    Map<String, AttributeValue> stored = encryptor(USUAL).encryptItem(ITEM);
    assertThatThrownBy(() -> encryptor(OWN).decryptItem(stored))
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.FORMAT_NOT_READ))
        .hasMessageContaining("in the format DDBEC, but under other attribute names");
  }

  @Test
  void decryptItem_ownSignatureCutOff_isNotTakenForPlaintext() {
    Map<String, AttributeValue> stored = new HashMap<>(encryptor(OWN).encryptItem(ITEM));
    stored.remove("_sig");
    assertThatThrownBy(() -> encryptor(OWN).decryptItem(stored))
        .isInstanceOfSatisfying(
            MalformedItemException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(FailureReason.SIGNATURE_MISSING);
              assertThat(e.subject().attributeName()).contains("_sig");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_desc", "_sig", "*amzn-ddb-map-desc*", "*amzn-ddb-map-sig*", "aws_dbe_head"})
  void encryptItem_reservedName_throwsForbidden(String name) {
    assertThatThrownBy(() -> encryptor(OWN).encryptItem(itemWith(name)))
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.ATTRIBUTE_NAME_RESERVED))
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void encryptItem_anotherTablesOwnName_isAnOrdinaryAttribute() {
    Map<String, AttributeValue> item = itemWith("_sig");
    assertThat(encryptor(USUAL).decryptItem(encryptor(USUAL).encryptItem(item))).isEqualTo(item);
  }

  @Test
  void build_actionOrKeyWithAnOwnName_throws() {
    AttributeActions actions =
        AttributeActions.encryptAndSign().with("_sig", CryptoAction.DO_NOTHING);
    assertThatThrownBy(() -> table(OWN, actions))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'_sig' of table 'T' belongs to the stored format");
    assertThatThrownBy(
            () ->
                TableEncryption.of(TableInfo.of("T", TableIndex.of("_desc")))
                    .actions(AttributeActions.encryptAndSign())
                    .writes(OWN)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'_desc' of table 'T' belongs to the stored format");
  }

  @ParameterizedTest
  @CsvSource({
    "'', _sig, cannot stand in for '*amzn-ddb-map-desc*'",
    "_desc, '', cannot stand in for '*amzn-ddb-map-sig*'",
    "same, same, cannot share the attribute 'same'",
    "*amzn-ddb-map-sig*, _sig, reserved for something else",
    "_desc, aws_dbe_foot, reserved for something else"
  })
  void attributeNames_thatCannotBe_throw(String description, String signature, String message) {
    assertThatThrownBy(() -> USUAL.attributeNames(description, signature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void descriptionBase_empty_throws() {
    assertThatThrownBy(() -> USUAL.descriptionBase(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be empty");
  }

  @Test
  void withMethods_keepEachOthersSettings() {
    Map<String, AttributeValue> stored = encryptor(OWN.readsPythonDialect(false)).encryptItem(ITEM);
    assertThat(
            encryptor(USUAL.descriptionBase("my-").attributeNames("_desc", "_sig"))
                .decryptItem(stored))
        .isEqualTo(ITEM);
  }

  @Test
  void logicalTableName_otherTable_readsWhatTheOriginalWrote() {
    // The old Java client's overrideEncryptionContextTableName("Restored", "T").
    ItemEncryptor restored =
        ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("Restored", TableIndex.of("pk")))
                .actions(AttributeActions.encryptAndSign())
                .writes(USUAL)
                .logicalTableName("T")
                .build());
    assertThat(restored.decryptItem(encryptor(USUAL).encryptItem(ITEM))).isEqualTo(ITEM);
    assertThat(encryptor(USUAL).decryptItem(restored.encryptItem(ITEM))).isEqualTo(ITEM);
  }
}
