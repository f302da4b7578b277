package io.github.itemseal.testing;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every value that differs from a given one by a single bit: of the UTF-8 of its texts, names and
 * numbers, of its bytes, of a BOOL; inside sets, lists and maps too.
 *
 * <p>Flips that leave no value are counted: those whose bytes are no UTF-8 ({@link #notText}) and
 * those whose text is no number ({@link #notNumber}). A NULL has no bits.
 */
public final class BitFlips {
  private int notText;
  private int notNumber;

  /** Flips so far that no Java String can hold. */
  public int notText() {
    return notText;
  }

  /** Flips so far that no number can be. */
  public int notNumber() {
    return notNumber;
  }

  /** The neighbours of a value. */
  public List<AttributeValue> of(AttributeValue value) {
    return switch (value.type()) {
      case S -> texts(value.s()).stream().map(AttributeValue::fromS).toList();
      case N -> numbers(value.n()).stream().map(AttributeValue::fromN).toList();
      case B -> bytes(value.b()).stream().map(AttributeValue::fromB).toList();
      case BOOL -> List.of(AttributeValue.fromBool(!value.bool()));
      case NUL -> List.of();
      case SS -> members(value.ss(), this::texts, AttributeValue::fromSs);
      case NS -> members(value.ns(), this::numbers, AttributeValue::fromNs);
      case BS -> members(value.bs(), this::bytes, AttributeValue::fromBs);
      case L -> members(value.l(), this::of, AttributeValue::fromL);
      case M -> entries(value.m());
      default -> throw new IllegalArgumentException("no type");
    };
  }

  /** So many of the neighbours of a value, or all if there are fewer. */
  public List<AttributeValue> sample(AttributeValue value, int count, Random random) {
    List<AttributeValue> neighbours = new ArrayList<>(of(value));
    Collections.shuffle(neighbours, random);
    return neighbours.subList(0, Math.min(count, neighbours.size()));
  }

  /** The neighbours of a byte string. */
  public List<SdkBytes> bytes(SdkBytes bytes) {
    return flip(bytes.asByteArray()).stream().map(SdkBytes::fromByteArray).toList();
  }

  private List<String> texts(String text) {
    List<String> result = new ArrayList<>();
    for (byte[] flipped : flip(text.getBytes(StandardCharsets.UTF_8))) {
      Optional<String> decoded = decode(flipped);
      decoded.ifPresentOrElse(result::add, () -> notText++);
    }
    return result;
  }

  private List<String> numbers(String number) {
    List<String> result = new ArrayList<>();
    for (byte[] flipped : flip(number.getBytes(StandardCharsets.UTF_8))) {
      try {
        String text = decode(flipped).orElse("not a number");
        new BigDecimal(text);
        result.add(text);
      } catch (NumberFormatException e) {
        notNumber++;
      }
    }
    return result;
  }

  private List<AttributeValue> entries(Map<String, AttributeValue> map) {
    List<AttributeValue> result = new ArrayList<>();
    for (Map.Entry<String, AttributeValue> entry : map.entrySet()) {
      for (String name : texts(entry.getKey())) {
        Map<String, AttributeValue> renamed = new LinkedHashMap<>(map);
        renamed.remove(entry.getKey());
        renamed.put(name, entry.getValue());
        result.add(AttributeValue.fromM(renamed));
      }
      for (AttributeValue value : of(entry.getValue())) {
        Map<String, AttributeValue> changed = new LinkedHashMap<>(map);
        changed.put(entry.getKey(), value);
        result.add(AttributeValue.fromM(changed));
      }
    }
    return result;
  }

  private static <T> List<AttributeValue> members(
      List<T> members,
      Function<T, List<T>> neighbours,
      Function<List<T>, AttributeValue> collection) {
    List<AttributeValue> result = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      for (T neighbour : neighbours.apply(members.get(i))) {
        List<T> changed = new ArrayList<>(members);
        changed.set(i, neighbour);
        result.add(collection.apply(changed));
      }
    }
    return result;
  }

  private static List<byte[]> flip(byte[] bytes) {
    List<byte[]> result = new ArrayList<>();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      result.add(flipped);
    }
    return result;
  }

  private static Optional<String> decode(byte[] utf8) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
