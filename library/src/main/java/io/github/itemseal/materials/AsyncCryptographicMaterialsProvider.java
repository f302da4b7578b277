package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import java.util.concurrent.CompletableFuture;

/**
 * A source of keys for DDBEC items that never blocks its caller. Implementations are thread-safe.
 * Futures fail with what {@link CryptographicMaterialsProvider} would throw.
 */
public interface AsyncCryptographicMaterialsProvider {
  /** Keys for one item about to be written. */
  CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(EncryptionContext context);

  /** Keys for one stored item, whose contents are not verified yet. */
  CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(EncryptionContext context);
}
