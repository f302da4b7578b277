package io.github.itemseal;

/**
 * An item was refused before it was sent, because sealed it is larger than DynamoDB stores. The
 * message names its largest attributes. Nothing of its request was written.
 *
 * <p>Thrown only where DynamoDB would refuse for certain. It counts numbers, lists and maps by
 * rules of its own, so an item within some bytes of the limit may still fail there.
 */
public final class ItemTooLargeException extends ItemsealException {
  /** Bytes of names and values that an item of DynamoDB may have. */
  public static final int LIMIT_BYTES = 400 * 1024;

  private static final long serialVersionUID = 1L;

  private final int plainBytes;
  private final int storedBytes;

  /**
   * @param plainBytes the size of the item as it was given, names and values
   * @param storedBytes the size of the same item sealed
   */
  public ItemTooLargeException(
      FailureSubject subject, int plainBytes, int storedBytes, String message) {
    super(FailureReason.ITEM_TOO_LARGE, subject, message, null);
    this.plainBytes = plainBytes;
    this.storedBytes = storedBytes;
  }

  /** Bytes of the item's names and values as DynamoDB counts them, before it was sealed. */
  public int plainBytes() {
    return plainBytes;
  }

  /** The same of the sealed item: more than {@link #LIMIT_BYTES}. */
  public int storedBytes() {
    return storedBytes;
  }
}
