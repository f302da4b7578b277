package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.TestKeys;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** MACs, of which one is kept. */
class SignaturesTest {
  private static final List<String> ALGORITHMS = List.of("HmacSHA256", "HmacSHA512");

  private final Signatures signatures = new Signatures();

  @Test
  void sign_keysAndAlgorithmsInAnyOrder_isWhatANewMacGives() throws Exception {
    List<SecretKey> keys = List.of(TestKeys.hmac(), TestKeys.aes(256), TestKeys.aes(128));
    long seed = System.nanoTime();
    System.out.println("SignaturesTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String algorithm = ALGORITHMS.get(random.nextInt(2));
      SecretKey key = keys.get(random.nextInt(3));
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(message);
      byte[] expected = anew(algorithm, key, message);
      assertThat(signatures.sign(algorithm, key, message)).isEqualTo(expected);
      assertThat(signatures.verify(algorithm, key, message, expected)).isTrue();
      expected[random.nextInt(expected.length)] ^= 1;
      assertThat(signatures.verify(algorithm, key, message, expected)).isFalse();
    }
  }

  @Test
  void sign_equalKeysOfOtherObjects_isTheSame() throws Exception {
    SecretKey key = TestKeys.hmac();
    byte[] message = {1, 2, 3};
    for (int i = 0; i < 5; i++) {
      SecretKey copy = new SecretKeySpec(key.getEncoded(), key.getAlgorithm());
      assertThat(signatures.sign("HmacSHA256", copy, message))
          .isEqualTo(anew("HmacSHA256", key, message));
    }
  }

  @Test
  void sign_afterAFailure_works() throws Exception {
    SecretKey key = TestKeys.hmac();
    byte[] message = {1, 2, 3};
    signatures.sign("HmacSHA256", key, message);
    signatures.sign("HmacSHA256", key, message);
    assertThatThrownBy(() -> signatures.sign("HmacNONE", key, message))
        .isInstanceOf(KeyFailure.class);
    assertThat(signatures.sign("HmacSHA256", key, message))
        .isEqualTo(anew("HmacSHA256", key, message));
  }

  @Test
  void sign_manyThreads_eachGetsTheMacOfItsMessage() throws Exception {
    SecretKey key = TestKeys.hmac();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        byte[] message = {(byte) t};
        byte[] expected = anew("HmacSHA256", key, message);
        tasks.add(
            () -> {
              for (int i = 0; i < 5_000; i++) {
                assertThat(signatures.sign("HmacSHA256", key, message)).isEqualTo(expected);
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

  @Test
  void sign_keyOfOneItemAlone_isNotHeld() throws Exception {
    WeakReference<SecretKey> gone = signOnce();
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(gone.get()).isNull();
  }

  private WeakReference<SecretKey> signOnce() {
    SecretKey key = new SecretKeySpec(new byte[32], "HmacSHA256");
    signatures.sign("HmacSHA256", key, new byte[10]);
    return new WeakReference<>(key);
  }

  private static byte[] anew(String algorithm, SecretKey key, byte[] message) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(key);
    return mac.doFinal(message);
  }
}
