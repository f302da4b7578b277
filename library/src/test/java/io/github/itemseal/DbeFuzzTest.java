package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.DbeHeaders;
import io.github.itemseal.testing.RandomItems;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random attacks on DBE items, a few at a time: header, footer, names, values, and readers that are
 * configured otherwise. A reader returns what was written, or throws an {@link ItemsealException}.
 */
class DbeFuzzTest {
  private static final int ITEMS = Integer.getInteger("itemseal.fuzz.items", 60);
  private static final int ATTACKS_ON_AN_ITEM = 40;
  private static final String PREFIX = ":";
  private static final Keyring AES = RawAesKeyring.of("ns", "kn", TestKeys.aes(256));
  private static final Keyring OTHER = RawAesKeyring.of("ns", "other", TestKeys.aes(128));

  private final long seed = Long.getLong("itemseal.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RandomItems items = new RandomItems(seed);
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void decryptItem_attackedAtRandom_returnsWhatWasWrittenOrThrowsTyped() {
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = items.item();
      item.put(PREFIX + "loose", items.value());
      boolean version2 = random.nextBoolean();
      AlgorithmSuite suite = AlgorithmSuite.fromId(0x6700 | random.nextInt(2)).orElseThrow();
      Map<String, AttributeValue> stored =
          encryptor("T", PREFIX, version2, suite).encryptItem(item);
      for (int j = 0; j < ATTACKS_ON_AN_ITEM; j++) {
        Map<String, AttributeValue> attacked = new LinkedHashMap<>(stored);
        List<String> attacks = new ArrayList<>();
        for (int k = 1 + random.nextInt(2); k > 0; k--) {
          attacks.add(attack(attacked));
        }
        open(attacks, item, attacked, version2, suite);
      }
    }
    System.out.println("DbeFuzzTest seed " + seed + ": " + outcomes);
    assertThat(outcomes).containsKeys("returned", "NOT_AUTHENTIC", "HEADER_MALFORMED");
  }

  private static ItemEncryptor encryptor(
      String table, String prefix, boolean version2, AlgorithmSuite suite) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(table, TableIndex.of("pk", "sk")))
            .actions(
                AttributeActions.encryptAndSign()
                    .with("a0", CryptoAction.SIGN_ONLY)
                    .with(
                        "pk",
                        version2
                            ? CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT
                            : CryptoAction.SIGN_ONLY))
            .writes(
                Dbe.using(MultiKeyring.of(AES, OTHER)).algorithmSuite(suite).unsignedPrefix(prefix))
            .build());
  }

  private void open(
      List<String> attacks,
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> attacked,
      boolean version2,
      AlgorithmSuite suite) {
    String table = random.nextInt(40) == 0 ? "U" : "T";
    String prefix = random.nextInt(40) == 0 ? "a1" : PREFIX;
    String as = "seed %d: %s, table %s, prefix %s".formatted(seed, attacks, table, prefix);
    try {
      var unused = ItemInspection.of(attacked);
    } catch (RuntimeException e) {
      assertThat(e).as("inspection, " + as).isInstanceOf(ItemsealException.class);
    }
    Map<String, AttributeValue> opened;
    try {
      opened = encryptor(table, prefix, version2, suite).decryptItem(attacked);
    } catch (RuntimeException e) {
      assertThat(e).as(as).isInstanceOf(ItemsealException.class);
      outcomes.merge(((ItemsealException) e).reason().name(), 1, Integer::sum);
      return;
    }
    outcomes.merge("returned", 1, Integer::sum);
    assertThat(CanonicalItems.of(signed(opened, prefix)))
        .as(as)
        .isEqualTo(CanonicalItems.of(signed(item, prefix)));
  }

  /** What the writer signed and the reader takes for signed. */
  private static Map<String, AttributeValue> signed(
      Map<String, AttributeValue> item, String prefix) {
    Map<String, AttributeValue> signed = new LinkedHashMap<>(item);
    signed.keySet().removeIf(name -> name.startsWith(prefix) || name.startsWith(PREFIX));
    return signed;
  }

  /** Changes an item, and says how. */
  private String attack(Map<String, AttributeValue> item) {
    return switch (random.nextInt(4)) {
      case 0 -> attackHeader(item);
      case 1 -> attackFooter(item);
      default -> attackAttributes(item);
    };
  }

  // ---- header ----

  private String attackHeader(Map<String, AttributeValue> item) {
    AttributeValue stored = item.get(Dbe.HEADER_ATTRIBUTE);
    if (stored == null || stored.b() == null) {
      return "no header left";
    }
    byte[] bytes = stored.b().asByteArray();
    DbeHeaders header;
    try {
      header = new DbeHeaders(bytes);
    } catch (RuntimeException e) {
      return "no header left to understand";
    }
    String what = change(header);
    item.put(Dbe.HEADER_ATTRIBUTE, binary(header.toBytes()));
    return what;
  }

  private String change(DbeHeaders header) {
    int kind = random.nextInt(16);
    switch (kind) {
      case 0 -> header.version = random.nextInt(4);
      case 1 -> header.suite ^= 1;
      case 2 -> header.messageId = DbeHeaders.flipped(header.messageId, random.nextInt(256));
      case 3 -> header.legend = letters(header.legend.length);
      case 4 -> header.legend = letters(random.nextInt(2 * header.legend.length + 1));
      case 5 -> header.legend = swapped(header.legend);
      case 6 -> header.context.add(pair("aws-crypto-table-name", random.nextBoolean() ? "T" : "U"));
      case 7 -> header.context.add(0, pair(anyName(), anyName()));
      case 8 -> header.context.clear();
      case 9 -> header.context.addAll(List.copyOf(header.context));
      case 10 -> header.dataKeys.add(header.dataKeys.get(0));
      case 11 -> header.dataKeys.remove(header.dataKeys.size() - 1);
      case 12 -> Collections.reverse(header.dataKeys);
      case 13 -> {
        int index = random.nextInt(header.dataKeys.size());
        List<byte[]> key = new ArrayList<>(header.dataKeys.get(index));
        int part = random.nextInt(3);
        key.set(part, bent(key.get(part)));
        header.dataKeys.set(index, key);
      }
      case 14 -> header.commitment = bent(header.commitment);
      default ->
          header.context.replaceAll(
              pair -> List.of(pair.get(0), random.nextBoolean() ? bent(pair.get(1)) : point()));
    }
    return "header " + kind;
  }

  private static List<byte[]> pair(String key, String value) {
    return List.of(DbeHeaders.utf8(key), DbeHeaders.utf8(value));
  }

  /** What could be a public key: a compressed point in Base64, mostly not on the curve. */
  private byte[] point() {
    byte[] point = new byte[49];
    random.nextBytes(point);
    point[0] = (byte) (2 + random.nextInt(2));
    return Base64.getEncoder().encode(point);
  }

  private byte[] letters(int count) {
    byte[] letters = new byte[count];
    for (int i = 0; i < count; i++) {
      letters[i] = (byte) "esc".charAt(random.nextInt(3));
    }
    return letters;
  }

  private byte[] swapped(byte[] bytes) {
    byte[] swapped = bytes.clone();
    if (swapped.length > 1) {
      int at = random.nextInt(swapped.length - 1);
      swapped[at] = bytes[at + 1];
      swapped[at + 1] = bytes[at];
    }
    return swapped;
  }

  /** Cut, extended, or a bit of it flipped. */
  private byte[] bent(byte[] bytes) {
    return switch (random.nextInt(3)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(60));
      default -> DbeHeaders.flipped(bytes, random.nextInt(8 * bytes.length + 1));
    };
  }

  // ---- footer ----

  private String attackFooter(Map<String, AttributeValue> item) {
    AttributeValue stored = item.get(Dbe.FOOTER_ATTRIBUTE);
    if (stored == null || stored.b() == null) {
      return "no footer left";
    }
    item.put(Dbe.FOOTER_ATTRIBUTE, binary(bent(stored.b().asByteArray())));
    return "footer";
  }

  // ---- attributes ----

  private String attackAttributes(Map<String, AttributeValue> item) {
    List<String> names = new ArrayList<>(item.keySet());
    String name = names.get(random.nextInt(names.size()));
    String other = names.get(random.nextInt(names.size()));
    int kind = random.nextInt(8);
    AttributeValue value = item.get(name);
    switch (kind) {
      case 0 -> item.remove(name);
      case 1 -> item.put(anyName(), items.value());
      case 2 -> item.put(name, items.value());
      case 3 -> {
        item.put(name, item.get(other));
        item.put(other, value);
      }
      case 4 -> {
        item.remove(name);
        item.put(random.nextBoolean() ? name + anyName() : anyName(), value);
      }
      case 5 -> item.put(PREFIX + name, value);
      case 6 -> item.put(Dbe.RESERVED_PREFIX + "b_" + name, items.value());
      default -> {
        if (value.type() == AttributeValue.Type.B) {
          item.put(name, binary(bent(value.b().asByteArray())));
        } else {
          item.put(name, AttributeValue.fromL(List.of(value)));
        }
      }
    }
    return "attribute " + kind + " of " + name + " and " + other;
  }

  /** Some that look like another's path, or like another's name. */
  private String anyName() {
    return List.of(
            "",
            "$",
            "a\0",
            "a\u0301",
            "\u00e1",
            "\uD83D\uDE00",
            "T\0\0\0\0\0\0\0\1$",
            "pk ",
            "PK",
            "aws-crypto-public-key",
            "aws_dbe_v_1",
            ":new",
            "a1")
        .get(random.nextInt(13));
  }

  private static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }
}
