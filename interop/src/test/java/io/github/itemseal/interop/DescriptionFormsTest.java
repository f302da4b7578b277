package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.EncryptionMaterialsProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.WrappedMaterialsProvider;
import io.github.itemseal.AttributeActions;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.testing.Descriptions;
import io.github.itemseal.testing.TestKeys;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a wrapped item may say of its content key, as the old client writes and reads it. */
class DescriptionFormsTest {
  private static final String CONTENT_KEY_ALGORITHM = "amzn-ddb-env-alg";
  private static final String WRAP_ALGORITHM = "amzn-ddb-wrap-alg";

  private static final KeyPair RSA = TestKeys.rsa();
  private static final AttributeActions ACTIONS =
      AttributeActions.encryptAndSign().withIndexKeys("pk", "sk");
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "pk", AttributeValue.fromS("p"),
          "sk", AttributeValue.fromN("1"),
          "a", AttributeValue.fromS("secret"));

  @ParameterizedTest
  @ValueSource(strings = {"AES", "AES/128", "AES/192", "AES/256"})
  void decryptItem_contentKeyAlgorithmBareOrWithBits_bothRead(String asked) {
    OldClient old = oldAes(Map.of(CONTENT_KEY_ALGORITHM, asked));
    Map<String, AttributeValue> stored = old.encryptItem(ITEM, ACTIONS);

    assertThat(Descriptions.of(stored)).containsEntry(CONTENT_KEY_ALGORITHM, "AES");
    assertThat(aes().decryptItem(stored)).isEqualTo(ITEM);

    if (!asked.equals("AES")) { // the form of the Python client; bare AES gives 128 bits
      Map<String, AttributeValue> python = Descriptions.with(stored, CONTENT_KEY_ALGORITHM, asked);
      assertThat(aes().decryptItem(python)).isEqualTo(ITEM);
      assertThat(old.decryptItem(python, ACTIONS)).isEqualTo(ITEM);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",
        "RSA/ECB/OAEPWithSHA1AndMGF1Padding",
        "RSA/ECB/OAEPPadding",
        "RSA/ECB/OAEPWithSHA-224AndMGF1Padding",
        "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
        "RSA/ECB/OAEPWithSHA-384AndMGF1Padding",
        "RSA/ECB/OAEPWithSHA-512AndMGF1Padding",
        "rsa/ecb/oaepwithsha-256andmgf1padding"
      })
  void decryptItem_oaepName_isReadAsTheOldClientMeantIt(String wrapAlgorithm) {
    Map<String, AttributeValue> stored =
        oldRsa(Map.of(WRAP_ALGORITHM, wrapAlgorithm)).encryptItem(ITEM, ACTIONS);

    assertThat(Descriptions.of(stored)).containsEntry(WRAP_ALGORITHM, wrapAlgorithm);
    assertThat(rsa(false).decryptItem(stored)).isEqualTo(ITEM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA/ECB/PKCS1Padding", "RSA"})
  void decryptItem_pkcs1V15_isReadOnlyWhereAllowed(String wrapAlgorithm) {
    Map<String, AttributeValue> stored =
        oldRsa(Map.of(WRAP_ALGORITHM, wrapAlgorithm)).encryptItem(ITEM, ACTIONS);

    assertThat(rsa(true).decryptItem(stored)).isEqualTo(ITEM);
    assertThatThrownBy(() -> rsa(false).decryptItem(stored))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("readsPkcs1V15(true)");
  }

  @Test
  void decryptItem_rsaWithoutWrapAlgorithm_isPkcs1V15() {
    OldClient old = oldRsa(Map.of(WRAP_ALGORITHM, "RSA/ECB/PKCS1Padding"));
    Map<String, AttributeValue> stored =
        Descriptions.without(old.encryptItem(ITEM, ACTIONS), WRAP_ALGORITHM);

    assertThat(old.decryptItem(stored, ACTIONS)).isEqualTo(ITEM);
    assertThat(rsa(true).decryptItem(stored)).isEqualTo(ITEM);
    assertThatThrownBy(() -> rsa(false).decryptItem(stored))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("readsPkcs1V15(true)");
  }

  /** What does not open as PKCS #1 v1.5 gives a random key, under which some padding may fit. */
  @Test
  void decryptItem_oaepItemWithoutWrapAlgorithm_isRefusedByBoth() {
    OldClient old = oldRsa(Map.of());
    Map<String, AttributeValue> stored =
        Descriptions.without(old.encryptItem(ITEM, ACTIONS), WRAP_ALGORITHM);

    assertThatThrownBy(() -> old.decryptItem(stored, ACTIONS)).isNotNull();
    assertThatThrownBy(() -> rsa(true).decryptItem(stored))
        .isInstanceOf(ItemsealException.class)
        .extracting(e -> ((ItemsealException) e).reason())
        .isIn(FailureReason.NOT_AUTHENTIC, FailureReason.ENCRYPTED_VALUE_MALFORMED);
  }

  @Test
  void decryptItem_descriptionInAnyOrderWithUnknownEntries_bothRead() {
    OldClient old = oldAes(Map.of());
    Map<String, AttributeValue> stored = aes().encryptItem(ITEM);
    Map<String, String> entries = Descriptions.of(stored);
    Map<String, String> reversed = new LinkedHashMap<>();
    reversed.put("zz unknown", "😀");
    entries.keySet().stream()
        .sorted((a, b) -> b.compareTo(a))
        .forEach(name -> reversed.put(name, entries.get(name)));
    reversed.put("", "");
    Map<String, AttributeValue> shuffled = Descriptions.replaced(stored, reversed);

    assertThat(aes().decryptItem(shuffled)).isEqualTo(ITEM);
    assertThat(old.decryptItem(shuffled, ACTIONS)).isEqualTo(ITEM);
  }

  private static OldClient oldAes(Map<String, String> description) {
    return old(
        new WrappedMaterialsProvider(
            TestKeys.aes(256), TestKeys.aes(256), TestKeys.hmac(), description));
  }

  private static OldClient oldRsa(Map<String, String> description) {
    return old(
        new WrappedMaterialsProvider(
            RSA.getPublic(), RSA.getPrivate(), TestKeys.hmac(), description));
  }

  private static OldClient old(EncryptionMaterialsProvider provider) {
    return new OldClient(provider, Tables.NAME, "pk", "sk");
  }

  private static ItemEncryptor aes() {
    return Tables.itemseal(
        io.github.itemseal.materials.WrappedMaterialsProvider.builder()
            .wrappingKey(TestKeys.aes(256))
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build(),
        ACTIONS);
  }

  private static ItemEncryptor rsa(boolean readsPkcs1V15) {
    return Tables.itemseal(
        io.github.itemseal.materials.WrappedMaterialsProvider.builder()
            .wrappingKeyPair(RSA)
            .readsPkcs1V15(readsPkcs1V15)
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build(),
        ACTIONS);
  }
}
