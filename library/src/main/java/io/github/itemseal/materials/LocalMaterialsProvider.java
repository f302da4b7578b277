package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import java.util.concurrent.CompletableFuture;

/**
 * A source of keys that does no I/O, and so serves synchronous and asynchronous callers alike: its
 * futures are complete when they are returned.
 */
public interface LocalMaterialsProvider
    extends CryptographicMaterialsProvider, AsyncCryptographicMaterialsProvider {
  @Override
  default CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
      EncryptionContext context) {
    try {
      return CompletableFuture.completedFuture(encryptionMaterials(context));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  default CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
      EncryptionContext context) {
    try {
      return CompletableFuture.completedFuture(decryptionMaterials(context));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
