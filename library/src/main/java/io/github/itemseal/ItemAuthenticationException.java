package io.github.itemseal;

/**
 * A stored item is not what somebody with the configured keys wrote for this table under these
 * attribute actions, or not the item that was asked for. Nothing of it is returned.
 *
 * <p>The text is the same whichever check of an item failed, so that it tells an attacker nothing.
 * That DynamoDB answered for another key is told apart: it is seen before any key is used.
 */
public final class ItemAuthenticationException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public ItemAuthenticationException(FailureSubject subject) {
    this(
        FailureReason.NOT_AUTHENTIC,
        subject,
        "The %s failed authentication: it was changed, is incomplete (a projection?), or was"
                .formatted(subject.describe())
            + " written with other keys, another logical table name or other attribute actions.");
  }

  private ItemAuthenticationException(
      FailureReason reason, FailureSubject subject, String message) {
    super(reason, subject, message, null);
  }

  /** The answer to a request for one key is the item of another. */
  public static ItemAuthenticationException ofAnotherKey(FailureSubject subject) {
    return new ItemAuthenticationException(
        FailureReason.OTHER_KEY_ANSWERED,
        subject,
        ("DynamoDB answered with an %s that has another key than was asked for. Whoever answers in"
                + " its place, such as a cache or proxy, mixes items up.")
            .formatted(subject.describe()));
  }
}
