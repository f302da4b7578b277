package io.github.itemseal.testing;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random items of every type, and random actions for them, from one seed. Print the seed: the same
 * one gives the same items again.
 *
 * <p>Texts mix ASCII, accents, CJK, private use and astral characters; numbers reach the ends of
 * DynamoDB's range and are written in several notations; sets may be empty. Keys are {@link
 * #PARTITION_KEY} (S) and {@link #SORT_KEY} (N, canonical).
 */
public final class RandomItems {
  public static final String PARTITION_KEY = "pk";
  public static final String SORT_KEY = "sk";

  private static final int MAX_DEPTH = 5;

  private final Random random;
  private final boolean beyondLimits;

  /** Items that DynamoDB would store as they are. */
  public RandomItems(long seed) {
    this(seed, false);
  }

  private RandomItems(long seed, boolean beyondLimits) {
    this.random = new Random(seed);
    this.beyondLimits = beyondLimits;
  }

  /**
   * Items such as the old clients seal and DynamoDB would refuse: with empty sets, empty map keys
   * and numbers of more than 38 digits among them.
   */
  public static RandomItems beyondLimits(long seed) {
    return new RandomItems(seed, true);
  }

  /** An item with its keys and up to 12 more attributes. */
  public Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put(PARTITION_KEY, AttributeValue.fromS("p" + text()));
    item.put(SORT_KEY, AttributeValue.fromN(Long.toString(random.nextLong())));
    int count = random.nextInt(13);
    for (int i = 0; i < count; i++) {
      item.put(i % 3 == 0 ? "a" + i : "a" + i + text(), value(1));
    }
    return item;
  }

  /** An action for some of the item's attributes, and a default; keys are left alone. */
  public AttributeActions actionsFor(Map<String, AttributeValue> item) {
    AttributeActions actions = AttributeActions.withDefault(action());
    for (String name : item.keySet()) {
      boolean key = name.equals(PARTITION_KEY) || name.equals(SORT_KEY);
      if (!key && random.nextBoolean()) {
        actions = actions.with(name, action());
      }
    }
    return actions;
  }

  private CryptoAction action() {
    return switch (random.nextInt(5)) {
      case 0 -> CryptoAction.DO_NOTHING;
      case 1, 2 -> CryptoAction.SIGN_ONLY;
      default -> CryptoAction.ENCRYPT_AND_SIGN;
    };
  }

  /** A value of any type, nested at most {@value #MAX_DEPTH} levels. */
  public AttributeValue value() {
    return value(1);
  }

  private AttributeValue value(int depth) {
    return switch (random.nextInt(depth < MAX_DEPTH ? 10 : 8)) {
      case 0 -> AttributeValue.fromS(text());
      case 1 -> AttributeValue.fromN(number());
      case 2 -> AttributeValue.fromB(bytes());
      case 3 -> AttributeValue.fromBool(random.nextBoolean());
      case 4 -> AttributeValue.fromNul(true);
      case 5 -> AttributeValue.fromSs(set(this::text));
      case 6 -> AttributeValue.fromNs(numberSet());
      case 7 -> AttributeValue.fromBs(set(this::bytes));
      case 8 -> {
        List<AttributeValue> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          elements.add(value(depth + 1));
        }
        yield AttributeValue.fromL(elements);
      }
      default -> {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          entries.put(beyondLimits ? text() : "k" + text(), value(depth + 1));
        }
        yield AttributeValue.fromM(entries);
      }
    };
  }

  private int setSize() {
    return beyondLimits ? random.nextInt(6) : 1 + random.nextInt(5);
  }

  private <T> List<T> set(Supplier<T> member) {
    Set<T> members = new LinkedHashSet<>();
    for (int i = setSize(); i > 0; i--) {
      members.add(member.get());
    }
    return List.copyOf(members);
  }

  /** Members differ as numbers, not only as texts: DynamoDB refuses a set of 1 and 1.0. */
  private List<String> numberSet() {
    Map<BigDecimal, String> members = new LinkedHashMap<>();
    for (int i = setSize(); i > 0; i--) {
      String number = number();
      members.put(new BigDecimal(number).stripTrailingZeros(), number);
    }
    return List.copyOf(members.values());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(
          switch (random.nextInt(8)) {
            case 0 -> 0xA0 + random.nextInt(0x300);
            case 1 -> 0x4E00 + random.nextInt(0x5000);
            case 2 -> 0xE000 + random.nextInt(0x1FF0); // private use and specials: above surrogates
            case 3 -> 0x10000 + random.nextInt(0xFFFF);
            default -> 0x20 + random.nextInt(0x5F);
          });
    }
    return text.toString();
  }

  private String number() {
    int digits = 1 + random.nextInt(38);
    BigInteger unscaled = new BigInteger(127, random).mod(BigInteger.TEN.pow(digits));
    if (random.nextBoolean()) {
      unscaled = unscaled.negate();
    }
    return switch (random.nextInt(5)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> unscaled.toString();
      case 2 -> new BigDecimal(unscaled, random.nextInt(digits + 1)).toPlainString();
      case 3 -> unscaled.mod(BigInteger.valueOf(1000)) + "E" + (random.nextInt(200) - 100);
      default -> "0" + (beyondLimits ? unscaled.abs() : unscaled.abs().shiftRight(8)) + ".50";
    };
  }

  private SdkBytes bytes() {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return SdkBytes.fromByteArray(bytes);
  }
}
