package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.testing.CanonicalItems;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The original of the second format and this library, each reading what the other writes. What is
 * compared is the canonical item, because both store an encrypted number or set in canonical form.
 */
final class DbeComparison {
  /** How many items a keyring gets, both ways together. */
  static final int ITEMS = Integer.getInteger("itemseal.interop.dbe.items", 120);

  static final String PEER = "Database Encryption SDK " + DbeOriginal.version();
  static final String ORIGINAL = "original";
  static final String ITEMSEAL = "Itemseal";

  private DbeComparison() {}

  static void originalToItemseal(KeyringPair pair, int count) {
    originalToItemseal(PEER, pair, count, RandomDbeItems::next);
  }

  static void originalToItemseal(String peer, KeyringPair pair, int count, Draw items) {
    compare(
        peer,
        pair.name(),
        ORIGINAL,
        ITEMSEAL,
        count,
        items,
        drawn -> new DbeOriginal(drawn.table(), pair.originalWriter()).encryptItem(drawn.item()),
        (table, stored) -> itemseal(table, pair.reader()).decryptItem(stored));
  }

  static void itemsealToOriginal(KeyringPair pair, int count) {
    itemsealToOriginal(PEER, pair, count, RandomDbeItems::next);
  }

  static void itemsealToOriginal(String peer, KeyringPair pair, int count, Draw items) {
    compare(
        peer,
        pair.name(),
        ITEMSEAL,
        ORIGINAL,
        count,
        items,
        drawn -> itemseal(drawn.table(), pair.writer()).encryptItem(drawn.item()),
        (table, stored) -> new DbeOriginal(table, pair.originalReader()).decryptItem(stored));
  }

  /**
   * Compares a number of items and notes the outcome.
   *
   * @param peer section of the report
   * @param items draws the items
   */
  private static void compare(
      String peer,
      String keys,
      String writer,
      String reader,
      int count,
      Draw items,
      Write write,
      Read read) {
    long seed = Long.getLong("itemseal.interop.seed", new Random().nextLong());
    RandomDbeItems random = new RandomDbeItems(seed);
    for (int i = 0; i < count; i++) {
      RandomDbeItems.Drawn drawn = items.from(random);
      assertThat(CanonicalItems.of(read.of(drawn.table(), write.of(drawn))))
          .as("%s -> %s, %s, seed %d, item %d of %s", writer, reader, keys, seed, i, drawn.table())
          .isEqualTo(CanonicalItems.of(drawn.item()));
    }
    InteropReport.add(
        new InteropReport.Row(peer, keys, writer, reader, count, count, seed, Map.of()));
  }

  /** This library under a table of the comparison. */
  static ItemEncryptor itemseal(DbeTable table, Keyring keyring) {
    return itemseal(table, Dbe.using(keyring));
  }

  /** This library under a table of the comparison, with a format that has its keys. */
  static ItemEncryptor itemseal(DbeTable table, Dbe format) {
    Dbe dbe =
        format
            .algorithmSuite(table.suite())
            .unsignedAttributes(table.unsigned().toArray(String[]::new));
    TableIndex keys =
        table.sortKey() == null
            ? TableIndex.of(table.partitionKey())
            : TableIndex.of(table.partitionKey(), table.sortKey());
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(table.name(), keys))
            .actions(AttributeActions.encryptAndSign().withAll(table.actions()))
            .writes(
                table.unsignedPrefix() == null ? dbe : dbe.unsignedPrefix(table.unsignedPrefix()))
            .build());
  }

  /** Draws the next item. */
  interface Draw {
    RandomDbeItems.Drawn from(RandomDbeItems items);
  }

  /** Writes an item. */
  interface Write {
    Map<String, AttributeValue> of(RandomDbeItems.Drawn drawn);
  }

  /** Reads an item. */
  interface Read {
    Map<String, AttributeValue> of(DbeTable table, Map<String, AttributeValue> stored);
  }
}
