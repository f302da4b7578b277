package io.github.itemseal.keyring;

import java.util.concurrent.CompletableFuture;

/** A {@link Keyring} that never blocks; its futures fail with the same exceptions. */
public interface AsyncKeyring {
  /** See {@link Keyring#onEncrypt}. */
  CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials);

  /** See {@link Keyring#onDecrypt}. */
  CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials);

  /** See {@link Keyring#supports}. */
  default boolean supports(AlgorithmSuite suite) {
    return true;
  }
}
