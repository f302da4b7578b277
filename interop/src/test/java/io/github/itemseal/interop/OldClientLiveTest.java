package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.RandomItems;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random items under random actions, written by one side and read by the other. What is compared is
 * the canonical item, because both sides store an encrypted number or set in canonical form.
 *
 * <p>The system property {@code itemseal.interop.items} says how many items go each way, over all
 * providers together; {@code itemseal.interop.seed} repeats a run.
 */
class OldClientLiveTest {
  private static final int ITEMS = Integer.getInteger("itemseal.interop.items", 20_000);
  private static final List<ProviderPair> PAIRS = ProviderPair.all();

  static List<ProviderPair> pairs() {
    return PAIRS;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void decryptItem_writtenByOldClient_isTheItem(ProviderPair pair) {
    compare(
        "Java",
        "Itemseal",
        pair,
        (oldClient, itemseal, item) ->
            itemseal.decryptItem(oldClient.encryptItem(item, itemseal.actions())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void encryptItem_readByOldClient_isTheItem(ProviderPair pair) {
    compare(
        "Itemseal",
        "Java",
        pair,
        (oldClient, itemseal, item) ->
            oldClient.decryptItem(itemseal.encryptItem(item), itemseal.actions()));
  }

  private static void compare(
      String writer, String reader, ProviderPair pair, RoundTrip roundTrip) {
    long seed = Long.getLong("itemseal.interop.seed", new Random().nextLong());
    RandomItems random =
        writer.equals("Java") ? RandomItems.beyondLimits(seed) : new RandomItems(seed);
    OldClient oldClient = Tables.oldClient(pair);
    int count = (ITEMS + PAIRS.size() - 1) / PAIRS.size();
    int noActions = 0;
    for (int i = 0; i < count; i++) {
      Map<String, AttributeValue> item = random.item();
      AttributeActions actions = random.actionsFor(item);
      while (actions.takesNoActions()) { // see NoActionsTest
        noActions++;
        actions = random.actionsFor(item);
      }
      ItemEncryptor itemseal =
          Tables.itemseal(pair, pair.encrypts() ? actions : signingOnly(actions));
      assertThat(CanonicalItems.of(roundTrip.of(oldClient, itemseal, item)))
          .as("%s -> %s, %s, seed %d, item %d", writer, reader, pair, seed, i)
          .isEqualTo(CanonicalItems.of(item));
    }
    InteropReport.add(
        new InteropReport.Row(
            "Java client " + OldClient.version(),
            pair.name(),
            writer,
            reader,
            count,
            count,
            seed,
            Map.of("redrawn actions that were all DO_NOTHING (NoActionsTest)", noActions)));
  }

  private static AttributeActions signingOnly(AttributeActions actions) {
    AttributeActions weaker = AttributeActions.withDefault(signingOnly(actions.defaultAction()));
    for (Map.Entry<String, CryptoAction> exception : actions.exceptions().entrySet()) {
      weaker = weaker.with(exception.getKey(), signingOnly(exception.getValue()));
    }
    return weaker;
  }

  private static CryptoAction signingOnly(CryptoAction action) {
    return action.encrypts() ? CryptoAction.SIGN_ONLY : action;
  }

  /** One side writes an item, the other one reads it. */
  private interface RoundTrip {
    Map<String, AttributeValue> of(
        OldClient oldClient, ItemEncryptor itemseal, Map<String, AttributeValue> item);
  }
}
