package io.github.itemseal.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static List<String> lines(InputStream in, int maxLineBytes) throws IOException {
    LineReader reader = new LineReader(in, maxLineBytes, () -> {});
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      assertThat(reader.number()).isEqualTo(lines.size() + 1);
      lines.add(
          reader.isTooLong()
              ? "TOO LONG"
              : new String(
                  reader.bytes(), reader.offset(), reader.length(), StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void next_lineEnds_lfAndCrLfAndEndOfStream() throws IOException {
    assertThat(lines(bytes("a\nb\r\n\n c \r\rd"), 100)).containsExactly("a", "b", "", " c \r\rd");
    assertThat(lines(bytes("a\n"), 100)).containsExactly("a");
    assertThat(lines(bytes("\n"), 100)).containsExactly("");
    assertThat(lines(bytes(""), 100)).isEmpty();
  }

  @Test
  void next_byteOrderMark_isLeftOutOfTheFirstLineOnly() throws IOException {
    assertThat(lines(bytes("\ufeffa\n\ufeffb\n"), 100)).containsExactly("a", "\ufeffb");
  }

  @Test
  void next_lineOfTheLimitAndOneMore_isReadAndRefused() throws IOException {
    String limit = "x".repeat(100_000);
    assertThat(lines(bytes(limit + "\r\n" + limit + "x\r\nend"), 100_000))
        .containsExactly(limit, "TOO LONG", "end");
    assertThat(lines(bytes("12345\n123456\n"), 5)).containsExactly("12345", "TOO LONG");
  }

  @Test
  void next_randomLinesInRandomPieces_areTheLines() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("LineReaderTest seed " + seed);
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add("x".repeat(random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(50)));
    }
    byte[] input = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    InputStream pieces =
        new ByteArrayInputStream(input) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(9000)));
          }
        };
    assertThat(lines(pieces, 1 << 20)).isEqualTo(lines);
  }

  @Test
  void next_beforeItMayWait_tellsSo() throws IOException {
    List<Integer> waits = new ArrayList<>();
    InputStream empty =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public synchronized int available() {
            return 0;
          }
        };
    assertThat(new LineReader(empty, 10, () -> waits.add(1)).next()).isFalse();
    assertThat(waits).hasSize(1);
  }

  @Test
  void consumedBytes_afterAllLines_isTheInputSize() throws IOException {
    byte[] input = new byte[200_000];
    Arrays.fill(input, (byte) 'x');
    for (int i = 1000; i < input.length; i += 777) {
      input[i] = '\n';
    }
    LineReader reader = new LineReader(new ByteArrayInputStream(input), 1000, () -> {});
    while (reader.next()) {
      assertThat(reader.consumedBytes()).isLessThanOrEqualTo(input.length);
    }
    assertThat(reader.consumedBytes()).isEqualTo(input.length);
  }
}
