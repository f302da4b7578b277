package io.github.itemseal.internal.expression;

/**
 * An expression, or a placeholder of one, that DynamoDB would refuse before it looks at any item.
 * The message is the end of a sentence, in DynamoDB's words where it has some. It shows attribute
 * names and placeholders, never a value.
 */
public final class ExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ExpressionException(String message) {
    super(message);
  }
}
