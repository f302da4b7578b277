package io.github.itemseal;

import org.jspecify.annotations.Nullable;

/** The key source gave no keys for an item; where another system refused, it is the cause. */
public final class MaterialsUnavailableException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public MaterialsUnavailableException(
      FailureReason reason, FailureSubject subject, String message, @Nullable Throwable cause) {
    super(reason, subject, message, cause);
  }
}
