package io.github.itemseal.keyring;

import io.github.itemseal.internal.concurrent.Futures;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@link MultiKeyring} without blocking: one keyring after the other. Thread-safe as they are. */
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
      wrapped = wrapped.thenCompose(keyring::onEncryptAsync);
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
    return Futures.of(() -> keyrings.get(index).onDecryptAsync(materials))
        .exceptionallyCompose(
            failure -> {
              if (Futures.causeOf(failure) instanceof RuntimeException cause) {
                failures.add(cause);
                return tryFrom(index + 1, materials, failures);
              }
              return CompletableFuture.failedFuture(failure);
            });
  }

  @Override
  public String toString() {
    return "AsyncMultiKeyring%s".formatted(keyrings);
  }
}
