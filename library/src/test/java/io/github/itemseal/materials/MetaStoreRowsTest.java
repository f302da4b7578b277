package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.materials.MetaStores.Setup;
import io.github.itemseal.testing.TestKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is in the rows of a MetaStore, how they are protected, and which of them are refused. */
class MetaStoreRowsTest extends MetaStoreFixture {
  @Test
  void getOrCreate_newVersion_storesTheSpecifiedRow() {
    store.getOrCreate(NAME, 0);
    Map<String, AttributeValue> stored = storedRow(NAME, 0);
    assertThat(stored)
        .containsOnlyKeys(
            "N",
            "V",
            "t",
            "enc",
            "encAlg",
            "int",
            "intAlg",
            "*amzn-ddb-map-desc*",
            "*amzn-ddb-map-sig*")
        .containsEntry("N", AttributeValue.fromS(NAME))
        .containsEntry("V", AttributeValue.fromN("0"));
    assertThat(Set.of("t", "enc", "encAlg", "int", "intAlg"))
        .allSatisfy(name -> assertThat(stored.get(name).b()).isNotNull());
    Map<String, AttributeValue> row = openRow(0);
    assertThat(row)
        .containsEntry("t", AttributeValue.fromS("0"))
        .containsEntry("encAlg", AttributeValue.fromS("AES"))
        .containsEntry("intAlg", AttributeValue.fromS("HmacSHA256"));
    byte[] enc = row.get("enc").b().asByteArray();
    byte[] mac = row.get("int").b().asByteArray();
    assertThat(enc).hasSize(32).isNotEqualTo(mac);
    assertThat(mac).hasSize(32).isEqualTo(macKey(store.provider(NAME, 0)).getEncoded());
  }

  @Test
  void provider_items_carryTheMetaId() {
    MaterialDescription description =
        store.getOrCreate(NAME, 7).encryptionMaterials(WRITING).materialDescription();
    assertThat(description.entries())
        .containsOnlyKeys(
            "amzn-ddb-meta-id", "amzn-ddb-env-key", "amzn-ddb-env-alg", "amzn-ddb-wrap-alg")
        .containsEntry("amzn-ddb-meta-id", "orders#7")
        .containsEntry("amzn-ddb-wrap-alg", "AESWrap");
    assertThat(MetaStore.versionOf(NAME, description)).isEqualTo(7);
  }

  @Test
  void provider_itemOfAnotherVersion_throwsMaterialsUnavailable() {
    EncryptionMaterials written = store.getOrCreate(NAME, 1).encryptionMaterials(WRITING);
    EncryptionContext reading =
        WRITING.toBuilder().materialDescription(written.materialDescription()).build();
    MetaStoreMaterialsProvider other = store.getOrCreate(NAME, 0);
    assertThatThrownBy(() -> other.decryptionMaterials(reading))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("was not written with version 0 of material 'orders'");
  }

  @Test
  void provider_keysOfOtherLengths_areUsed() {
    putRow(5, Map.of("enc", bytes(16), "int", bytes(16)));
    MetaStoreMaterialsProvider provider = store.provider(NAME, 5);
    assertThat(macKey(provider).getEncoded()).isEqualTo(bytes(16).b().asByteArray());
    assertSameKeys(provider, store.provider(NAME, 5));
  }

  @Test
  void provider_macKeyOfPublishedVectors_readsAndDoesNotWrite() {
    putRow(5, Map.of("enc", bytes(16), "int", bytes(8)));
    MetaStoreMaterialsProvider provider = store.provider(NAME, 5);
    MaterialDescription written =
        new MetaStoreMaterialsProvider(
                new MaterialId(NAME, 5),
                new SecretKeySpec(bytes(16).b().asByteArray(), "AES"),
                TestKeys.hmac())
            .encryptionMaterials(WRITING)
            .materialDescription();
    EncryptionContext reading = WRITING.toBuilder().materialDescription(written).build();
    assertThat(provider.decryptionMaterials(reading).verificationKey().getEncoded()).hasSize(8);
    assertThatThrownBy(() -> provider.encryptionMaterials(WRITING))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("version 5 of material 'orders' is too short to write");
  }

  @Test
  void provider_macKeyOfSevenBytes_isRefused() {
    putRow(5, Map.of("int", bytes(7)));
    assertThatThrownBy(() -> store.provider(NAME, 5))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("its integrity key is too short");
  }

  @Test
  void provider_veryOldRowWithAesAsMac_isHmacSha256() {
    putRow(0, Map.of("intAlg", AttributeValue.fromS("AES")));
    assertThat(macKey(store.provider(NAME, 0)).getAlgorithm()).isEqualTo("HmacSHA256");
  }

  @Test
  void provider_missingVersion_throwsMaterialsUnavailable() {
    assertThatThrownBy(() -> store.provider(NAME, 3))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("'" + table + "' has no version 3 of material 'orders'")
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.MATERIAL_VERSION_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "t, '', MATERIAL_TYPE_UNKNOWN, type is unknown",
    "t, 1, MATERIAL_TYPE_UNKNOWN, type is unknown",
    "enc, '', MATERIAL_INCOMPLETE, no usable enc",
    "enc, text, MATERIAL_INCOMPLETE, no usable enc",
    "int, '', MATERIAL_INCOMPLETE, no usable int",
    "encAlg, '', MATERIAL_INCOMPLETE, no usable encAlg",
    "intAlg, '', MATERIAL_INCOMPLETE, no usable intAlg",
    "encAlg, DESede, ALGORITHM_NOT_ALLOWED, not an AES key",
    "intAlg, SHA256withRSA, ALGORITHM_NOT_ALLOWED, not a MAC key",
    "intAlg, HmacMD5, ALGORITHM_NOT_ALLOWED, not a MAC key"
  })
  void provider_oddRow_throwsMaterialsUnavailable(
      String attribute, String text, FailureReason reason, String message) {
    putRow(
        0,
        Map.of(
            attribute, text.isEmpty() ? AttributeValue.fromNul(true) : AttributeValue.fromS(text)));
    assertThatThrownBy(() -> store.provider(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(reason);
  }

  @Test
  void provider_aesKeyOfOddLength_throwsMaterialsUnavailable() {
    putRow(0, Map.of("enc", bytes(31)));
    assertThatThrownBy(() -> store.provider(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("not an AES key");
  }

  @Test
  void provider_rowChanged_throwsWithTheAuthenticationFailureAsCause() {
    store.getOrCreate(NAME, 0);
    Map<String, AttributeValue> row = new HashMap<>(storedRow(NAME, 0));
    row.put("V", AttributeValue.fromN("1"));
    client.putItem(r -> r.tableName(table).item(row));
    assertThatThrownBy(() -> store.provider(NAME, 1))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(ItemAuthenticationException.class)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.NOT_AUTHENTIC);
  }

  @Test
  void provider_plaintextRow_throwsMaterialsUnavailable() {
    Map<String, AttributeValue> row = new HashMap<>(key(NAME, 0));
    row.put("enc", bytes(32));
    client.putItem(r -> r.tableName(table).item(row));
    assertThatThrownBy(() -> store.provider(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.PLAINTEXT_FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#b", "#"})
  void operations_impossibleName_throwIllegalArgument(String name) {
    assertThatThrownBy(() -> store.provider(name, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contains no '#'");
    assertThatThrownBy(() -> store.maxVersion(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.newProvider(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.versions(name)).isInstanceOf(IllegalArgumentException.class);
    assertThat(probe.requests()).isEmpty();
  }

  @Test
  void provider_negativeVersion_throwsIllegalArgument() {
    assertThatThrownBy(() -> store.provider(NAME, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin with 0");
  }

  @Test
  void getOrCreate_nameOfAnyUnicode_isReadBack() {
    String name = "Schlüssel für 鍵 \uD83D\uDD11";
    assertSameKeys(store.getOrCreate(name, 0), store.provider(name, 0));
    assertThat(store.versions(name)).containsExactly(0L);
  }

  // ---- Table name, extra data, key source

  @Test
  void logicalTableName_isWhatRowsBind() {
    store(new Setup(table, "Logical", null)).getOrCreate(NAME, 0);
    assertThat(rows("Logical", AttributeActions.encryptAndSign()).decryptItem(storedRow(NAME, 0)))
        .containsKey("enc");
    assertThatThrownBy(() -> store.provider(NAME, 0))
        .hasCauseInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining(
            "restored under another name, give its first one with logicalTableName(");
  }

  @Test
  void extraData_isStoredEncryptedOrSignedOnly() {
    StoreUnderTest extended = store(new Setup(table, null, extraData(Set.of("owner"))));
    extended.getOrCreate(NAME, 2);
    assertThat(storedRow(NAME, 2)).containsEntry("owner", AttributeValue.fromS("orders/2"));
    assertThat(storedRow(NAME, 2).get("note").b()).isNotNull();
    assertThat(
            rows(table, AttributeActions.encryptAndSign().with("owner", CryptoAction.SIGN_ONLY))
                .decryptItem(storedRow(NAME, 2)))
        .containsEntry("note", AttributeValue.fromS("secret note"));
    assertThatThrownBy(() -> store.provider(NAME, 2))
        .as("who does not know that it is signed only")
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("could not be used to read version 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "enc", "encAlg", "int", "intAlg", "*amzn-ddb-map-sig*"})
  void extraData_signedOnlyKeyField_isRefusedWhenBuilt(String name) {
    assertThatThrownBy(() -> store(new Setup(table, null, extraData(Set.of(name)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"N", "V", "t", "enc", "encAlg", "int", "intAlg"})
  void extraData_standardAttribute_throwsAndStoresNothing(String name) {
    StoreUnderTest overwriting =
        store(new Setup(table, null, (n, v) -> Map.of(name, AttributeValue.fromS("mine"))));
    assertThatThrownBy(() -> overwriting.getOrCreate(NAME, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "', a standard attribute");
    assertThat(storedRow(NAME, 0)).isEmpty();
  }
}
