package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testing.Threads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class MacKeyTest {
  private static final List<String> ALGORITHMS = List.of("HmacSHA256", "HmacSHA512");

  private final SecretKey plain = TestKeys.hmac();
  private final SecretKey key = MacKey.of(plain);

  @Test
  void mac_messagesAndAlgorithmsInAnyOrder_isWhatANewMacGives() throws Exception {
    long seed = System.nanoTime();
    System.out.println("MacKeyTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String algorithm = ALGORITHMS.get(random.nextInt(2));
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(message);
      byte[] expected = anew(algorithm, message);
      assertThat(Signatures.sign(algorithm, key, message)).isEqualTo(expected);
      assertThat(Signatures.sign(algorithm, plain, message)).isEqualTo(expected);
      assertThat(Signatures.verify(algorithm, key, message, expected)).isTrue();
      expected[random.nextInt(expected.length)] ^= 1;
      assertThat(Signatures.verify(algorithm, key, message, expected)).isFalse();
    }
  }

  @Test
  void mac_afterAnUnknownAlgorithm_works() throws Exception {
    byte[] message = {1, 2, 3};
    Signatures.sign("HmacSHA256", key, message);
    assertThatThrownBy(() -> Signatures.sign("HmacNONE", key, message))
        .isInstanceOf(KeyFailure.class);
    assertThat(Signatures.sign("HmacSHA256", key, message)).isEqualTo(anew("HmacSHA256", message));
  }

  @Test
  void mac_manyThreads_eachGetsTheMacOfItsMessage() throws Exception {
    Threads.each(
        8,
        thread -> {
          byte[] message = {(byte) thread};
          byte[] expected = anew("HmacSHA256", message);
          for (int i = 0; i < 5_000; i++) {
            assertThat(Signatures.sign("HmacSHA256", key, message)).isEqualTo(expected);
          }
        });
  }

  @Test
  void of_plainKey_isEqualBothWays() {
    assertThat(key).isEqualTo(plain).hasSameHashCodeAs(plain).isNotSameAs(plain);
    assertThat(plain).isEqualTo(key);
  }

  @Test
  void of_keyOfADevice_isItself() {
    SecretKey device =
        new SecretKeySpec(new byte[32], "HmacSHA256") {
          private static final long serialVersionUID = 1L;
        };
    assertThat(MacKey.of(device)).isSameAs(device);
  }

  @Test
  void writeReplace_afterUse_isThePlainKey() throws Exception {
    Signatures.sign("HmacSHA256", key, new byte[3]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(key);
    Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(read).isEqualTo(plain).isExactlyInstanceOf(SecretKeySpec.class);
  }

  private byte[] anew(String algorithm, byte[] message) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(plain);
    return mac.doFinal(message);
  }
}
