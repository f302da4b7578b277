package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.testing.CanonicalItems;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random items under random actions, written by the Python client and read here, and the other way
 * round. Whatever it wrote is read. What it cannot read of ours must be for a cause that {@link
 * PythonDisagreement} names, and only for it: with one cause left in an item it still refuses, with
 * none it reads.
 *
 * <p>The system properties of {@link OldClientLiveTest} say how many items, and which. By default
 * there are fewer here, because every item crosses to another process up to ten times; the page
 * docs/interop.md is made with all of them.
 */
class PythonClientLiveTest {
  static final String PEER =
      "Python client " + PythonEnvironment.version("dynamodb-encryption-sdk");

  private static final List<PythonProvider> PROVIDERS = PythonProvider.all();
  private static final int ITEMS =
      (Integer.getInteger("itemseal.interop.items", 4000) + PROVIDERS.size() - 1)
          / PROVIDERS.size();

  private static PythonClient python;

  private final long seed = Long.getLong("itemseal.interop.seed", new Random().nextLong());
  private final TrapItems random = new TrapItems(seed);
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private int refused;

  @BeforeAll
  static void startPython() {
    python = PythonClient.start();
    PROVIDERS.forEach(provider -> python.provider(provider.name(), provider.settings()));
  }

  @AfterAll
  static void stopPython() {
    if (python != null) {
      python.close();
    }
  }

  static List<PythonProvider> providers() {
    return PROVIDERS;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("providers")
  void decryptItem_writtenByPython_isTheItemAsPythonKeepsIt(PythonProvider provider) {
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = random.item();
      AttributeActions actions =
          Tables.itemseal(provider.ours(), random.actionsFor(item)).actions();
      String what = what(provider, i);
      Map<String, AttributeValue> stored = python.encryptItem(provider.table(), actions, item);
      Map<String, AttributeValue> kept = PythonDisagreement.asPythonKeeps(item, actions);

      assertThat(CanonicalItems.of(reader(provider, actions, true).decryptItem(stored)))
          .as(what)
          .isEqualTo(CanonicalItems.of(kept));
      countDigitsLost(item, kept);
      Set<PythonDisagreement> causes = PythonDisagreement.of(item, actions);
      causes.forEach(cause -> count("read in Python's way: " + cause.label()));
      ItemEncryptor strict = reader(provider, actions, false);
      if (causes.isEmpty()) {
        assertThat(CanonicalItems.of(strict.decryptItem(stored)))
            .as(what)
            .isEqualTo(CanonicalItems.of(kept));
      } else {
        assertThatThrownBy(() -> strict.decryptItem(stored))
            .as("%s, %s", what, causes)
            .isInstanceOf(ItemAuthenticationException.class)
            .hasMessageContaining("failed authentication");
      }
    }
    report(provider, "Python", "Itemseal");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("providers")
  void encryptItem_readByPython_isTheItemOrRefusedForANamedCause(PythonProvider provider) {
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = random.item();
      ItemEncryptor itemseal = Tables.itemseal(provider.ours(), random.actionsFor(item));
      AttributeActions actions = itemseal.actions();
      String what = what(provider, i);
      Map<String, AttributeValue> stored = itemseal.encryptItem(item);
      Set<PythonDisagreement> causes = PythonDisagreement.of(item, actions);
      if (causes.isEmpty()) {
        assertRead(what, provider, actions, item, stored);
        continue;
      }
      refused++;
      causes.forEach(cause -> count("refused to read: " + cause.label()));
      assertRefused(what, causes, refusal(provider, actions, stored, PythonClient::decryptItem));
      assertThat(CanonicalItems.of(itemseal.decryptItem(stored)))
          .as(what)
          .isEqualTo(CanonicalItems.of(item));
      assertNoOtherCause(what, provider, actions, item, causes);
    }
    report(provider, "Itemseal", "Python");
  }

  /** Each cause alone makes the Python client refuse; without all of them it reads. */
  private void assertNoOtherCause(
      String what,
      PythonProvider provider,
      AttributeActions actions,
      Map<String, AttributeValue> item,
      Set<PythonDisagreement> causes) {
    for (PythonDisagreement cause : causes) {
      Set<PythonDisagreement> others = EnumSet.complementOf(EnumSet.of(cause));
      PythonDisagreement.Repaired alone = PythonDisagreement.without(others, item, actions);
      Map<String, AttributeValue> stored =
          Tables.itemseal(provider.ours(), alone.actions()).encryptItem(alone.item());
      assertRefused(
          what + ", alone",
          Set.of(cause),
          refusal(provider, alone.actions(), stored, PythonClient::decryptItem));
    }
    PythonDisagreement.Repaired none =
        PythonDisagreement.without(EnumSet.allOf(PythonDisagreement.class), item, actions);
    assertRead(
        what + ", repaired",
        provider,
        none.actions(),
        none.item(),
        Tables.itemseal(provider.ours(), none.actions()).encryptItem(none.item()));
  }

  private void assertRead(
      String what,
      PythonProvider provider,
      AttributeActions actions,
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> stored) {
    Map<String, AttributeValue> kept = PythonDisagreement.asPythonKeeps(item, actions);
    assertThat(CanonicalItems.of(python.decryptItem(provider.table(), actions, stored)))
        .as(what)
        .isEqualTo(CanonicalItems.of(kept));
    countDigitsLost(item, kept);
  }

  private static void assertRefused(
      String what, Set<PythonDisagreement> causes, PythonClient.Refused refusal) {
    assertThat(refusal).as("%s: %s must be refused", what, causes).isNotNull();
    assertThat(causes)
        .as("%s: %s", what, refusal.getMessage())
        .anyMatch(cause -> cause.isRaisedAs(refusal.type()));
  }

  private static PythonClient.Refused refusal(
      PythonProvider provider,
      AttributeActions actions,
      Map<String, AttributeValue> item,
      Call call) {
    return catchThrowableOfType(
        PythonClient.Refused.class, () -> call.of(python, provider.table(), actions, item));
  }

  private static ItemEncryptor reader(
      PythonProvider provider, AttributeActions actions, boolean readsPythonDialect) {
    return Tables.itemseal(provider.ours(), actions, readsPythonDialect);
  }

  private void countDigitsLost(Map<String, AttributeValue> item, Map<String, AttributeValue> kept) {
    if (!CanonicalItems.of(item).equals(CanonicalItems.of(kept))) {
      count("read, without the digits that Python loses of encrypted numbers");
    }
  }

  private void count(String note) {
    counts.merge(note, 1, Integer::sum);
  }

  private String what(PythonProvider provider, int i) {
    return "%s, seed %d, item %d".formatted(provider, seed, i);
  }

  private void report(PythonProvider provider, String writer, String reader) {
    InteropReport.add(
        new InteropReport.Row(
            PEER, provider.name(), writer, reader, ITEMS, ITEMS - refused, seed, counts));
  }

  /** One call of the Python client. */
  private interface Call {
    Map<String, AttributeValue> of(
        PythonClient client,
        PythonClient.Table table,
        AttributeActions actions,
        Map<String, AttributeValue> item);
  }
}
