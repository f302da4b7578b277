package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the derivation is the original's is shown by the items of raw ECDH keyrings. */
class CounterKdfTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LABEL = "la".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CONTEXT = "con".getBytes(StandardCharsets.UTF_8);

  /** The blocks spelled out: number, label, zero, context, bits. */
  @ParameterizedTest
  @CsvSource({
    "HmacSHA256,32,00000100",
    "HmacSHA256,33,00000108",
    "HmacSHA384,64,00000200",
    "HmacSHA256,1,00000008"
  })
  void derive_severalBlocks_areHmacsOfCounterAndFixedInput(String hmac, int length, String bits)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(hmac);
    mac.init(new SecretKeySpec(KEY, hmac));
    HexFormat hex = HexFormat.of();
    byte[] first = mac.doFinal(hex.parseHex("00000001" + "6c61" + "00" + "636f6e" + bits));
    byte[] second = mac.doFinal(hex.parseHex("00000002" + "6c61" + "00" + "636f6e" + bits));
    byte[] both = Arrays.copyOf(first, 2 * first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(new CounterKdf(Jca.INSTALLED, hmac).derive(KEY, LABEL, CONTEXT, length))
        .isEqualTo(Arrays.copyOf(both, length));
  }
}
