package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items that break a rule, in either format: a typed error naming the attribute, and no value in
 * its text.
 */
abstract class ItemEncryptorBadInputContract {
  static final String SECRET = "secret-value";

  private final ItemEncryptor encryptor =
      ItemEncryptor.of(
          TableEncryption.of(TableInfo.of("T", TableIndex.of("pk", "sk")))
              .actions(
                  AttributeActions.encryptAndSign()
                      .with("signed", CryptoAction.SIGN_ONLY)
                      .with("loose", CryptoAction.DO_NOTHING))
              .writes(format())
              .build());

  /** Which leaves "loose" alone. */
  abstract ItemFormat format();

  static Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS("p"));
    item.put("sk", AttributeValue.fromN("1"));
    item.put("ssn", AttributeValue.fromS(SECRET));
    item.put("signed", AttributeValue.fromS(SECRET));
    return item;
  }

  static Map<String, AttributeValue> itemWith(String name, AttributeValue value) {
    Map<String, AttributeValue> item = item();
    item.put(name, value);
    return item;
  }

  Map<String, AttributeValue> storedWith(String name, AttributeValue value) {
    Map<String, AttributeValue> stored = new HashMap<>(encryptor.encryptItem(item()));
    stored.put(name, value);
    return stored;
  }

  Map<String, AttributeValue> storedWithout(String name) {
    Map<String, AttributeValue> stored = new HashMap<>(encryptor.encryptItem(item()));
    stored.remove(name);
    return stored;
  }

  static AttributeValue binary(String hex) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(HexFormat.of().parseHex(hex)));
  }

  private void assertEncryptFails(
      Map<String, AttributeValue> item, FailureReason reason, String text) {
    Map<String, AttributeValue> before = new HashMap<>(item);
    assertThatThrownBy(() -> encryptor.encryptItem(item))
        .isInstanceOfSatisfying(
            MalformedItemException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.subject().tableName()).contains("T");
            })
        .hasMessageContaining(text)
        .hasMessageNotContaining(SECRET);
    assertThatThrownBy(() -> encryptor.encryptItemAsync(item).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining(text);
    assertThat(item).isEqualTo(before);
  }

  void assertDecryptFails(
      Map<String, AttributeValue> stored,
      Class<? extends ItemsealException> type,
      FailureReason reason,
      String text) {
    Map<String, AttributeValue> before = new HashMap<>(stored);
    assertThatThrownBy(() -> encryptor.decryptItem(stored))
        .isInstanceOf(type)
        .isInstanceOfSatisfying(
            ItemsealException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(text)
        .hasMessageNotContaining(SECRET);
    assertThat(stored).isEqualTo(before);
  }

  // ---- what the caller wants to write ----

  @Test
  void encryptItem_keyMissing_throws() {
    Map<String, AttributeValue> item = item();
    item.remove("sk");
    assertEncryptFails(
        item, FailureReason.KEY_ATTRIBUTE_MISSING, "key attribute 'sk' of table 'T' is missing");
  }

  @Test
  void encryptItem_keyOfWrongType_throws() {
    assertEncryptFails(
        itemWith("pk", AttributeValue.fromBool(true)),
        FailureReason.KEY_ATTRIBUTE_TYPE_INVALID,
        "'pk' of table 'T' must be of type S, N or B (found BOOL)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "NaN"})
  void encryptItem_keyNotANumber_throws(String number) {
    assertEncryptFails(
        itemWith("sk", AttributeValue.fromN(number)),
        FailureReason.NUMBER_INVALID,
        "'sk' of table 'T' is of type N but its text is not a decimal number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*amzn-ddb-map-desc*", "*amzn-ddb-map-sig*", "aws_dbe_head", "aws_dbe_foot"})
  void encryptItem_reservedName_throwsForbidden(String name) {
    assertThatThrownBy(() -> encryptor.encryptItem(itemWith(name, AttributeValue.fromS("x"))))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("'" + name + "' of table 'T' bears a name reserved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssn", "signed", "loose"})
  void encryptItem_valueWithoutOrWithSeveralTypes_throws(String name) {
    String text = "Attribute '" + name + "' of table 'T' has no type, several types";
    assertEncryptFails(
        itemWith(name, AttributeValue.builder().build()), FailureReason.VALUE_TYPE_INVALID, text);
    assertEncryptFails(
        itemWith(name, AttributeValue.builder().s(SECRET).n("1").build()),
        FailureReason.VALUE_TYPE_INVALID,
        text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssn", "signed", "loose"})
  void encryptItem_nullFalse_throws(String name) {
    assertEncryptFails(
        itemWith(name, AttributeValue.fromNul(false)),
        FailureReason.VALUE_TYPE_INVALID,
        "'" + name + "' of table 'T' is of type NULL with the value false");
  }

  @Test
  void encryptItem_javaNulls_throw() {
    assertEncryptFails(itemWith("ssn", null), FailureReason.VALUE_TYPE_INVALID, "Java null");
    assertEncryptFails(
        itemWith(null, AttributeValue.fromS("x")), FailureReason.VALUE_TYPE_INVALID, "Java null");
    AttributeValue list = AttributeValue.fromL(Collections.singletonList(null));
    assertEncryptFails(
        itemWith("ssn", list), FailureReason.VALUE_TYPE_INVALID, "'ssn' of table 'T' holds");
    AttributeValue set = AttributeValue.fromSs(Collections.singletonList(null));
    assertEncryptFails(
        itemWith("signed", set), FailureReason.VALUE_TYPE_INVALID, "'signed' of table 'T' holds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "x\udc00", "\ud800x", "\udc00\ud800"})
  void encryptItem_loneSurrogate_throws(String text) {
    String expected = "holds half of a surrogate pair";
    for (String name : List.of("ssn", "signed", "loose")) {
      assertEncryptFails(
          itemWith(name, AttributeValue.fromS(text)), FailureReason.TEXT_INVALID, expected);
      assertEncryptFails(
          itemWith(name, AttributeValue.fromM(Map.of(text, AttributeValue.fromS("x")))),
          FailureReason.TEXT_INVALID,
          expected);
      assertEncryptFails(
          itemWith(name, AttributeValue.fromSs(List.of(text))),
          FailureReason.TEXT_INVALID,
          expected);
    }
    assertEncryptFails(
        itemWith(text, AttributeValue.fromS("x")), FailureReason.TEXT_INVALID, expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 5", "1_000", "0x10", "NaN", "Infinity", "1E999999999", "1E-999999999"})
  void encryptItem_notANumber_throws(String number) {
    for (String name : List.of("ssn", "signed", "loose")) {
      assertEncryptFails(
          itemWith(name, AttributeValue.fromN(number)),
          FailureReason.NUMBER_INVALID,
          "Attribute '" + name + "' of table 'T' is ");
    }
  }

  @Test
  void encryptItem_numberOfAMillionDigits_throws() {
    assertEncryptFails(
        itemWith("ssn", AttributeValue.fromN("9".repeat(1_000_000))),
        FailureReason.NUMBER_INVALID,
        "more than DynamoDB's 38 significant digits");
  }

  @Test
  void encryptItem_nestedTenThousandDeep_throws() {
    for (String name : List.of("ssn", "signed", "loose")) {
      assertEncryptFailsDeep(name);
    }
  }

  /** Without the checks that would walk the value themselves, like {@code equals}. */
  private void assertEncryptFailsDeep(String name) {
    AttributeValue deep = AttributeValue.fromS("x");
    for (int i = 0; i < 10_000; i++) {
      deep =
          i % 2 == 0
              ? AttributeValue.fromL(List.of(deep))
              : AttributeValue.fromM(Map.of("k", deep));
    }
    Map<String, AttributeValue> item = itemWith(name, deep);
    assertThatThrownBy(() -> encryptor.encryptItem(item))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining(
            "'" + name + "' of table 'T' is nested deeper than DynamoDB's 32 levels");
  }

  @Test
  void encryptItem_emptyCollections_keepTheirType() {
    List<AttributeValue> empties =
        List.of(
            AttributeValue.fromL(List.of()),
            AttributeValue.fromM(Map.of()),
            AttributeValue.fromS(""),
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])));
    for (AttributeValue empty : empties) {
      Map<String, AttributeValue> opened =
          encryptor.decryptItem(encryptor.encryptItem(itemWith("ssn", empty)));
      assertThat(opened.get("ssn")).isEqualTo(empty);
      assertThat(opened.get("ssn").type()).isEqualTo(empty.type());
    }
  }

  @Test
  void encryptItem_callersBytes_areNeitherMovedNorChanged() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});
    buffer.position(1);
    Map<String, AttributeValue> item =
        itemWith("ssn", AttributeValue.fromB(SdkBytes.fromByteBuffer(buffer)));
    Map<String, AttributeValue> opened = encryptor.decryptItem(encryptor.encryptItem(item));
    assertThat(opened.get("ssn").b().asByteArray()).containsExactly(2, 3, 4);
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(buffer.array()).containsExactly(1, 2, 3, 4);
  }

  // ---- what comes back from the table ----

  @Test
  void decryptItem_javaNulls_throw() {
    Map<String, AttributeValue> nullName = storedWith("x", AttributeValue.fromS("x"));
    nullName.put(null, AttributeValue.fromS("x"));
    for (Map<String, AttributeValue> stored : List.of(nullName, storedWith("ssn", null))) {
      assertThatThrownBy(() -> encryptor.decryptItem(stored))
          .isInstanceOf(MalformedItemException.class)
          .hasMessageContaining("Java null");
    }
  }

  @Test
  void decryptItem_encryptedAttributeNotBinary_throws() {
    assertDecryptFails(
        storedWith("ssn", AttributeValue.fromS(SECRET)),
        MalformedItemException.class,
        FailureReason.ENCRYPTED_ATTRIBUTE_NOT_BINARY,
        "'ssn' of table 'T' is encrypted but its value is not binary (found S)");
  }

  @Test
  void decryptItem_plaintextItem_throwsForbidden() {
    assertDecryptFails(
        item(),
        ForbiddenItemException.class,
        FailureReason.PLAINTEXT_FORBIDDEN,
        "item of table 'T' is plaintext, without a signature");
  }

  @Test
  void decryptItem_keyMissing_throws() {
    assertDecryptFails(
        storedWithout("pk"),
        MalformedItemException.class,
        FailureReason.KEY_ATTRIBUTE_MISSING,
        "key attribute 'pk' of table 'T' is missing");
  }

  @Test
  void decryptItem_signedValueWithoutType_throws() {
    assertDecryptFails(
        storedWith("signed", AttributeValue.builder().build()),
        MalformedItemException.class,
        FailureReason.VALUE_TYPE_INVALID,
        "'signed' of table 'T' has no type");
  }
}
