package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.PendingKms;
import io.github.itemseal.testkit.InMemoryKms;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** That asynchronous keyrings neither block nor leave requests behind. */
class KmsFuturesTest {
  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey();
  private final PendingKms pending = new PendingKms();
  private final AsyncKmsKeyring keyring =
      AsyncKmsKeyring.of(pending, KmsKeyringSettings.forKey(key).build());

  private DecryptionMaterials twoDataKeys() {
    KmsKeyring writer = KmsKeyring.of(kms.client(), KmsKeyringSettings.forKey(key).build());
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
        .failsWithin(java.time.Duration.ofSeconds(10))
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
  void firstOf_laterAttemptThrows_endsTheFutureInsteadOfLeavingItOpen() {
    CompletableFuture<DecryptionMaterials> first = new CompletableFuture<>();
    CompletableFuture<DecryptionMaterials> future =
        KmsFutures.firstOf(
            twoDataKeys(),
            () -> List.of(1, 2),
            attempt -> {
              if (attempt == 1) {
                return first;
              }
              throw new NoClassDefFoundError("second");
            });
    first.completeExceptionally(new IllegalStateException("first"));
    assertThat(future)
        .failsWithin(java.time.Duration.ofSeconds(10))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(NoClassDefFoundError.class)
        .withMessage("second");
  }
}
