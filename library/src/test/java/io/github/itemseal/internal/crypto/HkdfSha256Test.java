package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfSha256Test {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** RFC 5869, appendix A.3: SHA-256, no salt, no info, 42 bytes. */
  @Test
  void expand_testCaseOfTheRfc_matches() {
    assertThat(new HkdfSha256(hex("0b".repeat(22))).expand("", 42))
        .isEqualTo(
            hex(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                    + "9d201395faa4b61a96c8"));
  }

  @Test
  void expand_dataKeyOfAnItem_givesTheTwoKeysOfTheOldClients() {
    HkdfSha256 hkdf =
        new HkdfSha256(hex("af783222b5d560c68daafec1304533783f441893243c1631cb99efc05a1a1b5d"));
    assertThat(hkdf.expand("Encryption", 32))
        .isEqualTo(hex("b37e7b2c5a807f8249e53c6812167f5aace85dbc1692730ee7cad87c58bfc332"));
    assertThat(hkdf.expand("Signing", 32))
        .isEqualTo(hex("77b54f2aa735bc349b6e7df44aa6fbb546a42cde8be6686b7074d85c69ef23ce"));
    assertThat(hkdf.expand("Encryption", 16)).isEqualTo(hex("b37e7b2c5a807f8249e53c6812167f5a"));
  }

  @Test
  void expand_tooLong_throws() {
    assertThatThrownBy(() -> new HkdfSha256(new byte[32]).expand("x", HkdfSha256.MAX_BYTES + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8161 bytes");
  }
}
