package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of the Database Encryption SDK 3.9.0 whose data keys two parties agree on, static and
 * ephemeral on every curve: version 1, table {@code Tést}, of the key "k" and an encrypted "v".
 */
class RawEcdhGoldenTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("pk", AttributeValue.fromS("k"), "a", AttributeValue.fromS("v"));

  @TestFactory
  Stream<DynamicTest> decryptItem_ofTheOriginal_isRead() {
    List<Map<String, Object>> vectors =
        Json.readArray(SharedVectors.file("dbe-golden/raw-ecdh-3.9.0.json"));
    assertThat(vectors).hasSize(6);
    return vectors.stream()
        .map(
            vector ->
                dynamicTest(vector.get("mode") + " " + vector.get("curve"), () -> isRead(vector)));
  }

  private static void isRead(Map<String, Object> vector) throws GeneralSecurityException {
    byte[] der = HexFormat.of().parseHex((String) vector.get("r"));
    RawEcdhKeyring keyring =
        RawEcdhKeyring.discovery(
            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("t", TableIndex.of("pk")))
                .actions(AttributeActions.encryptAndSign())
                .writes(Dbe.using(keyring))
                .logicalTableName("Tést")
                .build());
    assertThat(encryptor.decryptItem(Json.item(vector.get("enc")))).isEqualTo(ITEM);
  }
}
