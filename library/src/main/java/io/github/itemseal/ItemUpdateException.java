package io.github.itemseal;

/**
 * A safe update was given up: there is no item to update, the change left the item's key, or other
 * writers were always first. Nothing was written.
 */
public final class ItemUpdateException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public ItemUpdateException(FailureReason reason, FailureSubject subject, String message) {
    super(reason, subject, message, null);
  }
}
