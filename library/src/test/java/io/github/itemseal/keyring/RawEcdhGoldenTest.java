package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Data keys that the Database Encryption SDK 3.9.0 wrapped, static and ephemeral on every curve.
 * The data key sits under two tags, so whatever of the derivation were different would not open.
 */
class RawEcdhGoldenTest {
  /** Version 1, table {@code Tést}, partition key {@code pk} of the value "k". */
  private static final Map<String, String> CONTEXT =
      Map.of(
          "aws-crypto-table-name", "Tést",
          "aws-crypto-partition-name", "pk",
          "aws-crypto-attr.pk", "AAFr");

  @TestFactory
  Stream<DynamicTest> onDecrypt_dataKeyOfTheOriginal_opens() {
    List<Map<String, Object>> vectors =
        Json.readArray(SharedVectors.file("dbe-golden/raw-ecdh-3.9.0.json"));
    assertThat(vectors).hasSize(6);
    return vectors.stream()
        .map(
            vector ->
                dynamicTest(vector.get("mode") + " " + vector.get("curve"), () -> opens(vector)));
  }

  private static void opens(Map<String, Object> vector) throws GeneralSecurityException {
    byte[] der = HexFormat.of().parseHex((String) vector.get("r"));
    RawEcdhKeyring keyring =
        RawEcdhKeyring.discovery(
            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
    Map<String, AttributeValue> item = Json.item(vector.get("enc"));
    DecryptionMaterials materials =
        Twins.toRead(CONTEXT, List.of(onlyDataKey(item.get("aws_dbe_head").b().asByteBuffer())));
    assertThat(keyring.onDecrypt(materials).dataKey()).isPresent();
  }

  /** Version, suite, message id; legend; no stored context; one data key. */
  private static EncryptedDataKey onlyDataKey(ByteBuffer header) {
    header.position(34);
    part(header); // legend
    assertThat(header.getShort()).isZero();
    assertThat(header.get()).isEqualTo((byte) 1);
    String providerId = new String(part(header), StandardCharsets.UTF_8);
    SdkBytes info = SdkBytes.fromByteArray(part(header));
    SdkBytes ciphertext = SdkBytes.fromByteArray(part(header));
    assertThat(header.remaining()).isEqualTo(32);
    return new EncryptedDataKey(providerId, info, ciphertext);
  }

  private static byte[] part(ByteBuffer header) {
    byte[] part = new byte[header.getShort()];
    header.get(part);
    return part;
  }
}
