package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(
            () -> {
              for (int k = 0; k < 2_000; k++) {
                SecretKey contentKey = KeyWrapping.generateAesKey(256);
                assertThat(wrap.unwrap(wrap.wrap(contentKey))).isEqualTo(contentKey);
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static SecretKey key(String hex) {
    return new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
  }
}
