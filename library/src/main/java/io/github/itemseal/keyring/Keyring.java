package io.github.itemseal.keyring;

/**
 * A source of keys for DBE items. Implementations are thread-safe and may block on I/O; the twin
 * that does not block is {@link AsyncKeyring}.
 *
 * <p>Failures are {@link io.github.itemseal.ItemsealException}s: {@code
 * MaterialsUnavailableException} where no key is to be had or none is configured, {@code
 * ItemAuthenticationException} where a wrapped key does not open, {@code MalformedItemException}
 * where it cannot be followed.
 */
public interface Keyring {
  /**
   * Adds a wrapped data key, and the data key itself if there is none yet: see {@link
   * EncryptionMaterials#withWrappedKey}.
   */
  EncryptionMaterials onEncrypt(EncryptionMaterials materials);

  /**
   * Opens one of the item's wrapped data keys: see {@link DecryptionMaterials#withIntermediateKey}.
   * Nothing of the item is verified yet: data keys and context are an attacker's claims.
   *
   * @throws io.github.itemseal.ItemsealException if it can open none of them; what was thrown for
   *     each is the exception itself, its cause or suppressed in it
   */
  DecryptionMaterials onDecrypt(DecryptionMaterials materials);

  /** Whether it can wrap data keys of this suite; a table that writes with another is not built. */
  default boolean supports(AlgorithmSuite suite) {
    return true;
  }
}
