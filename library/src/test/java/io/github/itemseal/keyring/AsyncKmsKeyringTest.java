package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.PendingKms;
import io.github.itemseal.testkit.InMemoryKms;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** That asynchronous keyrings neither block nor leave requests behind. */
class AsyncKmsKeyringTest {
  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey();
  private final PendingKms pending = new PendingKms();
  private final AsyncKeyring keyring =
      KmsKeyring.of(pending, KmsKeyringSettings.forKey(key).build());

  private DecryptionMaterials twoDataKeys() {
    Keyring writer = KmsKeyring.of(kms.client(), KmsKeyringSettings.forKey(key).build());
    return Twins.toRead(writer.onEncrypt(writer.onEncrypt(Twins.toWrite())));
  }

  @Test
  void onEncryptAsync_noAnswerYet_returnsAndCancelsTheRequestWithTheFuture() {
    CompletableFuture<EncryptionMaterials> future = keyring.onEncryptAsync(Twins.toWrite());
    assertThat(future).isNotDone();
    assertThat(pending.writes()).hasSize(1);
    future.cancel(true);
    assertThat(pending.writes().get(0)).isCancelled();
  }

  @Test
  void onDecryptAsync_firstDataKeyFails_asksForTheNextAndCancelsThatOne() {
    CompletableFuture<DecryptionMaterials> future = keyring.onDecryptAsync(twoDataKeys());
    assertThat(pending.reads()).hasSize(1);
    pending.reads().get(0).completeExceptionally(new IllegalStateException("down"));
    assertThat(future).isNotDone();
    assertThat(pending.reads()).hasSize(2);
    future.cancel(true);
    assertThat(pending.reads().get(1)).isCancelled();
  }

  @Test
  void onDecryptAsync_cancelledWhileTheFirstIsAsked_asksForNoOther() {
    CompletableFuture<DecryptionMaterials> future = keyring.onDecryptAsync(twoDataKeys());
    future.cancel(true);
    assertThat(pending.reads()).hasSize(1);
    assertThat(pending.reads().get(0)).isCancelled();
  }

  @Test
  void onDecryptAsync_everyDataKeyFails_keepsEveryCause() {
    CompletableFuture<DecryptionMaterials> future = keyring.onDecryptAsync(twoDataKeys());
    pending.reads().get(0).completeExceptionally(new IllegalStateException("first"));
    pending.reads().get(1).completeExceptionally(new IllegalStateException("second"));
    assertThat(future)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(MaterialsUnavailableException.class)
        .satisfies(
            e -> {
              assertThat(e).hasRootCauseMessage("first");
              assertThat(e.getSuppressed()).hasSize(1);
              assertThat(e.getSuppressed()[0]).hasRootCauseMessage("second");
            });
  }

  @Test
  void request_cancelledByTheClient_endsTheCallAndIsNoFailureOfKms() {
    CompletableFuture<EncryptionMaterials> write = keyring.onEncryptAsync(Twins.toWrite());
    pending.writes().get(0).cancel(true);
    assertThat(write).isCancelled();
    CompletableFuture<DecryptionMaterials> read = keyring.onDecryptAsync(twoDataKeys());
    pending.reads().get(0).cancel(true);
    assertThat(read).isCancelled();
    assertThat(pending.reads()).hasSize(1);
  }
}
