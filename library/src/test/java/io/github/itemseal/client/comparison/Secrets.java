package io.github.itemseal.client.comparison;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Plaintext values that can be told on the wire: every text, number and byte string in them carries
 * a mark, and {@link #shownIn} knows how the mark looks as text and in all alignments of Base64.
 */
final class Secrets {
  private static final String NUMBER_MARK = "7373737373";
  private static final String TEXT_MARK = "secret-" + NUMBER_MARK;
  private static final List<String> MARKS = marks();

  private final Random random;

  Secrets(Random random) {
    this.random = random;
  }

  AttributeValue value() {
    return value(0);
  }

  private AttributeValue value(int depth) {
    return switch (random.nextInt(depth < 3 ? 10 : 7)) {
      case 0, 1 -> AttributeValue.fromS(text());
      case 2 -> AttributeValue.fromN(number());
      case 3 -> AttributeValue.fromB(bytes());
      case 4 -> AttributeValue.fromSs(distinct(text(), text()));
      case 5 -> AttributeValue.fromNs(distinct(number(), number()));
      case 6 -> AttributeValue.fromBs(List.of(bytes()));
      case 7 -> AttributeValue.fromBool(random.nextBoolean());
      case 8 -> {
        List<AttributeValue> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(value(depth + 1));
        }
        yield AttributeValue.fromL(elements);
      }
      default -> {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          entries.put(text(), value(depth + 1));
        }
        yield AttributeValue.fromM(entries);
      }
    };
  }

  String text() {
    return "é".repeat(random.nextInt(3)) + TEXT_MARK + random.nextInt(1000);
  }

  String number() {
    return (random.nextBoolean() ? "-" : "") + (1 + random.nextInt(9)) + NUMBER_MARK;
  }

  private SdkBytes bytes() {
    byte[] noise = new byte[random.nextInt(5)];
    random.nextBytes(noise);
    byte[] mark = TEXT_MARK.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(noise, noise.length + mark.length);
    System.arraycopy(mark, 0, bytes, noise.length, mark.length);
    return SdkBytes.fromByteArray(bytes);
  }

  private static List<String> distinct(String a, String b) {
    return a.equals(b) ? List.of(a) : List.of(a, b);
  }

  /** Whether any plaintext can be read in what was sent. */
  static boolean shownIn(String sent) {
    return MARKS.stream().anyMatch(sent::contains);
  }

  /** The mark itself, and the part of its Base64 that does not depend on what stands around it. */
  private static List<String> marks() {
    List<String> marks = new ArrayList<>(List.of(NUMBER_MARK));
    for (int before = 0; before < 3; before++) {
      byte[] bytes = ("~".repeat(before) + TEXT_MARK).getBytes(StandardCharsets.UTF_8);
      String encoded = Base64.getEncoder().encodeToString(bytes);
      marks.add(encoded.substring(before == 0 ? 0 : 4, 16));
    }
    return marks;
  }
}
