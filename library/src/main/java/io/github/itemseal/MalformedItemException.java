package io.github.itemseal;

import org.jspecify.annotations.Nullable;

/** An item, stored or to be written, breaks the rules of DynamoDB or of the stored format. */
public final class MalformedItemException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public MalformedItemException(FailureReason reason, FailureSubject subject, String message) {
    this(reason, subject, message, null);
  }

  public MalformedItemException(
      FailureReason reason, FailureSubject subject, String message, @Nullable Throwable cause) {
    super(reason, subject, message, cause);
  }
}
