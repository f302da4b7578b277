package io.github.itemseal.internal.format;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Bytes that DynamoDB counts for an attribute: the UTF-8 name and the value; a list or map adds 3
 * and 1 for each element. A number takes about one byte for two significant digits, and one more.
 */
public final class ItemSize {
  private static final int MAX_DEPTH = 256;

  private ItemSize() {}

  /** Bytes of a whole item. */
  public static int of(Map<String, AttributeValue> item) {
    int bytes = 0;
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      bytes += of(entry.getKey(), entry.getValue());
    }
    return bytes;
  }

  /**
   * Bytes of a whole item that are beyond doubt: DynamoDB never counts less. Names, texts and
   * binary values in full, a number as its one byte, lists and maps without what is added for them.
   */
  public static int atLeast(Map<String, AttributeValue> item) {
    int bytes = 0;
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      bytes += utf8(entry.getKey()) + atLeast(entry.getValue(), 1);
    }
    return bytes;
  }

  private static int atLeast(AttributeValue value, int depth) {
    if (depth > MAX_DEPTH) {
      return 0;
    }
    return switch (AttributeTypes.typeOf(value)) {
      case N -> 1;
      case NS -> value.ns().size();
      case L -> value.l().stream().mapToInt(element -> atLeast(element, depth + 1)).sum();
      case M ->
          value.m().entrySet().stream()
              .mapToInt(entry -> utf8(entry.getKey()) + atLeast(entry.getValue(), depth + 1))
              .sum();
      default -> of(value, depth);
    };
  }

  /** Bytes of one attribute. */
  public static int of(String name, AttributeValue value) {
    return utf8(name) + of(value, 1);
  }

  private static int of(AttributeValue value, int depth) {
    if (depth > MAX_DEPTH) {
      return 0; // no item of DynamoDB's; saves the stack of whoever inspects it
    }
    return switch (AttributeTypes.typeOf(value)) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case SS -> value.ss().stream().mapToInt(ItemSize::utf8).sum();
      case NS -> value.ns().stream().mapToInt(ItemSize::number).sum();
      case BS -> value.bs().stream().mapToInt(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case L -> {
        int bytes = 3;
        for (AttributeValue element : value.l()) {
          bytes += 1 + of(element, depth + 1);
        }
        yield bytes;
      }
      case M -> {
        int bytes = 3;
        for (Map.Entry<String, AttributeValue> entry : value.m().entrySet()) {
          bytes += 1 + utf8(entry.getKey()) + of(entry.getValue(), depth + 1);
        }
        yield bytes;
      }
      default -> 0;
    };
  }

  /** Bytes of a text in UTF-8. */
  public static int utf8(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) { // counted, not encoded: this runs for every write
      char c = text.charAt(i);
      if (c >= 0x800 && !Character.isSurrogate(c)) {
        bytes += 2;
      } else if (c >= 0x80 && (c < 0x800 || isPairAt(text, i))) {
        bytes++; // a pair is two chars and 4 bytes; half of one is sent as a question mark
      }
    }
    return bytes;
  }

  /** Whether a surrogate is one of two. */
  private static boolean isPairAt(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }

  private static int number(String text) {
    long digits = text.chars().filter(Character::isDigit).count();
    return (int) (digits + 1) / 2 + 1 + (text.startsWith("-") ? 1 : 0);
  }
}
