package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;

/**
 * A source of keys for DDBEC items. Implementations are thread-safe and may block on I/O; the
 * interface of those that do not block is {@link AsyncCryptographicMaterialsProvider}.
 *
 * <p>Failures are {@link io.github.itemseal.ItemsealException}s: {@code
 * MaterialsUnavailableException} where no keys are to be had, {@code MalformedItemException} where
 * the item's description cannot be followed, {@code ItemAuthenticationException} where the wrapped
 * key does not open.
 */
public interface CryptographicMaterialsProvider {
  /** Keys for one item about to be written. */
  EncryptionMaterials encryptionMaterials(EncryptionContext context);

  /**
   * Keys for one stored item. Neither the item nor its description in {@code context} is verified
   * yet: both are an attacker's claims.
   */
  DecryptionMaterials decryptionMaterials(EncryptionContext context);
}
