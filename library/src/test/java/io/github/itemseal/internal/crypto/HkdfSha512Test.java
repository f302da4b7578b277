package io.github.itemseal.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfSha512Test {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** The data key and message id of an item that the AWS Database Encryption SDK wrote. */
  @Test
  void expand_dataKeyOfAnItem_givesItsCommitKeyAndFieldRootKey() {
    HkdfSha512 hkdf =
        new HkdfSha512(
            Jca.INSTALLED, hex("dafb7a8ec15b5e71e42f21a386ee34a5a0c837c8532d877d3fb5b4cc3d588f66"));
    byte[] messageId = hex("40815abc8337d7e6c0bff8f30a0b7977d22dace0380ab99908b3ec29f97469de");
    assertThat(hkdf.expand(32, "AWS_DBE_COMMIT_KEY".getBytes(US_ASCII), messageId))
        .isEqualTo(hex("ed3912f110ec79abdd446cdca09080f7a5100000216fe1ee19f756923dcf56aa"));
    assertThat(hkdf.expand(32, "AWS_DBE_DERIVE_KEY".getBytes(US_ASCII), messageId))
        .isEqualTo(hex("b9faaa808efa854c8f89c99c4523205b5588089bcbb800a57adaea402bbec9cd"));
  }

  @Test
  void expand_moreThanOneHash_throws() {
    assertThatThrownBy(() -> new HkdfSha512(Jca.INSTALLED, new byte[32]).expand(65))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65 bytes");
  }
}
