package io.github.itemseal.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ByteWriterTest {
  @Test
  void writeUtf8_everyCodePoint_isWhatTheJdkWrites() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        String text = Character.toString(codePoint);
        ByteWriter writer = new ByteWriter();
        writer.writeUtf8(text);
        if (!Arrays.equals(writer.toByteArray(), text.getBytes(StandardCharsets.UTF_8))) {
          throw new AssertionError("U+" + Integer.toHexString(codePoint));
        }
      }
    }
  }

  @Test
  void writeText_longText_growsAndPrecedesItsLength() {
    String text = "é".repeat(5_000);
    ByteWriter writer = new ByteWriter();
    writer.writeText(text);
    assertThat(writer.length()).isEqualTo(4 + 10_000);
    assertThat(writer.toByteArray()).startsWith(0, 0, 0x27, 0x10, 0xC3, 0xA9);
  }

  @Test
  void writeUtf8_atTheEndOfTheBuffer_growsForWhatIsNotAscii() {
    for (int ascii = 1_012; ascii <= 1_032; ascii++) { // a buffer begins with 1,024 bytes
      for (String rest : new String[] {"", "é", "€", "\ud83d\ude00", "é".repeat(40)}) {
        String text = "a".repeat(ascii) + rest;
        ByteWriter writer = new ByteWriter();
        writer.writeUtf8(text);
        assertThat(writer.toByteArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void writeUtf8_oneOtherCharacterAnywhere_isWhatTheJdkWrites() {
    ByteWriter writer = new ByteWriter();
    for (int length : new int[] {0, 7, 63, 64, 65, 100, 511, 512, 513, 1_100}) {
      for (int at = 0; at <= length; at++) { // in each byte of a word, on each side of a chunk
        for (String other : new String[] {"", "\u0080", "ÿ", "Ā", "\u4141", "\ud83d\ude00"}) {
          String text = "~".repeat(at) + other + "a".repeat(length - at);
          writer.reset();
          writer.writeUtf8(text);
          if (!Arrays.equals(writer.toByteArray(), text.getBytes(StandardCharsets.UTF_8))) {
            throw new AssertionError(length + " characters, '" + other + "' at " + at);
          }
        }
      }
    }
  }

  @Test
  void expect_manyBytes_growsAtOnceAndKeepsWhatIsThere() {
    ByteWriter writer = new ByteWriter();
    writer.writeInt(7);
    writer.expect(10_000);
    byte[] buffer = writer.buffer();
    writer.writeRepeated(9, 10_000);
    assertThat(writer.buffer()).isSameAs(buffer);
    assertThat(writer.toByteArray()).hasSize(10_004).startsWith(0, 0, 0, 7, 9).endsWith(9);
  }

  @Test
  void expect_moreThanAnArrayHolds_throws() {
    assertThatThrownBy(() -> new ByteWriter().expect(1L << 31))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("larger than any DynamoDB item");
  }

  @Test
  void writeUtf8_halfASurrogatePair_throws() {
    for (String text : new String[] {"\ud83d", "\ude00", "a\ud83d", "\ud83da", "\ude00\ud83d"}) {
      for (String before : new String[] {"", "a".repeat(100), "a".repeat(1_000)}) {
        assertThatThrownBy(() -> new ByteWriter().writeUtf8(before + text))
            .isInstanceOf(WireFormatException.class)
            .hasMessageContaining("half of a surrogate pair");
      }
    }
  }
}
