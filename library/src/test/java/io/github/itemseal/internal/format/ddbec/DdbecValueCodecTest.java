package io.github.itemseal.internal.format.ddbec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.testing.RandomItems;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The parser against bytes that nobody serialized. */
class DdbecValueCodecTest {
  private static byte[] serialize(AttributeValue value) {
    ByteWriter out = new ByteWriter();
    DdbecValueCodec.serialize(value, DdbecDialect.JAVA, out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "''                                     , ends too early",
        "00                                     , ends too early",
        "0100                                   , reserved byte that is not zero",
        "0001                                   , unknown type tag",
        "00ff                                   , unknown type tag",
        "000000                                 , bytes behind its end",
        "003f                                   , ends too early",
        "003f02                                 , neither 0 nor 1",
        "0062                                   , ends too early",
        "006200000001                           , length beyond its end",
        "00627fffffff                           , length beyond its end",
        "0062ffffffff                           , length beyond its end",
        "0073ffffffff41                         , length beyond its end",
        "0073000000017f00                       , bytes behind its end",
        "007300000001ff                         , not UTF-8",
        "007300000002c080                       , not UTF-8",
        "007300000003eda080                     , not UTF-8",
        "006e7fffffff31                         , length beyond its end",
        "00537fffffff                           , more elements than there are bytes",
        "0053ffffffff00000000                   , more elements than there are bytes",
        "00530000000200000000                   , more elements than there are bytes",
        "004e0000000100000005                   , length beyond its end",
        "00427fffffff00000000                   , more elements than there are bytes",
        "004c7fffffff0000                       , more elements than there are bytes",
        "004c000000020000                       , more elements than there are bytes",
        "004dffffffff0000                       , more elements than there are bytes",
        "004d00000001006e00000001310000         , key that is not a string",
        "004d0000000200730000000161000000730000000161 003f01, key given twice"
      })
  void parse_malformed_throws(String hex, String detail) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> DdbecValueCodec.parse(bytes))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1 ", "1_000", "0x10", "NaN", "Infinity", "word", "1E", "\u0661", "1d"})
  void parse_noDecimalNumber_throws(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    ByteWriter number = new ByteWriter();
    number.writeRaw(new byte[] {0, 'n'});
    number.writeBytes(body);
    ByteWriter set = new ByteWriter();
    set.writeRaw(new byte[] {0, 'N', 0, 0, 0, 1});
    set.writeBytes(body);
    for (byte[] sealed : List.of(number.toByteArray(), set.toByteArray())) {
      assertThatThrownBy(() -> DdbecValueCodec.parse(sealed))
          .isInstanceOf(WireFormatException.class)
          .hasMessageContaining("is a number whose text is not a decimal number");
    }
  }

  /** Which an old client may have sealed, and DynamoDB would have refused. */
  @ParameterizedTest
  @ValueSource(strings = {"1E400", "-0.00", "99999999999999999999999999999999999999999"})
  void parse_numberBeyondTheLimits_isRead(String text) {
    ByteWriter number = new ByteWriter();
    number.writeRaw(new byte[] {0, 'n'});
    number.writeText(text);
    assertThat(DdbecValueCodec.parse(number.toByteArray()).n()).isEqualTo(text);
  }

  @Test
  void parse_nestedTenThousandDeep_throws() {
    byte[] bytes = new byte[10_000 * 6 + 2];
    for (int i = 0; i < 10_000; i++) {
      bytes[i * 6 + 1] = 'L';
      bytes[i * 6 + 5] = 1;
    }
    assertThatThrownBy(() -> DdbecValueCodec.parse(bytes))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("deeper than 256 levels");
  }

  @Test
  void parse_nestedToTheLimit_roundTrips() {
    AttributeValue value = AttributeValue.fromS("x");
    for (int i = 1; i < DdbecValueCodec.MAX_DEPTH; i++) {
      value = AttributeValue.fromL(List.of(value));
    }
    assertThat(serialize(DdbecValueCodec.parse(serialize(value)))).isEqualTo(serialize(value));
  }

  /**
   * What parses is one value and no other: its serialization is stable, or the bytes are refused.
   */
  @Test
  void parse_randomMutations_throwsOrIsStable() {
    long seed = new Random().nextLong();
    System.out.println("DdbecValueCodecTest seed " + seed);
    Random random = new Random(seed);
    RandomItems items = new RandomItems(seed);
    int parsed = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] mutant = mutate(serialize(items.value()), random);
      AttributeValue value;
      try {
        value = DdbecValueCodec.parse(mutant);
      } catch (WireFormatException e) {
        continue;
      }
      byte[] again;
      try {
        again = serialize(value);
      } catch (WireFormatException e) {
        continue; // numbers are parsed as any text, and refused when they are written
      }
      parsed++;
      assertThat(serialize(DdbecValueCodec.parse(again))).isEqualTo(again);
    }
    assertThat(parsed).isGreaterThan(100);
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    byte[] mutant = bytes.clone();
    switch (random.nextInt(5)) {
      case 0 -> mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      case 2 -> mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length + 1));
      case 3 -> mutant = Arrays.copyOf(mutant, mutant.length + 1 + random.nextInt(8));
      default -> {
        int from = random.nextInt(mutant.length);
        int to = random.nextInt(mutant.length);
        System.arraycopy(bytes, from, mutant, to, mutant.length - Math.max(from, to));
      }
    }
    return mutant;
  }
}
