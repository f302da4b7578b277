package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that the old client writes and this library refuses: in each the old one loses data. */
class StricterThanOldClientTest {
  private static final ProviderPair PAIR = ProviderPair.signOnly();
  private static final OldClient OLD = Tables.oldClient(PAIR);
  private static final ItemEncryptor ITEMSEAL =
      Tables.itemseal(PAIR, AttributeActions.withDefault(CryptoAction.SIGN_ONLY));

  @Test
  void encryptItem_halfASurrogatePair_oldClientSignsAQuestionMarkAndItemsealRefuses() {
    Map<String, AttributeValue> broken = item("a", AttributeValue.fromS("\uD800"));
    Map<String, AttributeValue> stored = OLD.encryptItem(broken, ITEMSEAL.actions());
    Map<String, AttributeValue> other = new LinkedHashMap<>(stored);
    other.put("a", AttributeValue.fromS("?"));

    assertThat(OLD.decryptItem(other, ITEMSEAL.actions())).containsAllEntriesOf(item("a", s("?")));
    assertRefused(broken, MalformedItemException.class, FailureReason.TEXT_INVALID);
    assertThatThrownBy(() -> ITEMSEAL.decryptItem(stored))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("half of a surrogate pair");
  }

  @Test
  void encryptItem_reservedName_oldClientOverwritesItAndItemsealRefuses() {
    Map<String, AttributeValue> item = item("*amzn-ddb-map-sig*", s("mine"));

    assertThat(OLD.decryptItem(OLD.encryptItem(item, ITEMSEAL.actions()), ITEMSEAL.actions()))
        .doesNotContainKey("*amzn-ddb-map-sig*");
    assertRefused(item, ForbiddenItemException.class, FailureReason.ATTRIBUTE_NAME_RESERVED);
  }

  @Test
  void encryptItem_keyMissing_oldClientSignsAndItemsealRefuses() {
    Map<String, AttributeValue> item = Map.of("pk", s("p"));

    assertThat(OLD.encryptItem(item, ITEMSEAL.actions())).containsKey("*amzn-ddb-map-sig*");
    assertRefused(item, MalformedItemException.class, FailureReason.KEY_ATTRIBUTE_MISSING);
  }

  @Test
  void encryptItem_nullThatIsFalse_bothRefuse() {
    Map<String, AttributeValue> item = item("a", AttributeValue.fromNul(false));

    assertThatThrownBy(() -> OLD.encryptItem(item, ITEMSEAL.actions()))
        .isInstanceOf(IllegalArgumentException.class);
    assertRefused(item, MalformedItemException.class, FailureReason.VALUE_TYPE_INVALID);
  }

  @Test
  void encryptItem_notANumber_bothRefuse() {
    Map<String, AttributeValue> item = item("a", AttributeValue.fromN("1_000"));

    assertThatThrownBy(() -> OLD.encryptItem(item, ITEMSEAL.actions()))
        .isInstanceOf(NumberFormatException.class);
    assertRefused(item, MalformedItemException.class, FailureReason.NUMBER_INVALID);
  }

  private static void assertRefused(
      Map<String, AttributeValue> item,
      Class<? extends ItemsealException> type,
      FailureReason reason) {
    assertThatThrownBy(() -> ITEMSEAL.encryptItem(item))
        .isInstanceOf(type)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(reason);
  }

  private static Map<String, AttributeValue> item(String name, AttributeValue value) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", s("p"));
    item.put("sk", AttributeValue.fromN("1"));
    item.put(name, value);
    return item;
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }
}
