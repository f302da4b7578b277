package io.github.itemseal.interop;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.testing.RandomItems;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random items for the second format, each with a random table, from one seed. Both item formats
 * take turns, and so do both suites, so that any four items in a row have all of them. Keys are of
 * type S, N or B; there may be no sort key; unsigned attributes are named or have a prefix.
 */
final class RandomDbeItems {
  private static final String TABLE = "Tést テ😀";

  /** The second is one of ordinary names too. */
  private static final List<String> PREFIXES = List.of(":", "a1", "é\uD83D\uDE00");

  private final RandomItems items;
  private final Random random;
  private int drawn;

  RandomDbeItems(long seed) {
    this.items = new RandomItems(seed);
    this.random = new Random(~seed);
  }

  /**
   * An item and how it is protected.
   *
   * @param table whose actions name every attribute of the item
   */
  record Drawn(DbeTable table, Map<String, AttributeValue> item) {}

  /** The next item. */
  Drawn next() {
    return next(drawn / 2 % 2 == 0 ? DbeTable.HMAC_ONLY : DbeTable.ECDSA);
  }

  /** The next item, to be written with this suite. */
  Drawn next(AlgorithmSuite suite) {
    boolean context = drawn++ % 2 == 1;
    Map<String, AttributeValue> item = new LinkedHashMap<>(items.item());
    item.put(RandomItems.PARTITION_KEY, key(item.get(RandomItems.PARTITION_KEY)));
    boolean sorted = random.nextInt(4) != 0;
    if (!sorted) {
      item.remove(RandomItems.SORT_KEY);
    }
    String prefix = random.nextInt(3) == 0 ? null : PREFIXES.get(random.nextInt(PREFIXES.size()));
    if (prefix != null) {
      for (int i = random.nextInt(3); i > 0; i--) {
        item.put(prefix + i, items.value());
      }
    }
    CryptoAction keyAction =
        context ? CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT : CryptoAction.SIGN_ONLY;
    Map<String, CryptoAction> actions = new LinkedHashMap<>();
    Set<String> unsigned = new LinkedHashSet<>();
    for (String name : item.keySet()) {
      boolean key = name.equals(RandomItems.PARTITION_KEY) || name.equals(RandomItems.SORT_KEY);
      CryptoAction action = key ? keyAction : action(context, name, prefix);
      actions.put(name, action);
      if (!action.signs() && (prefix == null || !name.startsWith(prefix))) {
        unsigned.add(name);
      }
    }
    return new Drawn(
        new DbeTable(
            TABLE,
            RandomItems.PARTITION_KEY,
            sorted ? RandomItems.SORT_KEY : null,
            actions,
            unsigned,
            prefix,
            suite),
        item);
  }

  private AttributeValue key(AttributeValue text) {
    return switch (random.nextInt(4)) {
      case 0 -> AttributeValue.fromN(Long.toString(random.nextLong()));
      case 1 -> AttributeValue.fromB(SdkBytes.fromUtf8String(text.s()));
      default -> text;
    };
  }

  private CryptoAction action(boolean context, String name, @Nullable String prefix) {
    if (prefix != null && name.startsWith(prefix)) {
      return CryptoAction.DO_NOTHING;
    }
    return switch (random.nextInt(7)) {
      case 0 -> CryptoAction.DO_NOTHING;
      case 1 -> CryptoAction.SIGN_ONLY;
      case 2, 3 ->
          context ? CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT : CryptoAction.SIGN_ONLY;
      default -> CryptoAction.ENCRYPT_AND_SIGN;
    };
  }
}
