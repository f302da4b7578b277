package io.github.itemseal;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The same for DBE, and what only its header and footer can have wrong. */
class DbeBadInputTest extends ItemEncryptorBadInputContract {
  @Override
  ItemFormat format() {
    return Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256))).unsignedAttributes("loose");
  }

  @Override
  String tooLong() {
    return "38 significant digits";
  }

  @Override
  String tooDeep() {
    return "DynamoDB's 32 levels";
  }

  @ParameterizedTest
  @ValueSource(strings = {Dbe.HEADER_ATTRIBUTE, Dbe.FOOTER_ATTRIBUTE})
  void decryptItem_headerOrFooterMissing_throws(String name) {
    assertDecryptFails(
        storedWithout(name), MalformedItemException.class, reasonOf(name), "is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {Dbe.HEADER_ATTRIBUTE, Dbe.FOOTER_ATTRIBUTE})
  void decryptItem_headerOrFooterNotBinary_throws(String name) {
    assertDecryptFails(
        storedWith(name, AttributeValue.fromS(SECRET)),
        MalformedItemException.class,
        reasonOf(name),
        "'%s' of table 'T' is not binary (found S)".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no version
        "00", // an unknown version
        "0102", // an unknown suite
        "0100", // no message id
        "ffffffffffffffff" // nothing of the kind
      })
  void decryptItem_headerMalformed_throws(String hex) {
    assertDecryptFails(
        storedWith(Dbe.HEADER_ATTRIBUTE, binary(hex)),
        MalformedItemException.class,
        FailureReason.HEADER_MALFORMED,
        "Attribute 'aws_dbe_head' of table 'T' ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 48, 103, 150, 152, 199})
  void decryptItem_footerOfAnotherLength_throws(int bytes) {
    assertDecryptFails(
        storedWith(Dbe.FOOTER_ATTRIBUTE, binary("00".repeat(bytes))),
        MalformedItemException.class,
        FailureReason.FOOTER_MALFORMED,
        "one tag for each encrypted data key");
  }

  @Test
  void decryptItem_formatNotRead_throwsForbiddenNamingIt() {
    assertDecryptFails(
        itemWith("*amzn-ddb-map-sig*", binary("01")),
        ForbiddenItemException.class,
        FailureReason.FORMAT_NOT_READ,
        "is in the format DDBEC, which this table does not read");
  }

  private static FailureReason reasonOf(String name) {
    return name.equals(Dbe.HEADER_ATTRIBUTE)
        ? FailureReason.HEADER_MALFORMED
        : FailureReason.FOOTER_MALFORMED;
  }
}
