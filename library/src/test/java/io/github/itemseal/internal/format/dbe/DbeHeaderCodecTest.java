package io.github.itemseal.internal.format.dbe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.EncryptedDataKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;

class DbeHeaderCodecTest {
  private static final String ID = "11".repeat(32);
  private static final String COMMITMENT = "22".repeat(32);
  private static final String KEY = "01" + "000170" + "000169" + "000163";

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] serialize(DbeHeader header) {
    ByteWriter out = new ByteWriter();
    DbeHeaderCodec.serialize(header, out);
    out.writeRaw(hex(COMMITMENT));
    return out.toByteArray();
  }

  @Test
  void parse_wellFormed_readsEveryField() {
    DbeHeader header =
        DbeHeaderCodec.parse(
            hex("0201" + ID + "0003656573" + "0002000161000178000162000179" + KEY + COMMITMENT));
    assertThat(header.version()).isEqualTo(2);
    assertThat(header.suite().hasSignature()).isTrue();
    assertThat(header.legend()).isEqualTo("ees");
    assertThat(header.storedContext()).isEqualTo(Map.of("a", "x", "b", "y"));
    assertThat(header.encryptedDataKeys())
        .containsExactly(
            new EncryptedDataKey("p", SdkBytes.fromUtf8String("i"), SdkBytes.fromUtf8String("c")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ends too early",
    "03, unknown version",
    "00, unknown version",
    "0102, unknown algorithm suite",
    "0100 ID, ends too early",
    "0100 ID 0001 78 0000 KEY END, unknown letter",
    "0100 ID ffff 65, length beyond its end",
    "0100 ID 0001 65 0002 0001 62 0000 0001 61 0000 KEY END, unsorted or names a key twice",
    "0100 ID 0001 65 0002 0001 61 0000 0001 61 0000 KEY END, unsorted or names a key twice",
    "0100 ID 0001 65 0001 0001 ff 0000 KEY END, not UTF-8",
    "0100 ID 0001 65 0001 0001 61 0001 ff KEY END, not UTF-8",
    "0100 ID 0001 65 ffff, ends too early",
    "0100 ID 0001 65 0000 00 END, no encrypted data key",
    "0100 ID 0001 65 0000 ff 0001 70 0001 69 0001 63 END, length beyond its end",
    "0100 ID 0001 65 0000 01 0001 ff 0001 69 0001 63 END, not UTF-8",
    "0100 ID 0001 65 0000 01 0001 70 ffff 69, length beyond its end",
    "0100 ID 0001 65 0000 KEY, commitment of 32 bytes",
    "0100 ID 0001 65 0000 KEY END 00, commitment of 32 bytes"
  })
  void parse_hostileBytes_throw(String header, String message) {
    byte[] bytes =
        hex(
            header
                .replace("ID", ID)
                .replace("KEY", KEY)
                .replace("END", COMMITMENT)
                .replace(" ", ""));
    assertThatThrownBy(() -> DbeHeaderCodec.parse(bytes))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void parse_everyTruncation_throws() {
    byte[] bytes = hex("0100" + ID + "000165" + "00010001610000" + KEY + COMMITMENT);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> DbeHeaderCodec.parse(cut))
          .as("%s bytes", length)
          .isInstanceOf(WireFormatException.class)
          .hasMessageMatching(".*(early|end|version|commitment).*");
    }
  }

  @Test
  void parse_255DataKeys_areRead() {
    EncryptedDataKey key =
        new EncryptedDataKey("p", SdkBytes.fromUtf8String("i"), SdkBytes.fromUtf8String("c"));
    DbeHeader header =
        new DbeHeader(
            1,
            AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384,
            SdkBytes.fromByteArray(new byte[32]),
            "se",
            Map.of(),
            Collections.nCopies(255, key));
    assertThat(DbeHeaderCodec.parse(serialize(header))).isEqualTo(header);
  }

  /** Whatever parses is the one serialization of what it says. */
  @Test
  void parse_mutatedHeaders_areRefusedOrSerializeIdentically() {
    long seed = new Random().nextLong();
    System.out.println("DbeHeaderCodecTest seed " + seed);
    Random random = new Random(seed);
    List<byte[]> headers =
        List.of(
            hex("0201" + ID + "0003656573" + "0002000161000178000162000179" + KEY + COMMITMENT),
            hex(
                "0100"
                    + ID
                    + "000165"
                    + "0000"
                    + "02"
                    + "000170000169000163".repeat(2)
                    + COMMITMENT));
    int parsed = 0;
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] mutated = headers.get(i % 2).clone();
      for (int m = random.nextInt(3); m >= 0; m--) {
        mutated[random.nextInt(mutated.length)] =
            (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt(256));
      }
      DbeHeader header;
      try {
        header = DbeHeaderCodec.parse(mutated);
      } catch (WireFormatException e) {
        refused++;
        continue;
      }
      parsed++;
      byte[] again = serialize(header);
      assertThat(Arrays.copyOf(again, again.length - 32))
          .isEqualTo(Arrays.copyOf(mutated, mutated.length - 32));
    }
    System.out.printf("DbeHeaderCodecTest: %d mutations parsed, %d refused%n", parsed, refused);
    assertThat(parsed).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(1_000);
  }
}
