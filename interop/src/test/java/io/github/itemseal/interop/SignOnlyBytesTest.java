package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.testing.RandomItems;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items without encrypted attributes hold nothing random: both sides must write the same bytes. */
class SignOnlyBytesTest {
  private static final int ITEMS = 3000;

  @Test
  void encryptItem_signOnly_isByteForByteTheOldClientsItem() {
    long seed = Long.getLong("itemseal.interop.seed", new Random().nextLong());
    System.out.printf("SignOnlyBytesTest seed %d, %d items%n", seed, ITEMS);
    RandomItems random = new RandomItems(seed);
    ProviderPair pair = ProviderPair.signOnly();
    OldClient oldClient = Tables.oldClient(pair);
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = random.item();
      AttributeActions actions = AttributeActions.withDefault(CryptoAction.SIGN_ONLY);
      for (String name : item.keySet()) {
        if (name.hashCode() % 5 == 0) {
          actions = actions.with(name, CryptoAction.DO_NOTHING);
        }
      }
      ItemEncryptor itemseal = Tables.itemseal(pair, actions);
      assertThat(itemseal.encryptItem(item))
          .as("seed %d, item %d", seed, i)
          .isEqualTo(oldClient.encryptItem(item, itemseal.actions()));
    }
  }

  @Test
  void encryptItem_everyOrderingTrap_isByteForByteTheOldClientsItem() {
    Map<String, AttributeValue> item =
        Map.of(
            "pk",
            AttributeValue.fromS(""),
            "sk",
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])),
            "\uE000",
            AttributeValue.fromSs(List.of("\uFFFD", "\uE000", "\uD800\uDC00", "", "a", "B")),
            "\uD800\uDC00",
            AttributeValue.fromBs(
                List.of(bytes(0x7F), bytes(0x80), bytes(0xFF, 0), bytes(0xFF), bytes(), bytes(1))),
            "map",
            AttributeValue.fromM(
                Map.of(
                    "\uE000", AttributeValue.fromN("-0.0"),
                    "\uD800\uDC00", AttributeValue.fromN("1E-130"),
                    "!", AttributeValue.fromNs(List.of("10", "9", "1.0", "-1", "-0", "1E3")))),
            "texts",
            AttributeValue.fromSs(List.of("b", "a", "B")));
    ProviderPair pair = ProviderPair.signOnly();
    ItemEncryptor itemseal =
        Tables.itemseal(pair, AttributeActions.withDefault(CryptoAction.SIGN_ONLY));

    assertThat(itemseal.encryptItem(item))
        .isEqualTo(Tables.oldClient(pair).encryptItem(item, itemseal.actions()));
  }

  private static SdkBytes bytes(int... bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = (byte) bytes[i];
    }
    return SdkBytes.fromByteArray(result);
  }
}
