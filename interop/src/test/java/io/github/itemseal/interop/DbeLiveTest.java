package io.github.itemseal.interop;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random items of the second format under random tables, written by one side and read by the other,
 * with every keyring that needs neither a network nor a database.
 *
 * <p>The system property {@code itemseal.interop.dbe.items} says how many items a keyring gets,
 * both ways, item formats and suites together; {@code itemseal.interop.seed} repeats a run.
 */
class DbeLiveTest {
  private static final List<KeyringPair> PAIRS = KeyringPair.local();

  static List<KeyringPair> pairs() {
    return PAIRS;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void decryptItem_writtenByOriginal_isTheItem(KeyringPair pair) {
    DbeComparison.originalToItemseal(pair, DbeComparison.ITEMS / 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void encryptItem_readByOriginal_isTheItem(KeyringPair pair) {
    DbeComparison.itemsealToOriginal(pair, DbeComparison.ITEMS / 2);
  }
}
