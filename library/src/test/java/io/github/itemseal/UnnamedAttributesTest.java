package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attributes without an action: protected, signed, passed or refused, as the actions say. */
class UnnamedAttributesTest {
  private static final Ddbec DDBEC =
      Ddbec.using(
          StaticMaterialsProvider.builder()
              .encryptionKey(TestKeys.aes(128))
              .signingKeys(SigningKeys.mac(TestKeys.hmac()))
              .build());
  private static final AttributeValue VALUE = AttributeValue.fromS("value");

  private static ItemEncryptor encryptor(AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(actions.with("ssn", CryptoAction.ENCRYPT_AND_SIGN))
            .writes(DDBEC)
            .reads(DDBEC, Plaintext.readable())
            .build());
  }

  private static Map<String, AttributeValue> item(String... names) {
    Map<String, AttributeValue> item = new HashMap<>(Map.of("pk", VALUE, "ssn", VALUE));
    for (String name : names) {
      item.put(name, VALUE);
    }
    return item;
  }

  private static void assertRefused(Runnable work, String names) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.ATTRIBUTE_NOT_NAMED))
        .hasMessage(
            "The item of table 'T' has attributes that the table's actions do not name, and must"
                + " not have: "
                + names
                + ".");
  }

  @Test
  void namedOnly_itemWithNamedAttributesAndKeys_roundTrips() {
    ItemEncryptor encryptor = encryptor(AttributeActions.namedOnly());
    assertThat(encryptor.decryptItem(encryptor.encryptItem(item()))).isEqualTo(item());
    assertThat(encryptor.decryptItem(item())).isEqualTo(item()); // plaintext
  }

  @Test
  void namedOnly_encryptItemWithMore_throwsNamingThem() {
    ItemEncryptor encryptor = encryptor(AttributeActions.namedOnly());
    assertRefused(() -> encryptor.encryptItem(item("b", "a")), "'a', 'b'");
    assertRefused(
        () -> encryptor.encryptItem(item("g", "f", "e", "d", "c", "b", "a")),
        "'a', 'b', 'c', 'd', 'e' and 2 more");
  }

  @Test
  void namedOnly_decryptItemWithMore_throwsNamingThem() {
    ItemEncryptor encryptor = encryptor(AttributeActions.namedOnly());
    Map<String, AttributeValue> stored =
        encryptor(AttributeActions.withDefault(CryptoAction.SIGN_ONLY)).encryptItem(item("a"));
    assertRefused(() -> encryptor.decryptItem(stored), "'a'");
    assertRefused(() -> encryptor.decryptItem(item("a")), "'a'"); // plaintext
  }

  @Test
  void doNothingByDefault_attributeOfAnotherWriter_passes() {
    // The old Java client's mapper writes modelled attributes only, and ignores others on reading.
    ItemEncryptor encryptor = encryptor(AttributeActions.withDefault(CryptoAction.DO_NOTHING));
    Map<String, AttributeValue> stored = new HashMap<>(encryptor.encryptItem(item()));
    stored.put("added", VALUE);
    assertThat(encryptor.decryptItem(stored)).isEqualTo(item("added"));
  }

  @Test
  void signOnlyOrEncryptByDefault_attributeOfAnotherWriter_isNoticed() {
    for (AttributeActions actions :
        new AttributeActions[] {
          AttributeActions.withDefault(CryptoAction.SIGN_ONLY), AttributeActions.encryptAndSign()
        }) {
      ItemEncryptor encryptor = encryptor(actions);
      Map<String, AttributeValue> stored = new HashMap<>(encryptor.encryptItem(item()));
      stored.put("added", stored.get("ssn"));
      assertThatThrownBy(() -> encryptor.decryptItem(stored))
          .isInstanceOf(ItemAuthenticationException.class)
          .hasMessageContaining("failed authentication");
    }
  }
}
