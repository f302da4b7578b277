package io.github.itemseal;

/**
 * A stored item is not what somebody with the configured keys wrote for this table under these
 * attribute actions. Nothing of it is returned.
 *
 * <p>The text is the same whichever check failed, so that it tells an attacker nothing.
 */
public final class ItemAuthenticationException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public ItemAuthenticationException(FailureSubject subject) {
    super(
        FailureReason.NOT_AUTHENTIC,
        subject,
        "The %s failed authentication: it was changed, is incomplete (a projection?), or was"
                .formatted(subject.describe())
            + " written with other keys, another logical table name or other attribute actions.",
        null);
  }
}
