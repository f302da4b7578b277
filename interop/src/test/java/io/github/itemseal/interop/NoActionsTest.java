package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where the two sides differ on purpose: items of which nothing is signed. The old client looks at
 * the attributes that are present, this library at the configured actions.
 *
 * <ul>
 *   <li>Every action DO_NOTHING: the old client writes a signature over the table name alone and
 *       does not look at it again; here items pass untouched in both directions.
 *   <li>Some attribute would be signed but none is present: the old client writes such a signature
 *       too and returns any item unverified; here the signature is required and verified.
 * </ul>
 */
class NoActionsTest {
  private static final ProviderPair PAIR = ProviderPair.all().get(0);
  private static final OldClient OLD = Tables.oldClient(PAIR);

  private static final ItemEncryptor NO_ACTIONS =
      Tables.itemseal(PAIR, AttributeActions.withDefault(CryptoAction.DO_NOTHING));
  private static final ItemEncryptor ABSENT_SIGNED =
      Tables.itemseal(
          PAIR,
          AttributeActions.withDefault(CryptoAction.DO_NOTHING)
              .with("absent", CryptoAction.ENCRYPT_AND_SIGN));

  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "pk", AttributeValue.fromS("p"),
          "sk", AttributeValue.fromN("1"),
          "a", AttributeValue.fromS("x"));

  @Test
  void encryptItem_allDoNothing_oldClientSignsAndItemsealPassesThrough() {
    assertThat(OLD.encryptItem(ITEM, NO_ACTIONS.actions()))
        .containsKeys(Ddbec.DESCRIPTION_ATTRIBUTE, Ddbec.SIGNATURE_ATTRIBUTE)
        .containsAllEntriesOf(ITEM);
    assertThat(NO_ACTIONS.encryptItem(ITEM)).isEqualTo(ITEM);
  }

  @Test
  void decryptItem_allDoNothing_bothReturnTheOthersItemUntouched() {
    Map<String, AttributeValue> old = OLD.encryptItem(ITEM, NO_ACTIONS.actions());

    assertThat(NO_ACTIONS.decryptItem(old)).isEqualTo(old);
    assertThat(OLD.decryptItem(old, NO_ACTIONS.actions())).isEqualTo(old);
    assertThat(OLD.decryptItem(NO_ACTIONS.encryptItem(ITEM), NO_ACTIONS.actions())).isEqualTo(ITEM);
  }

  @Test
  void encryptItem_nothingPresentIsSigned_bothWriteTheSameItem() {
    assertThat(ABSENT_SIGNED.encryptItem(ITEM))
        .isEqualTo(OLD.encryptItem(ITEM, ABSENT_SIGNED.actions()));
  }

  @Test
  void decryptItem_nothingPresentIsSigned_itemsealVerifiesAndOldClientDoesNot() {
    Map<String, AttributeValue> stored = OLD.encryptItem(ITEM, ABSENT_SIGNED.actions());
    Map<String, AttributeValue> forged = new LinkedHashMap<>(stored);
    forged.put(Ddbec.SIGNATURE_ATTRIBUTE, stored.get(Ddbec.DESCRIPTION_ATTRIBUTE));

    assertThat(ABSENT_SIGNED.decryptItem(stored)).isEqualTo(ITEM);
    assertThatThrownBy(() -> ABSENT_SIGNED.decryptItem(forged))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
    assertThat(OLD.decryptItem(forged, ABSENT_SIGNED.actions())).isEqualTo(forged);
  }

  @Test
  void decryptItem_plaintextWhereNothingPresentIsSigned_itemsealRefusesAndOldClientDoesNot() {
    assertThatThrownBy(() -> ABSENT_SIGNED.decryptItem(ITEM))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("plaintext");
    assertThat(OLD.decryptItem(ITEM, ABSENT_SIGNED.actions())).isEqualTo(ITEM);
  }
}
