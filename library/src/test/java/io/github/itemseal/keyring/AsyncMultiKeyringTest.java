package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemsealException;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class AsyncMultiKeyringTest {
  private final RawAesKeyring first = RawAesKeyring.of("ns", "first", TestKeys.aes(256));
  private final RawAesKeyring second = RawAesKeyring.of("ns", "second", TestKeys.aes(128));

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
  void onEncryptAsync_everyKeyring_wrapsTheSameKeyForEither() {
    EncryptionMaterials written =
        AsyncMultiKeyring.of(first, second).onEncryptAsync(Twins.toWrite()).join();
    assertThat(written.encryptedDataKeys()).hasSize(2);
    for (RawAesKeyring one : List.of(first, second)) {
      assertThat(one.onDecrypt(Twins.toRead(written)).dataKey()).isEqualTo(written.dataKey());
    }
  }

  @Test
  void onDecryptAsync_firstCannot_secondOpens() {
    EncryptionMaterials written = second.onEncrypt(Twins.toWrite());
    assertThat(
            AsyncMultiKeyring.of(first, second)
                .onDecryptAsync(Twins.toRead(written))
                .join()
                .dataKey())
        .isEqualTo(written.dataKey());
  }

  @Test
  void onDecryptAsync_noneCan_failsWithEveryCause() {
    RawAesKeyring stranger = RawAesKeyring.of("ns", "stranger", TestKeys.aes(256));
    EncryptionMaterials written = stranger.onEncrypt(Twins.toWrite());
    assertThatThrownBy(
            () -> AsyncMultiKeyring.of(first, second).onDecryptAsync(Twins.toRead(written)).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(ItemsealException.class)
        .hasMessageContaining("No configured key opens")
        .satisfies(one -> assertThat(one.getSuppressed()).hasSize(1)); // and the other in it
  }

  @Test
  void onEncryptAsync_cancelled_cancelsWhatItWaitsFor() {
    SilentKeyring silent = new SilentKeyring();
    AsyncMultiKeyring.of(first, silent).onEncryptAsync(Twins.toWrite()).cancel(true);
    assertThat(silent.asked).singleElement().matches(CompletableFuture::isCancelled);
  }

  @Test
  void onDecryptAsync_cancelled_cancelsWhatItWaitsForAndTriesNoOther() {
    SilentKeyring silent = new SilentKeyring();
    SilentKeyring next = new SilentKeyring();
    DecryptionMaterials stored = Twins.toRead(first.onEncrypt(Twins.toWrite()));
    AsyncMultiKeyring.of(silent, next).onDecryptAsync(stored).cancel(true);
    assertThat(silent.asked).singleElement().matches(CompletableFuture::isCancelled);
    assertThat(next.asked).isEmpty();
  }

  @Test
  void of_nothing_throws() {
    assertThatThrownBy(AsyncMultiKeyring::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a keyring");
  }
}
