package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MultiKeyringTest {
  private static final AlgorithmSuite SIGNED =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;

  private final RawAesKeyring first = RawAesKeyring.of("ns", "first", TestKeys.aes(256));
  private final RawAesKeyring second = RawAesKeyring.of("ns", "second", TestKeys.aes(128));

  /** The same keyrings as blocking, asynchronous and local ones. */
  private static List<Twins> kinds(LocalKeyring... keyrings) {
    return List.of(
        new Twins(
            MultiKeyring.of((Keyring[]) keyrings), MultiKeyring.of((AsyncKeyring[]) keyrings)),
        Twins.of(MultiKeyring.of(keyrings)));
  }

  @Test
  void onEncrypt_everyKeyring_wrapsTheSameKeyForEither() {
    for (Twins both : kinds(first, second)) {
      for (EncryptionMaterials written : both.write()) {
        assertThat(written.encryptedDataKeys()).hasSize(2);
        Twins.of(first).assertRead(written);
        Twins.of(second).assertRead(written);
      }
    }
  }

  @Test
  void onDecrypt_firstCannot_secondOpens() {
    EncryptionMaterials written = second.onEncrypt(Twins.toWrite());
    kinds(first, second).forEach(both -> both.assertRead(written));
  }

  @Test
  void onDecrypt_noneCan_failsWithEveryCause() {
    EncryptionMaterials written =
        RawAesKeyring.of("ns", "stranger", TestKeys.aes(256)).onEncrypt(Twins.toWrite());
    for (Twins both : kinds(first, second)) {
      both.assertRefuses(
          Twins.toRead(written), MaterialsUnavailableException.class, "No configured key opens");
      assertThatThrownBy(() -> both.blocking().onDecrypt(Twins.toRead(written)))
          .isInstanceOf(ItemsealException.class)
          .satisfies(one -> assertThat(one.getSuppressed()).hasSize(1)); // and the other in it
    }
  }

  @Test
  void supports_oneThatDoesNot_doesNot() {
    LocalKeyring unsigned =
        new LocalKeyring() {
          @Override
          public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
            return first.onEncrypt(materials);
          }

          @Override
          public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
            return first.onDecrypt(materials);
          }

          @Override
          public boolean supports(AlgorithmSuite suite) {
            return !suite.hasSignature();
          }
        };
    for (Twins both : kinds(first, unsigned)) {
      assertThat(both.blocking().supports(SIGNED)).isFalse();
      assertThat(both.async().supports(SIGNED)).isFalse();
    }
    kinds(first, second).forEach(both -> assertThat(both.async().supports(SIGNED)).isTrue());
  }

  @Test
  void onDecrypt_keyringThrowsCancellation_triesNoOther() {
    DecryptionMaterials stored = Twins.toRead(second.onEncrypt(Twins.toWrite()));
    LocalKeyring cancelling =
        new LocalKeyring() {
          @Override
          public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
            throw new CancellationException();
          }

          @Override
          public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
            throw new CancellationException();
          }
        };
    for (Twins both : kinds(cancelling, second)) {
      assertThatThrownBy(() -> both.blocking().onDecrypt(stored))
          .isInstanceOf(CancellationException.class);
      assertThat(both.async().onDecryptAsync(stored)).isCancelled();
    }
  }

  /** Answers when it is told to. */
  private static final class SilentKeyring implements AsyncKeyring {
    final List<CompletableFuture<?>> asked = new ArrayList<>();

    private <T> CompletableFuture<T> ask() {
      CompletableFuture<T> answer = new CompletableFuture<>();
      asked.add(answer);
      return answer;
    }

    @Override
    public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
      return ask();
    }

    @Override
    public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
      return ask();
    }
  }

  @Test
  void onEncryptAsync_cancelled_cancelsWhatItWaitsFor() {
    SilentKeyring silent = new SilentKeyring();
    MultiKeyring.of(first, silent).onEncryptAsync(Twins.toWrite()).cancel(true);
    assertThat(silent.asked).singleElement().matches(CompletableFuture::isCancelled);
  }

  @Test
  void onDecryptAsync_cancelled_cancelsWhatItWaitsForAndTriesNoOther() {
    SilentKeyring silent = new SilentKeyring();
    SilentKeyring next = new SilentKeyring();
    DecryptionMaterials stored = Twins.toRead(first.onEncrypt(Twins.toWrite()));
    MultiKeyring.of(silent, next).onDecryptAsync(stored).cancel(true);
    assertThat(silent.asked).singleElement().matches(CompletableFuture::isCancelled);
    assertThat(next.asked).isEmpty();
  }

  @Test
  void of_nothing_throws() {
    assertThatThrownBy(MultiKeyring::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a keyring");
  }
}
