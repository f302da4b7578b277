package io.github.itemseal.materials;

/**
 * A key source of DDBEC items that can say whether every item it writes gets a key of its own,
 * wrapped in the item's material description. A safe update then recognises its own write even if
 * nothing else of the item is random, because nothing is encrypted. A source that does not
 * implement this interface promises nothing.
 */
public interface PerItemKeys {
  /** Whether no two calls for keys to write with give the same wrapped key. */
  boolean givesKeysPerItem();
}
