package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.SymmetricStaticProvider;
import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.RandomItems;
import io.github.itemseal.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every way in which the Python and the Java client are known to disagree, with the smallest item
 * that shows it: neither reads the other's, this library reads both.
 */
class PythonDisagreementTest {
  private static final PythonProvider KEYS = PythonProvider.ofStaticKeys();
  private static final AttributeActions SIGNED =
      Tables.itemseal(KEYS.ours(), AttributeActions.withDefault(CryptoAction.SIGN_ONLY)).actions();
  private static final AttributeActions ENCRYPTED =
      Tables.itemseal(KEYS.ours(), AttributeActions.encryptAndSign()).actions();

  private static final String DIGITS_38 = "12345678901234567890123456789012345678";
  private static final String DIGITS_28_OF_38 = "12345678901234567890123456790000000000";
  private static final String DIGITS_39 = DIGITS_38 + "9";

  private static PythonClient python;

  @BeforeAll
  static void startPython() {
    python = PythonClient.start();
    python.provider(KEYS.name(), KEYS.settings());
  }

  @AfterAll
  static void stopPython() {
    if (python != null) {
      python.close();
    }
  }

  @Test
  void signedNames_privateUseAndAstral_bothSidesItemsAreRead() {
    assertItemsealAloneReadsBoth(
        PythonDisagreement.ATTRIBUTE_NAME_ORDER,
        item(
            Map.of(
                "\uE000", AttributeValue.fromS("1"), "\uD800\uDC00", AttributeValue.fromS("2"))));
  }

  @Test
  void signedMap_privateUseAndAstralKeys_bothSidesItemsAreRead() {
    assertItemsealAloneReadsBoth(
        PythonDisagreement.MAP_KEY_ORDER,
        item(
            AttributeValue.fromM(
                Map.of(
                    "\uFFFD", AttributeValue.fromS("1"),
                    "\uD83D\uDE00", AttributeValue.fromS("2")))));
  }

  @Test
  void signedStringSet_privateUseAndAstral_bothSidesItemsAreRead() {
    assertItemsealAloneReadsBoth(
        PythonDisagreement.STRING_SET_ORDER,
        item(AttributeValue.fromSs(List.of("\uE000", "\uD800\uDC00"))));
  }

  @Test
  void signedBinarySet_highBytes_bothSidesItemsAreRead() {
    assertItemsealAloneReadsBoth(
        PythonDisagreement.BINARY_SET_ORDER,
        item(AttributeValue.fromBs(List.of(bytes(0x01), bytes(0x80)))));
  }

  @Test
  void signedNumber_38Digits_bothSidesItemsAreReadWithEveryDigit() {
    assertItemsealAloneReadsBoth(
        PythonDisagreement.NUMBER_ROUNDED, item(AttributeValue.fromN(DIGITS_38)));
  }

  @Test
  void signedNumber_minusZero_bothSidesItemsAreRead() {
    assertItemsealAloneReadsBoth(PythonDisagreement.MINUS_ZERO, item(AttributeValue.fromN("-0")));
  }

  @Test
  void encryptedNumber_38Digits_pythonRoundsWritingAndReadingAndItemsealDoesNot() {
    Map<String, AttributeValue> item = item(AttributeValue.fromN(DIGITS_38));
    Map<String, AttributeValue> rounded = item(AttributeValue.fromN(DIGITS_28_OF_38));
    ItemEncryptor itemseal = Tables.itemseal(KEYS.ours(), ENCRYPTED);

    assertThat(itemseal.decryptItem(python.encryptItem(KEYS.table(), ENCRYPTED, item)))
        .isEqualTo(rounded);
    assertThat(python.decryptItem(KEYS.table(), ENCRYPTED, itemseal.encryptItem(item)))
        .isEqualTo(rounded);
    assertThat(itemseal.decryptItem(oldClient(Tables.NAME).encryptItem(item, ENCRYPTED)))
        .isEqualTo(item);
    assertThat(itemseal.decryptItem(itemseal.encryptItem(item))).isEqualTo(item);
  }

  @Test
  void encryptedNumber_minusZero_pythonKeepsTheMinusAndItemsealReadsIt() {
    Map<String, AttributeValue> item = item(AttributeValue.fromN("-0"));
    ItemEncryptor itemseal = Tables.itemseal(KEYS.ours(), ENCRYPTED);

    assertThat(itemseal.decryptItem(python.encryptItem(KEYS.table(), ENCRYPTED, item)))
        .isEqualTo(item);
    assertThat(itemseal.decryptItem(oldClient(Tables.NAME).encryptItem(item, ENCRYPTED)))
        .isEqualTo(item(AttributeValue.fromN("0")));
    assertThat(python.decryptItem(KEYS.table(), ENCRYPTED, itemseal.encryptItem(item)))
        .isEqualTo(item(AttributeValue.fromN("0")));
  }

  @Test
  void number_39Digits_pythonRefusesToWriteItAndItemsealReadsTheJavaClients() {
    Map<String, AttributeValue> item = item(AttributeValue.fromN(DIGITS_39));
    for (AttributeActions actions : List.of(SIGNED, ENCRYPTED)) {
      Map<String, AttributeValue> old = oldClient(Tables.NAME).encryptItem(item, actions);

      assertPythonRefuses(
          PythonDisagreement.NUMBER_TOO_LONG,
          () -> python.encryptItem(KEYS.table(), actions, item));
      assertThat(Tables.itemseal(KEYS.ours(), actions).decryptItem(old)).isEqualTo(item);
    }
  }

  @Test
  void number_39Digits_pythonRefusesASignedOneAndRoundsAnEncryptedOne() {
    Map<String, AttributeValue> item = item(AttributeValue.fromN(DIGITS_39));
    OldClient java = oldClient(Tables.NAME);
    Map<String, AttributeValue> signed = java.encryptItem(item, SIGNED);
    Map<String, AttributeValue> encrypted = java.encryptItem(item, ENCRYPTED);

    assertThat(PythonDisagreement.of(item, SIGNED))
        .containsExactly(PythonDisagreement.NUMBER_TOO_LONG);
    assertPythonRefuses(
        PythonDisagreement.NUMBER_TOO_LONG, () -> python.decryptItem(KEYS.table(), SIGNED, signed));
    assertThat(python.decryptItem(KEYS.table(), ENCRYPTED, encrypted))
        .isEqualTo(item(AttributeValue.fromN(DIGITS_28_OF_38 + "0")));
  }

  @Test
  void noTable_eachSignsItsOwnWordForIt_bothSidesItemsAreReadUnderThatWord() {
    Map<String, AttributeValue> item = item(AttributeValue.fromS("a"));
    PythonClient.Table noTable =
        new PythonClient.Table(KEYS.name(), null, RandomItems.PARTITION_KEY, RandomItems.SORT_KEY);
    OldClient oldNoTable = oldClient(null);
    Map<String, AttributeValue> ofPython = python.encryptItem(noTable, SIGNED, item);
    Map<String, AttributeValue> ofJava = oldNoTable.encryptItem(item, SIGNED);

    assertPythonRefuses(
        PythonDisagreement.ATTRIBUTE_NAME_ORDER, // as any signature that does not fit
        () -> python.decryptItem(noTable, SIGNED, ofJava));
    assertThatThrownBy(() -> oldNoTable.decryptItem(ofPython, SIGNED))
        .isInstanceOf(OldClient.Refused.class)
        .hasMessageContaining("Bad signature");
    assertThat(itemsealOf("None").decryptItem(ofPython)).isEqualTo(item);
    assertThat(itemsealOf("null").decryptItem(ofJava)).isEqualTo(item);
    assertThat(python.decryptItem(noTable, SIGNED, itemsealOf("None").encryptItem(item)))
        .isEqualTo(item);
    assertThat(oldNoTable.decryptItem(itemsealOf("null").encryptItem(item), SIGNED))
        .isEqualTo(item);
  }

  /** Of an item that is signed as it is; that nothing but the cause is at work is checked too. */
  private static void assertItemsealAloneReadsBoth(
      PythonDisagreement cause, Map<String, AttributeValue> item) {
    OldClient old = oldClient(Tables.NAME);
    ItemEncryptor itemseal = Tables.itemseal(KEYS.ours(), SIGNED, true);
    ItemEncryptor strict = Tables.itemseal(KEYS.ours(), SIGNED, false);
    Map<String, AttributeValue> ofPython = python.encryptItem(KEYS.table(), SIGNED, item);
    Map<String, AttributeValue> ofJava = old.encryptItem(item, SIGNED);
    Map<String, AttributeValue> ofItemseal = itemseal.encryptItem(item);

    assertThat(PythonDisagreement.of(item, SIGNED)).containsExactly(cause);
    assertThat(itemseal.decryptItem(ofPython)).isEqualTo(item);
    assertThat(itemseal.decryptItem(ofJava)).isEqualTo(item);
    assertThat(old.decryptItem(ofItemseal, SIGNED)).isEqualTo(item);
    assertThatThrownBy(() -> old.decryptItem(ofPython, SIGNED))
        .isInstanceOf(OldClient.Refused.class)
        .hasMessageContaining("Bad signature");
    assertThatThrownBy(() -> strict.decryptItem(ofPython))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
    for (Map<String, AttributeValue> stored : List.of(ofJava, ofItemseal)) {
      assertPythonRefuses(cause, () -> python.decryptItem(KEYS.table(), SIGNED, stored));
    }
    PythonDisagreement.Repaired repaired = PythonDisagreement.without(Set.of(cause), item, SIGNED);
    assertThat(
            CanonicalItems.of(
                python.decryptItem(
                    KEYS.table(), repaired.actions(), itemseal.encryptItem(repaired.item()))))
        .isEqualTo(CanonicalItems.of(repaired.item()));
  }

  private static void assertPythonRefuses(PythonDisagreement cause, ThrowingCallable call) {
    PythonClient.Refused refusal = catchThrowableOfType(PythonClient.Refused.class, call);
    assertThat(refusal).as("%s must be refused", cause).isNotNull();
    assertThat(cause.isRaisedAs(refusal.type())).as("%s", refusal.getMessage()).isTrue();
  }

  private static OldClient oldClient(@Nullable String table) {
    return new OldClient(
        new SymmetricStaticProvider(TestKeys.aes(256), TestKeys.hmac()),
        table,
        RandomItems.PARTITION_KEY,
        RandomItems.SORT_KEY);
  }

  private static ItemEncryptor itemsealOf(String wordForNoTable) {
    return ItemEncryptor.of(
        TableEncryption.of(
                TableInfo.of(
                    Tables.NAME, TableIndex.of(RandomItems.PARTITION_KEY, RandomItems.SORT_KEY)))
            .actions(SIGNED)
            .writes(Ddbec.using(KEYS.ours()))
            .logicalTableName(wordForNoTable)
            .build());
  }

  private static Map<String, AttributeValue> item(AttributeValue value) {
    return item(Map.of("a", value));
  }

  private static Map<String, AttributeValue> item(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(attributes);
    item.put(RandomItems.PARTITION_KEY, AttributeValue.fromS("p"));
    item.put(RandomItems.SORT_KEY, AttributeValue.fromN("1"));
    return item;
  }

  private static SdkBytes bytes(int single) {
    return SdkBytes.fromByteArray(new byte[] {(byte) single});
  }
}
