package io.github.itemseal.internal.format;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes or values that a codec cannot follow. The format that called the codec knows which table
 * and attribute it was and turns this into a {@link MalformedItemException}.
 */
public final class WireFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;
  private final @Nullable String attributeName;

  /**
   * @param detail what is wrong, as the end of a sentence that begins with the attribute; names and
   *     types only
   */
  public WireFormatException(FailureReason reason, String detail) {
    this(reason, detail, null);
  }

  private WireFormatException(FailureReason reason, String detail, @Nullable String attributeName) {
    super(detail, null, false, false);
    this.reason = reason;
    this.attributeName = attributeName;
  }

  /** The same failure, of this attribute. */
  public WireFormatException inAttribute(String name) {
    return new WireFormatException(reason, detail(), name);
  }

  /** The typed exception, for an item of this table. */
  public MalformedItemException toException(FailureSubject item) {
    FailureSubject subject = attributeName == null ? item : item.withAttribute(attributeName);
    String what = subject.describe();
    return new MalformedItemException(
        reason,
        subject,
        "%s%s %s.".formatted(Character.toUpperCase(what.charAt(0)), what.substring(1), detail()),
        this);
  }

  private String detail() {
    return String.valueOf(getMessage());
  }
}
