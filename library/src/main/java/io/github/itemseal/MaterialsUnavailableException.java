package io.github.itemseal;

import org.jspecify.annotations.Nullable;

/** The key source gave no keys for an item; where another system refused, it is the cause. */
public final class MaterialsUnavailableException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public MaterialsUnavailableException(
      FailureReason reason, FailureSubject subject, String message, @Nullable Throwable cause) {
    super(reason, subject, message, cause);
  }

  /**
   * The exception for a configured key that failed: {@link FailureReason#KEY_NOT_CONFIGURED} if the
   * cause says that it never does what was asked, else {@link FailureReason#KEY_SOURCE_FAILED}.
   *
   * @param role which key it is, such as {@code signing key}
   * @param cause what the key, its device or its provider threw
   */
  public static MaterialsUnavailableException keyFailed(
      FailureSubject subject, String role, @Nullable Throwable cause) {
    return new MaterialsUnavailableException(
        cause instanceof UnsupportedOperationException
            ? FailureReason.KEY_NOT_CONFIGURED
            : FailureReason.KEY_SOURCE_FAILED,
        subject,
        "The %s failed for the %s; the cause says why.".formatted(role, subject.describe()),
        cause);
  }
}
