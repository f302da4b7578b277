package io.github.itemseal.keyring;

import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * {@link MultiKeyring} without blocking: one keyring after the other. Cancelling a future cancels
 * what it waits for, and no keyring is tried after it. Thread-safe as they are.
 */
public final class AsyncMultiKeyring implements AsyncKeyring {
  private final List<AsyncKeyring> keyrings;

  private AsyncMultiKeyring(List<AsyncKeyring> keyrings) {
    this.keyrings = List.copyOf(keyrings);
    if (keyrings.isEmpty()) {
      throw new IllegalArgumentException("A multi-keyring needs a keyring.");
    }
  }

  /**
   * These keyrings, in the order in which they wrap and try to open.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static AsyncMultiKeyring of(AsyncKeyring... keyrings) {
    return new AsyncMultiKeyring(List.of(keyrings));
  }

  /** Every keyring must succeed. */
  @Override
  public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
    CompletableFuture<EncryptionMaterials> wrapped = CompletableFuture.completedFuture(materials);
    for (AsyncKeyring keyring : keyrings) {
      wrapped = CancellableStages.compose(wrapped, keyring::onEncryptAsync, Runnable::run);
    }
    return wrapped;
  }

  /** The first success counts; where there is none, every failure is kept. */
  @Override
  public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
    return tryFrom(0, materials, new FailedAttempts());
  }

  private CompletableFuture<DecryptionMaterials> tryFrom(
      int index, DecryptionMaterials materials, FailedAttempts failures) {
    if (index == keyrings.size()) {
      return CompletableFuture.failedFuture(failures.toException(materials));
    }
    return CancellableStages.handle(
        Futures.of(() -> keyrings.get(index).onDecryptAsync(materials)),
        (opened, failure) -> {
          if (failure == null) {
            return CompletableFuture.completedFuture(opened);
          }
          if (failure instanceof RuntimeException cause
              && !(failure instanceof CancellationException)) {
            failures.add(cause);
            return tryFrom(index + 1, materials, failures);
          }
          return CompletableFuture.failedFuture(failure);
        },
        Runnable::run);
  }

  @Override
  public boolean supports(AlgorithmSuite suite) {
    return keyrings.stream().allMatch(keyring -> keyring.supports(suite));
  }

  @Override
  public String toString() {
    return "AsyncMultiKeyring%s".formatted(keyrings);
  }
}
