package io.github.itemseal.keyring;

import java.util.concurrent.CompletableFuture;

/**
 * A keyring that does no I/O, and so serves synchronous and asynchronous callers alike: its futures
 * are complete when they are returned.
 */
public interface LocalKeyring extends Keyring, AsyncKeyring {
  @Override
  default CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
    try {
      return CompletableFuture.completedFuture(onEncrypt(materials));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  default CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
    try {
      return CompletableFuture.completedFuture(onDecrypt(materials));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  default boolean supports(AlgorithmSuite suite) {
    return true;
  }
}
