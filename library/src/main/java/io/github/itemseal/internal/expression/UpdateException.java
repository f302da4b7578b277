package io.github.itemseal.internal.expression;

/**
 * An update expression that is correct, but cannot be applied to the item there is. The message is
 * a whole sentence in DynamoDB's words.
 */
public final class UpdateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UpdateException(String message) {
    super(message);
  }
}
