package io.github.itemseal;

/** An item is well-formed, but the table's configuration forbids to read or write it. */
public final class ForbiddenItemException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public ForbiddenItemException(FailureReason reason, FailureSubject subject, String message) {
    super(reason, subject, message, null);
  }
}
