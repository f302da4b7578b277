package io.github.itemseal.internal.crypto;

/**
 * A ciphertext or wrapped key did not open. Carries no detail on purpose; callers turn it into the
 * uniform {@link io.github.itemseal.ItemAuthenticationException}.
 */
public final class CryptoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CryptoFailure() {
    super("cryptographic check failed", null, false, false);
  }
}
