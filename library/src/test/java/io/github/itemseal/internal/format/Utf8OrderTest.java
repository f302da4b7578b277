package io.github.itemseal.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
  private static final int[] EDGES = {
    0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF
  };

  @Test
  void compare_randomTexts_isTheOrderOfTheirBytes() {
    long seed = System.nanoTime();
    System.out.println("Utf8OrderTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      String a = text(random);
      String b = text(random);
      assertThat(Integer.signum(Utf8Order.INSTANCE.compare(a, b)))
          .as("seed %s: %s and %s", seed, a, b)
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(utf8(a), utf8(b))));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(EDGES[random.nextInt(EDGES.length)]);
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
