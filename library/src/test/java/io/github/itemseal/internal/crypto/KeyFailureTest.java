package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a provider throws at a key is one kind of failure, with the cause. */
class KeyFailureTest {
  private static final byte[] BYTES = new byte[48];
  private static final SecretKey AES = new BrokenKey("AES");
  private static final SecretKey MAC = new BrokenKey("HmacSHA384");

  /** A key whose device is gone: asking for its bytes fails in a way that nobody expects. */
  private record BrokenKey(String algorithm) implements SecretKey {
    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      throw new IllegalStateException("the device is gone");
    }
  }

  static Stream<Map.Entry<String, Runnable>> uses() {
    SecretKey content = new SecretKeySpec(new byte[32], "AES");
    Map<String, Runnable> uses =
        Map.of(
            "AES-CBC encrypt", () -> AesCbc.encrypting(AES).run(BYTES, 32),
            "AES-CBC decrypt", () -> AesCbc.decrypting(AES).run(BYTES, 32),
            "AES-GCM seal",
                () -> new AesGcm(Jca.INSTALLED).seal(AES, AesGcm.zeroNonce(), BYTES, BYTES),
            "AES-GCM open",
                () -> new AesGcm(Jca.INSTALLED).open(AES, AesGcm.zeroNonce(), BYTES, BYTES),
            "wrap", () -> new AesKeyWrap(AES).wrap(content),
            "unwrap", () -> new AesKeyWrap(AES).unwrap(new byte[40]),
            "sign", () -> Signatures.sign("HmacSHA384", MAC, BYTES),
            "verify", () -> Signatures.verify("HmacSHA384", MAC, BYTES, BYTES),
            "MAC", () -> Hmac.sha384(Jca.INSTALLED).of(MAC, BYTES, BYTES.length));
    return uses.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("uses")
  void use_providerThrowsAnything_isAKeyFailureWithTheCause(Map.Entry<String, Runnable> use) {
    assertThatThrownBy(() -> use.getValue().run())
        .as(use.getKey())
        .isInstanceOf(KeyFailure.class)
        .hasMessageContaining("key failed")
        .rootCause()
        .hasMessage("the device is gone");
  }
}
