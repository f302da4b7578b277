package io.github.itemseal;

import io.github.itemseal.materials.MaterialDescription;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The same for DDBEC, and what only its description and signature can have wrong. */
class DdbecBadInputTest extends ItemEncryptorBadInputContract {
  private static final String DESCRIPTION = "*amzn-ddb-map-desc*";
  private static final String SIGNATURE = "*amzn-ddb-map-sig*";

  @Override
  ItemFormat format() {
    return Ddbec.using(
        StaticMaterialsProvider.builder()
            .encryptionKey(TestKeys.aes(128))
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build());
  }

  @Test
  void decryptItem_signatureMissing_throws() {
    assertDecryptFails(
        storedWithout(SIGNATURE),
        MalformedItemException.class,
        FailureReason.SIGNATURE_MISSING,
        "item of table 'T' has a material description but no signature");
  }

  @Test
  void decryptItem_signatureNotBinary_throws() {
    assertDecryptFails(
        storedWith(SIGNATURE, AttributeValue.fromS(SECRET)),
        MalformedItemException.class,
        FailureReason.SIGNATURE_NOT_BINARY,
        "'*amzn-ddb-map-sig*' of table 'T' holds the item's signature but its value is not binary"
            + " (found S)");
  }

  @Test
  void decryptItem_signatureEmpty_throwsAuthentication() {
    assertDecryptFails(
        storedWith(SIGNATURE, binary("")),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        "failed authentication");
  }

  @Test
  void decryptItem_descriptionMissing_throws() {
    assertDecryptFails(
        storedWithout(DESCRIPTION),
        MalformedItemException.class,
        FailureReason.DESCRIPTION_INCOMPLETE,
        "no material description entry 'amzn-ddb-map-sym-mode'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no version
        "000000", // half a version
        "00000001", // another version
        "0000000000", // half a length
        "000000007fffffff", // a length of 2 GB
        "00000000ffffffff", // a length of 4 GB
        "00000000000000016100000002ff", // the text cut short
        "000000000000000161", // no text
        "00000000000000016100000001ff", // not UTF-8
        "000000000000000161000000017800000001610000000179" // the same name twice
      })
  void decryptItem_descriptionMalformed_throws(String hex) {
    assertDecryptFails(
        storedWith(DESCRIPTION, binary(hex)),
        MalformedItemException.class,
        FailureReason.DESCRIPTION_MALFORMED,
        "Attribute '*amzn-ddb-map-desc*' of table 'T' ");
  }

  @Test
  void decryptItem_descriptionOversized_throws() {
    assertDecryptFails(
        storedWith(DESCRIPTION, AttributeValue.fromB(SdkBytes.fromByteArray(new byte[70_000]))),
        MalformedItemException.class,
        FailureReason.DESCRIPTION_MALFORMED,
        "is larger than 65536 bytes");
  }

  @Test
  void decryptItem_descriptionNotBinary_throws() {
    assertDecryptFails(
        storedWith(DESCRIPTION, AttributeValue.fromS(SECRET)),
        MalformedItemException.class,
        FailureReason.DESCRIPTION_MALFORMED,
        "not binary (found S)");
  }

  @Test
  void decryptItem_otherCipherMode_throws() {
    MaterialDescription description =
        MaterialDescription.of(Map.of("amzn-ddb-map-sym-mode", "/ECB/NoPadding"));
    assertDecryptFails(
        storedWith(DESCRIPTION, descriptionOf(description)),
        MalformedItemException.class,
        FailureReason.ALGORITHM_NOT_ALLOWED,
        "names a cipher mode other than /CBC/PKCS5Padding");
  }

  @Test
  void decryptItem_formatNotRead_throwsForbiddenNamingIt() {
    assertDecryptFails(
        itemWith("aws_dbe_head", binary("01")),
        ForbiddenItemException.class,
        FailureReason.FORMAT_NOT_READ,
        "is in the format DBE, which this table does not read");
  }

  private static AttributeValue descriptionOf(MaterialDescription description) {
    StringBuilder hex = new StringBuilder("00000000");
    description
        .entries()
        .forEach((name, text) -> hex.append(lengthAndText(name)).append(lengthAndText(text)));
    return binary(hex.toString());
  }

  private static String lengthAndText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "%08x".formatted(bytes.length) + HexFormat.of().formatHex(bytes);
  }
}
