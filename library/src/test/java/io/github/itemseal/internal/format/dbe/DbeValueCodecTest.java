package io.github.itemseal.internal.format.dbe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.testing.RandomItems;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DbeValueCodecTest {
  private static byte[] serialize(AttributeValue value) {
    ByteWriter out = new ByteWriter();
    DbeValueCodec.serialize(value, out);
    return out.toByteArray();
  }

  private static void assertBytes(AttributeValue value, int typeId, String hex) {
    assertThat(DbeValueCodec.typeId(value)).isEqualTo(typeId);
    assertThat(HexFormat.of().formatHex(serialize(value))).isEqualTo(hex);
    assertThat(DbeValueCodec.parse(typeId, HexFormat.of().parseHex(hex))).isEqualTo(value);
  }

  @Test
  void serialize_everyType_isAsSpecified() {
    assertBytes(AttributeValue.fromNul(true), 0x0000, "");
    assertBytes(AttributeValue.fromS("é"), 0x0001, "c3a9");
    assertBytes(AttributeValue.fromN("12.3"), 0x0002, "31322e33");
    assertBytes(AttributeValue.fromBool(true), 0x0004, "01");
    assertBytes(AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {7})), 0xFFFF, "07");
    assertBytes(
        AttributeValue.fromSs(List.of("a", "b")), 0x0101, "00000002" + "0000000161" + "0000000162");
    assertBytes(
        AttributeValue.fromNs(List.of("1", "10", "2")),
        0x0102,
        "00000003" + "0000000131" + "000000023130" + "0000000132");
    assertBytes(
        AttributeValue.fromBs(
            List.of(
                SdkBytes.fromByteArray(new byte[] {0x7F}),
                SdkBytes.fromByteArray(new byte[] {-1}))),
        0x01FF,
        "00000002" + "000000017f" + "00000001ff");
    assertBytes(
        AttributeValue.fromL(List.of(AttributeValue.fromNul(true), AttributeValue.fromS("x"))),
        0x0300,
        "00000002" + "0000" + "00000000" + "0001" + "00000001" + "78");
    assertBytes(
        AttributeValue.fromM(Map.of("k", AttributeValue.fromN("5"))),
        0x0200,
        "00000001" + "0001" + "00000001" + "6b" + "0002" + "00000001" + "35");
  }

  @Test
  void serialize_textsBeyondTheBasicPlane_sortByUtf16Units() {
    // U+10002 is D800 DC02 and comes before U+FF61
    assertThat(HexFormat.of().formatHex(serialize(AttributeValue.fromSs(List.of("｡", "𐀂")))))
        .isEqualTo("00000002" + "00000004f0908082" + "00000003efbda1");
  }

  @Test
  void serialize_setWithNumbersThatAreEqual_throws() {
    assertThatThrownBy(() -> serialize(AttributeValue.fromNs(List.of("1", "1.0"))))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("member given twice");
  }

  @Test
  void serialize_nesting_isFollowedTo32Levels() {
    AttributeValue value = AttributeValue.fromS("x");
    for (int i = 1; i < 32; i++) {
      value = AttributeValue.fromL(List.of(value));
    }
    assertThat(DbeValueCodec.parse(0x0300, serialize(value))).isEqualTo(value);
    AttributeValue deeper = AttributeValue.fromL(List.of(value));
    assertThatThrownBy(() -> serialize(deeper))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("32 levels");
  }

  @Test
  void serialize_halfASurrogatePairOrAnOverLongKey_throws() {
    assertThatThrownBy(() -> serialize(AttributeValue.fromS("\uD800")))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("surrogate pair");
    AttributeValue overLong =
        AttributeValue.fromM(Map.of("k".repeat(65_536), AttributeValue.fromS("x")));
    assertThatThrownBy(() -> serialize(overLong))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("key of 65536 bytes");
  }

  /** As the original does. */
  @Test
  void serialize_emptyKeyOfAMap_isReadAgain() {
    AttributeValue value = AttributeValue.fromM(Map.of("", AttributeValue.fromS("x")));

    assertThat(DbeValueCodec.parse(0x0200, serialize(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1 ", "1_000", "0x10", "NaN", "Infinity", "word", "1E", "\u0661", "1d"})
  void parse_noDecimalNumber_throws(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    ByteWriter set = new ByteWriter();
    set.writeInt(1);
    set.writeBytes(body);
    for (Map.Entry<Integer, byte[]> sealed :
        Map.of(0x0002, body, 0x0102, set.toByteArray()).entrySet()) {
      assertThatThrownBy(() -> DbeValueCodec.parse(sealed.getKey(), sealed.getValue()))
          .isInstanceOf(WireFormatException.class)
          .hasMessageContaining("is a number whose text is not a decimal number");
    }
  }

  /** Which an old client may have sealed, and DynamoDB would have refused. */
  @ParameterizedTest
  @ValueSource(strings = {"1E400", "-0.00", "99999999999999999999999999999999999999999"})
  void parse_numberBeyondTheLimits_isRead(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    assertThat(DbeValueCodec.parse(0x0002, body).n()).isEqualTo(text);
  }

  @Test
  void parse_unsortedSet_keepsItsOrder() {
    assertThat(
            DbeValueCodec.parse(0x0101, HexFormat.of().parseHex("0000000200000001620000000161"))
                .ss())
        .containsExactly("b", "a");
  }

  @ParameterizedTest
  @CsvSource({
    "0005, '', unknown type id",
    "0000, 00, bytes behind its end",
    "0004, 02, neither 0 nor 1",
    "0004, '', ends too early",
    "0001, ff, not UTF-8",
    "0101, 0000000200000001610000000161, member given twice",
    "0102, 0000000200000001310000000131, member given twice",
    "01ff, 0000000200000001070000000107, member given twice",
    "0101, ffffffff, more elements",
    "0101, 00000001ffffffff, length beyond its end",
    "0101, 000000010000000161ff, bytes behind its end",
    "0300, 00000001000100000002ff, length beyond its end",
    "0300, 0000000100040000000200ff, bytes behind its end",
    "0200, 000000010002000000016b000000000000, key that is not a string",
    "0200, 00000002000100000001610000000000000001000000016100000000 0000, key given twice",
    "0200, 7fffffff, more elements"
  })
  void parse_hostileBytes_throw(String typeId, String hex, String message) {
    assertThatThrownBy(
            () ->
                DbeValueCodec.parse(
                    Integer.parseInt(typeId, 16), HexFormat.of().parseHex(hex.replace(" ", ""))))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining(message);
  }

  /** Bytes that stand for a text, a binary or a truth value do so alone. */
  @Test
  void parse_mutatedBytes_areRefusedOrSerializeIdentically() {
    long seed = new Random().nextLong();
    System.out.println("DbeValueCodecTest seed " + seed);
    Random random = new Random(seed);
    RandomItems items = new RandomItems(seed);
    int parsed = 0;
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      for (AttributeValue value : items.item().values()) {
        byte[] bytes = serializedOrEmpty(value);
        if (bytes.length == 0) {
          continue;
        }
        byte[] mutated = bytes.clone();
        mutated[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        int typeId = DbeValueCodec.typeId(value);
        try {
          AttributeValue back = DbeValueCodec.parse(typeId, mutated);
          if (isBinaryOrText(value)) { // sets may be unsorted and numbers odd: old writers' were
            assertThat(serialize(back)).isEqualTo(mutated);
          }
          parsed++;
        } catch (WireFormatException e) {
          refused++;
        }
      }
    }
    System.out.printf("DbeValueCodecTest: %d mutations parsed, %d refused%n", parsed, refused);
    assertThat(refused).isGreaterThan(100);
  }

  private static byte[] serializedOrEmpty(AttributeValue value) {
    try {
      return serialize(value);
    } catch (WireFormatException e) {
      return new byte[0]; // a number of the generator's that this format refuses
    }
  }

  private static boolean isBinaryOrText(AttributeValue value) {
    return switch (value.type()) {
      case S, B, BOOL, NUL -> true;
      default -> false;
    };
  }
}
