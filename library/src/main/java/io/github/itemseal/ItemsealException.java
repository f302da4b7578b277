package io.github.itemseal;

import io.github.itemseal.internal.value.ShownText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything this library throws at run time, one class a meaning. Mistakes of configuration are
 * {@link IllegalArgumentException} when something is built instead.
 *
 * <p>Not part of the SDK's own tree, whose handlers retry. Messages, like {@link #subject()}, hold
 * names and types, never a value, a key or ciphertext. They are on one line, whatever the names
 * hold.
 */
public abstract sealed class ItemsealException extends RuntimeException
    permits ForbiddenItemException,
        ItemAuthenticationException,
        ItemTooLargeException,
        ItemUpdateException,
        MalformedItemException,
        MaterialsUnavailableException,
        TableUnavailableException,
        UnsupportedRequestException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;
  private final transient @Nullable FailureSubject subject;

  ItemsealException(
      FailureReason reason, FailureSubject subject, String message, @Nullable Throwable cause) {
    super(ShownText.message(message), cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.subject = subject;
  }

  /** What exactly went wrong. */
  public FailureReason reason() {
    return reason;
  }

  /** The table, keys, attribute and format concerned, as far as they are known. */
  public FailureSubject subject() {
    return subject == null ? FailureSubject.unknown() : subject; // null once deserialized
  }
}
