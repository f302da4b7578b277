package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testing.Threads;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AesKeyWrapTest {
  private final AesKeyWrap wrap = new AesKeyWrap(TestKeys.aes(256));

  @Test
  void wrap_exampleOfRfc3394_isItsCiphertext() {
    // Section 4.6: 256 bits of key data with a 256-bit key.
    AesKeyWrap example =
        new AesKeyWrap(key("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"));
    SecretKey data = key("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F");
    byte[] expected =
        HexFormat.of()
            .parseHex(
                "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21");
    assertThat(example.wrap(data)).isEqualTo(expected);
    assertThat(example.wrap(data)).as("with the kept cipher").isEqualTo(expected);
    assertThat(example.unwrap(expected)).isEqualTo(data);
    assertThat(example.unwrap(expected)).as("with the kept cipher").isEqualTo(data);
  }

  @Test
  void unwrap_blobChanged_throwsAndTheNextOneOpens() {
    SecretKey contentKey = TestKeys.aes(128);
    byte[] wrapped = wrap.wrap(contentKey);
    for (int bit = 0; bit < 8 * wrapped.length; bit++) {
      byte[] changed = wrapped.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> wrap.unwrap(changed))
          .isInstanceOf(CryptoFailure.class)
          .hasMessageContaining("cryptographic check failed");
      assertThat(wrap.unwrap(wrapped)).isEqualTo(contentKey);
    }
  }

  @Test
  void wrap_keyOfNoRightLength_throwsAndTheNextOneIsWrapped() {
    assertThatThrownBy(() -> wrap.wrap(new SecretKeySpec(new byte[7], "AES")))
        .isInstanceOf(KeyFailure.class);
    SecretKey contentKey = TestKeys.aes(192);
    assertThat(wrap.unwrap(wrap.wrap(contentKey))).isEqualTo(contentKey);
  }

  @Test
  void wrapAndUnwrap_manyThreads_eachGetsItsOwnKey() throws Exception {
    Threads.each(
        8,
        thread -> {
          for (int i = 0; i < 2_000; i++) {
            SecretKey contentKey = KeyWrapping.generateAesKey(256);
            assertThat(wrap.unwrap(wrap.wrap(contentKey))).isEqualTo(contentKey);
          }
        });
  }

  @Test
  void wrapAndUnwrap_keyOfADevice_isAskedForEachTime() {
    DeviceKey device = new DeviceKey();
    AesKeyWrap wrap = new AesKeyWrap(device);
    SecretKey contentKey = TestKeys.aes(256);
    for (int i = 0; i < 3; i++) {
      int before = device.asked;
      byte[] wrapped = wrap.wrap(contentKey);
      int between = device.asked;
      assertThat(wrap.unwrap(wrapped)).isEqualTo(contentKey);
      assertThat(between).isGreaterThan(before);
      assertThat(device.asked).isGreaterThan(between);
    }
  }

  /** Counts how often it is asked for its bytes. */
  private static final class DeviceKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes = TestKeys.aes(256).getEncoded();
    private int asked;

    @Override
    public String getAlgorithm() {
      return "AES";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      asked++;
      return bytes.clone();
    }
  }

  private static SecretKey key(String hex) {
    return new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
  }
}
