package io.github.itemseal;

import static io.github.itemseal.AttackTarget.assertNotAuthentic;
import static io.github.itemseal.AttackTarget.assertRefused;
import static io.github.itemseal.CryptoAction.ENCRYPT_AND_SIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.Descriptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whole attributes of items of either format moved, renamed, retyped, added and dropped by whoever
 * can write to the table.
 */
class TamperedItemTest {
  static List<AttackTarget> targets() {
    return AttackTarget.all();
  }

  static List<AttackTarget> ddbecEncrypting() {
    return AttackTarget.ddbec().stream().filter(AttackTarget::encrypts).toList();
  }

  static List<AttackTarget> dbe() {
    return AttackTarget.dbe();
  }

  static List<AttackTarget> encrypting() {
    return AttackTarget.encrypting();
  }

  static List<AttackTarget> wrapped() {
    return AttackTarget.wrapped();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_unsignedAttributeChanged_isNotNoticed(AttackTarget target) {
    Map<String, AttributeValue> attacked = put(target.stored(), "n", AttributeValue.fromS("other"));

    assertThat(target.encryptor().decryptItem(attacked))
        .isEqualTo(put(AttackTarget.plaintext(), "n", AttributeValue.fromS("other")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("encrypting")
  void decryptItem_encryptedValuesSwapped_throwsAuthentication(AttackTarget target) {
    Map<String, AttributeValue> stored = target.stored();
    Map<String, AttributeValue> attacked =
        put(put(stored, "eS", stored.get("eN")), "eN", stored.get("eS"));

    refused(target, attacked);
  }

  /** In a DBE item the order of names says which is encrypted. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_signedAttributeRenamed_isRefused(AttackTarget target) {
    for (String name : List.of("eS", "eN", "sS", "sMap")) {
      Map<String, AttributeValue> attacked = new LinkedHashMap<>(target.stored());
      AttributeValue value = attacked.remove(name);
      attacked.put(name.equals("eS") ? "absent" : name + "2", value);

      assertRefused(
          name,
          () -> target.encryptor().decryptItem(attacked),
          Set.of(FailureReason.NOT_AUTHENTIC, FailureReason.ENCRYPTED_ATTRIBUTE_NOT_BINARY));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_signedAttributeRetyped_throwsAuthentication(AttackTarget target) {
    SdkBytes one = SdkBytes.fromUtf8String("1");
    for (AttributeValue other :
        List.of(
            AttributeValue.fromN("1"),
            AttributeValue.fromB(one),
            AttributeValue.fromBool(true),
            AttributeValue.fromNul(true),
            AttributeValue.fromSs(List.of("1")),
            AttributeValue.fromNs(List.of("1")),
            AttributeValue.fromBs(List.of(one)),
            AttributeValue.fromL(List.of(AttributeValue.fromS("1"))),
            AttributeValue.fromM(Map.of()))) {
      refused(target, put(target.stored(), "sS", other));
    }
    refused(target, put(target.stored(), "pk", AttributeValue.fromB(one)));
    refused(target, put(target.stored(), "sk", AttributeValue.fromS("-12.5")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("encrypting")
  void decryptItem_encryptedAttributeRetyped_throwsMalformed(AttackTarget target) {
    Map<String, AttributeValue> attacked =
        put(target.stored(), "eS", AttributeValue.fromS("plain"));

    assertThatThrownBy(() -> target.encryptor().decryptItem(attacked))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("'eS' of table 'T' is encrypted")
        .hasMessageContaining("found S");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_signedAttributeAdded_throwsAuthentication(AttackTarget target) {
    Map<String, AttributeValue> stored = target.stored();

    refused(target, put(stored, "new", AttributeValue.fromS("1")));
    refused(target, put(stored, "", AttributeValue.fromNul(true)));
    refused(target, put(stored, "absent", stored.get(target.signatureAttribute())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_signedAttributeDropped_throwsAuthentication(AttackTarget target) {
    for (String name : AttackTarget.plaintext().keySet()) {
      if (List.of("pk", "sk", "n").contains(name)) {
        continue; // keys cannot be missing, n is not signed
      }
      Map<String, AttributeValue> attacked = new LinkedHashMap<>(target.stored());
      attacked.remove(name);

      refused(target, attacked);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_underAnotherTableName_throwsAuthentication(AttackTarget target) {
    ItemEncryptor other = target.encryptor("Other", target.actions());

    assertThatThrownBy(() -> other.decryptItem(target.stored()))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessage(AttackTarget.MESSAGE.replace("'T'", "'Other'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ddbecEncrypting")
  void decryptItem_underOtherActions_throwsAuthentication(AttackTarget target) {
    AttributeActions actions = target.actions();
    for (AttributeActions other :
        List.of(
            actions.with("eS", CryptoAction.SIGN_ONLY),
            actions.with("eS", CryptoAction.DO_NOTHING),
            actions.with("sB", CryptoAction.ENCRYPT_AND_SIGN),
            actions.with("sS", CryptoAction.DO_NOTHING),
            actions.with("n", CryptoAction.SIGN_ONLY))) {
      ItemEncryptor encryptor = target.encryptor(AttackTarget.TABLE, other);

      assertNotAuthentic(other.toString(), () -> encryptor.decryptItem(target.stored()));
    }
  }

  /** The header of a DBE item says what is encrypted; the reader, what is signed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dbe")
  void decryptItem_underOtherActionsThatSignTheSame_isRead(AttackTarget target) {
    AttributeActions actions =
        target.actions().with("eS", target.actions().defaultAction()).with("sB", ENCRYPT_AND_SIGN);

    assertThat(target.encryptor(AttackTarget.TABLE, actions).decryptItem(target.stored()))
        .isEqualTo(AttackTarget.plaintext());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_signatureOfAnotherItem_throwsAuthentication(AttackTarget target) {
    Map<String, AttributeValue> other =
        target
            .encryptor()
            .encryptItem(put(AttackTarget.plaintext(), "sS", AttributeValue.fromS("2")));

    refused(
        target,
        put(target.stored(), target.signatureAttribute(), other.get(target.signatureAttribute())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_signatureCutOrExtended_isRefused(AttackTarget target) {
    Map<String, AttributeValue> stored = target.stored();
    byte[] signature = stored.get(target.signatureAttribute()).b().asByteArray();
    for (int length = 0; length <= signature.length + 2; length++) {
      if (length != signature.length) {
        SdkBytes other = SdkBytes.fromByteArray(Arrays.copyOf(signature, length));
        assertRefused(
            "length " + length,
            () ->
                target
                    .encryptor()
                    .decryptItem(
                        put(stored, target.signatureAttribute(), AttributeValue.fromB(other))),
            Set.of(FailureReason.NOT_AUTHENTIC, FailureReason.FOOTER_MALFORMED));
      }
    }
  }

  /**
   * The content key of another item is a good key, but not this item's. By chance, one time in 256,
   * the padding fits all the same, and what it decrypts to is no value.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("wrapped")
  void decryptItem_contentKeyOfAnotherItem_isRefused(AttackTarget target) {
    for (int i = 0; i < 20; i++) {
      String otherKey = Descriptions.of(target.stored()).get("amzn-ddb-env-key");
      Map<String, AttributeValue> attacked =
          Descriptions.with(target.stored(), "amzn-ddb-env-key", otherKey);

      assertThatThrownBy(() -> target.encryptor().decryptItem(attacked))
          .isInstanceOf(ItemsealException.class)
          .extracting(e -> ((ItemsealException) e).reason())
          .isIn(FailureReason.NOT_AUTHENTIC, FailureReason.ENCRYPTED_VALUE_MALFORMED);
    }
  }

  private static void refused(AttackTarget target, Map<String, AttributeValue> attacked) {
    assertNotAuthentic(
        attacked.keySet().toString(), () -> target.encryptor().decryptItem(attacked));
  }

  private static Map<String, AttributeValue> put(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
    changed.put(name, value);
    return changed;
  }
}
