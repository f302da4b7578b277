package io.github.itemseal.interop;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.testing.RandomItems;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random items that also have what {@link RandomItems} never draws and on which the old clients
 * disagree: minus zero, and attribute names that differ first in a private use and in an astral
 * character.
 */
final class TrapItems {
  private final RandomItems items;
  private final Random random;

  TrapItems(long seed) {
    this.items = new RandomItems(seed);
    this.random = new Random(~seed);
  }

  Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = items.item();
    if (random.nextInt(8) == 0) {
      item.put("n\uE000", AttributeValue.fromBool(true));
      item.put("n\uD83D\uDE00", AttributeValue.fromNul(true));
    }
    if (random.nextInt(8) == 0) {
      String[] notations = {"-0", "-0.0", "-0E3"};
      item.put("zero", AttributeValue.fromN(notations[random.nextInt(notations.length)]));
    }
    return item;
  }

  AttributeActions actionsFor(Map<String, AttributeValue> item) {
    return items.actionsFor(item);
  }
}
