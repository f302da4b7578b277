package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.TestKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The same for DBE, and what only its header and footer can have wrong. */
class DbeBadInputTest extends ItemEncryptorBadInputContract {
  @Override
  ItemFormat format() {
    return Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256))).unsignedAttributes("loose");
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

  /** A beacon, or the tag of a version, is all that is left of the format. */
  @ParameterizedTest
  @ValueSource(strings = {"aws_dbe_v_1", "aws_dbe_b_ssn"})
  void decryptItem_headerAndFooterTakenAway_throwsForbiddenSayingSo(String name) {
    assertDecryptFails(
        itemWith(name, AttributeValue.fromS(SECRET)),
        ForbiddenItemException.class,
        FailureReason.FORMAT_NOT_READ,
        "has attributes of the format DBE, but neither its header nor its footer");
  }

  static Stream<Arguments> unfitForTheContext() {
    return Stream.of(
        Arguments.of(AttributeValue.fromN(SECRET), FailureReason.NUMBER_INVALID, "is of type N"),
        Arguments.of(
            AttributeValue.fromS("\uD800" + SECRET),
            FailureReason.TEXT_INVALID,
            "half of a surrogate pair"),
        Arguments.of(
            AttributeValue.fromSs(List.of(SECRET, SECRET)),
            FailureReason.SET_INVALID,
            "a member given twice"),
        Arguments.of(
            AttributeValue.fromS(SECRET.repeat(5_462)), // 65,544 bytes
            FailureReason.CONTEXT_TOO_LARGE,
            "takes 65544 bytes in the encryption context, more than 65535"),
        Arguments.of(
            AttributeValue.fromB(
                SdkBytes.fromByteArray(new byte[49_150])), // a third more in Base64
            FailureReason.CONTEXT_TOO_LARGE,
            "takes 65536 bytes in the encryption context"));
  }

  @ParameterizedTest
  @MethodSource("unfitForTheContext")
  void attributeUnfitForTheContext_writtenOrRead_throwsNamingIt(
      AttributeValue value, FailureReason reason, String text) {
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("T", TableIndex.of("pk", "sk")))
                .actions(
                    AttributeActions.encryptAndSign()
                        .with("tenant", CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT))
                .writes(Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256))))
                .build());
    Map<String, AttributeValue> stored =
        new HashMap<>(encryptor.encryptItem(itemWith("tenant", AttributeValue.fromS("t"))));
    stored.put("tenant", value);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> encryptor.encryptItem(itemWith("tenant", value)),
            () -> encryptor.decryptItem(stored))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              MalformedItemException.class, e -> assertThat(e.reason()).isEqualTo(reason))
          .hasMessageContaining("Attribute 'tenant' of table 'T' ")
          .hasMessageContaining(text)
          .hasMessageNotContaining(SECRET);
    }
  }

  private static FailureReason reasonOf(String name) {
    return name.equals(Dbe.HEADER_ATTRIBUTE)
        ? FailureReason.HEADER_MALFORMED
        : FailureReason.FOOTER_MALFORMED;
  }
}
