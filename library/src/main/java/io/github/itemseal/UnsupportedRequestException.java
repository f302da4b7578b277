package io.github.itemseal;

/**
 * A request was refused before it was sent, because it could write plaintext to a protected table,
 * or ask for what cannot be verified or compared. The message says what to call instead.
 */
public final class UnsupportedRequestException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public UnsupportedRequestException(FailureReason reason, FailureSubject subject, String message) {
    super(reason, subject, message, null);
  }
}
