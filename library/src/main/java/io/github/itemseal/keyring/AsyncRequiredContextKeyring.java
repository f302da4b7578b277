package io.github.itemseal.keyring;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** {@link RequiredContextKeyring} without blocking. Thread-safe as the keyring it wraps. */
public final class AsyncRequiredContextKeyring implements AsyncKeyring {
  private final AsyncKeyring keyring;
  private final Set<String> required;

  private AsyncRequiredContextKeyring(AsyncKeyring keyring, Set<String> required) {
    this.keyring = keyring;
    this.required = required;
  }

  /**
   * This keyring, for items with these entries only.
   *
   * @param keys such as {@code aws-crypto-attr.tenant}
   */
  public static AsyncRequiredContextKeyring of(AsyncKeyring keyring, String... keys) {
    return new AsyncRequiredContextKeyring(keyring, Set.of(keys));
  }

  @Override
  public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
    try {
      RequiredContextKeyring.require(required, materials.encryptionContext(), materials.subject());
      return keyring.onEncryptAsync(materials);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
    try {
      RequiredContextKeyring.require(required, materials.reproducedContext(), materials.subject());
      return keyring.onDecryptAsync(materials);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public boolean supports(AlgorithmSuite suite) {
    return keyring.supports(suite);
  }
}
