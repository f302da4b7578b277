package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Old DDBEC items that were written under other actions than a table writes its DBE items with. */
class DdbecReadActionsTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "pk", AttributeValue.fromS("p"),
          "a", AttributeValue.fromS("x"),
          "b", AttributeValue.fromS("y"));
  private static final AttributeActions OLD =
      AttributeActions.withDefault(CryptoAction.SIGN_ONLY).with("a", CryptoAction.ENCRYPT_AND_SIGN);
  private static final Ddbec DDBEC =
      Ddbec.using(
          StaticMaterialsProvider.builder()
              .encryptionKey(TestKeys.aes(128))
              .signingKeys(SigningKeys.mac(TestKeys.hmac()))
              .build());
  private static final Dbe DBE = Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)));

  private static Map<String, AttributeValue> oldItem() {
    return ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
                .actions(OLD)
                .writes(DDBEC)
                .build())
        .encryptItem(ITEM);
  }

  private static ItemEncryptor reader(Ddbec old) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.encryptAndSign())
            .writes(DBE)
            .reads(DBE, old)
            .build());
  }

  @Test
  void decryptItem_oldItemWithItsActions_isRead() {
    ItemEncryptor reader = reader(DDBEC.readActions(OLD));
    assertThat(reader.decryptItem(oldItem())).isEqualTo(ITEM);
    assertThat(reader.decryptItem(reader.encryptItem(ITEM))).isEqualTo(ITEM);
    assertThat(reader.actions().actionFor("b")).isEqualTo(CryptoAction.ENCRYPT_AND_SIGN);
  }

  @Test
  void decryptItem_oldItemWithTheActionsOfNewOnes_isRefused() {
    assertThatThrownBy(() -> reader(DDBEC).decryptItem(oldItem()))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("'b' of table 'T' is encrypted but its value is not binary");
  }

  /**
   * They would take every item, signed or not, and DBE items as well where they are asked first.
   */
  @Test
  void readActions_thatSignNothing_throw() {
    assertThatThrownBy(
            () -> DDBEC.readActions(AttributeActions.withDefault(CryptoAction.DO_NOTHING)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("for unencrypted items say Plaintext.readable()");
  }
}
