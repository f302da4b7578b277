package io.github.itemseal.fuzz;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemInspection;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.testing.CanonicalItems;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Changes to a stored item that bytes describe, and what must come of them: the item as it was, but
 * for what is not signed, or an {@link ItemsealException}.
 *
 * <p>The bytes: which item; then, for each change, what, where, and what it needs. They end when
 * they end, so that every text of bytes is an attack.
 */
final class ItemAttack {
  /** Unsigned by name or by prefix in every item here. */
  static final String UNSIGNED = ":";

  /** One sealed item, and how it is read. */
  record Target(
      ItemEncryptor encryptor,
      Map<String, AttributeValue> expected,
      Map<String, AttributeValue> stored) {
    static Target of(ItemEncryptor encryptor, Map<String, AttributeValue> item) {
      return new Target(encryptor, signed(item), encryptor.encryptItem(item));
    }
  }

  private final ByteBuffer data;

  private ItemAttack(byte[] data) {
    this.data = ByteBuffer.wrap(data);
  }

  /** Attacks one of these items and looks at the outcome. */
  static void run(List<Target> targets, byte[] data) {
    if (data.length == 0) {
      return;
    }
    ItemAttack attack = new ItemAttack(data);
    Target target = targets.get(attack.index(targets.size()));
    Map<String, AttributeValue> attacked = new LinkedHashMap<>(target.stored());
    while (attack.data.hasRemaining()) {
      attack.change(attacked, targets);
    }
    try {
      var unused = ItemInspection.of(attacked);
    } catch (ItemsealException refused) {
      // as it may be
    }
    Map<String, AttributeValue> opened;
    try {
      opened = target.encryptor().decryptItem(attacked);
    } catch (ItemsealException refused) {
      return;
    }
    if (!signed(opened).equals(target.expected())) {
      throw new AssertionError("An item was opened that nobody sealed: " + attacked.keySet());
    }
  }

  private static Map<String, AttributeValue> signed(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> signed = new TreeMap<>(item);
    signed.keySet().removeIf(name -> name.startsWith(UNSIGNED));
    return CanonicalItems.of(signed);
  }

  private void change(Map<String, AttributeValue> item, List<Target> targets) {
    List<String> names = new ArrayList<>(item.keySet());
    int what = index(10);
    if (names.isEmpty()) {
      item.put(text(), AttributeValue.fromS(text()));
      return;
    }
    String name = names.get(index(names.size()));
    AttributeValue value = item.get(name);
    switch (what) {
      case 0 -> item.remove(name);
      case 1 -> item.put(name, item.get(names.get(index(names.size()))));
      case 2 -> item.put(text(), item.remove(name));
      case 3 -> item.put(name, AttributeValue.fromS(text()));
      case 4 -> item.put(name, AttributeValue.fromN(Integer.toString(next())));
      case 5 -> item.put(name, AttributeValue.fromL(List.of(value)));
      case 6 -> {
        Map<String, AttributeValue> other = targets.get(index(targets.size())).stored();
        item.put(name, other.getOrDefault(name, value));
      }
      case 7 -> item.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(bytes())));
      default -> item.put(name, bent(value, what == 8));
    }
  }

  /** Binary values bit by bit, or cut or filled up. */
  private AttributeValue bent(AttributeValue value, boolean flip) {
    if (value.type() != AttributeValue.Type.B) {
      return AttributeValue.fromB(SdkBytes.fromByteArray(bytes()));
    }
    byte[] bytes = value.b().asByteArray();
    if (flip && bytes.length > 0) {
      bytes[(next() << 8 | next()) % bytes.length] ^= (byte) next();
    } else {
      bytes = Arrays.copyOf(bytes, next() << 8 | next());
    }
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  private int index(int size) {
    return next() % size;
  }

  private int next() {
    return data.hasRemaining() ? data.get() & 0xFF : 0;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[Math.min(next(), data.remaining())];
    data.get(bytes);
    return bytes;
  }

  private String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
