package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What reading Python's signatures costs: docs/decisions/0004. */
class DdbecPythonDialectTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("u1"), "price", AttributeValue.fromN("1"));

  @Test
  void decryptItem_signedNumberChangedBehind28Digits_isAcceptedWithPythonDialect() {
    Map<String, AttributeValue> changed = withPrice("1.00000000000000000000000000001");
    assertThat(encryptor(true).decryptItem(changed)).containsEntry("price", changed.get("price"));
  }

  @Test
  void decryptItem_signedNumberChangedBehind28Digits_isRefusedWithoutPythonDialect() {
    assertRefused(encryptor(false), "1.00000000000000000000000000001");
  }

  @Test
  void decryptItem_signedNumberChangedWithin28Digits_isRefused() {
    assertRefused(encryptor(true), "1.000000000000000000000000001");
  }

  private static void assertRefused(ItemEncryptor encryptor, String price) {
    assertThatThrownBy(() -> encryptor.decryptItem(withPrice(price)))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  private static Map<String, AttributeValue> withPrice(String price) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(encryptor(true).encryptItem(ITEM));
    changed.put("price", AttributeValue.fromN(price));
    return changed;
  }

  private static ItemEncryptor encryptor(boolean readsPythonDialect) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("id")))
            .actions(AttributeActions.withDefault(CryptoAction.SIGN_ONLY))
            .writes(
                Ddbec.using(
                        StaticMaterialsProvider.builder()
                            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                            .build())
                    .readsPythonDialect(readsPythonDialect))
            .build());
  }
}
