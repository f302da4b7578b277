package io.github.itemseal.internal.crypto;

/**
 * A configured key could not be used, whatever the data: it does not fit its algorithm, its device
 * is gone, or it cannot do what was asked. The cause says why, and may be any exception: providers
 * that get a key without bytes from an HSM are known to throw a NullPointerException. Callers turn
 * it into {@link io.github.itemseal.MaterialsUnavailableException}.
 */
public final class KeyFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String role;

  KeyFailure(String role, Throwable cause) {
    super("the " + role + " failed", cause, false, false);
    this.role = role;
  }

  /** Which key it is, such as {@code signing key}. */
  public String role() {
    return role;
  }
}
