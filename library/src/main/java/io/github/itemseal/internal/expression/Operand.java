package io.github.itemseal.internal.expression;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a condition compares or a function looks at. */
public sealed interface Operand extends SyntaxNode
    permits DocumentPath, Operand.Value, Operand.Size {
  /**
   * A value of the request.
   *
   * @param placeholder as the expression writes it, with its {@code :}
   */
  record Value(String placeholder, AttributeValue value) implements Operand {
    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
      return placeholder;
    }
  }

  /** {@code size(of)}: a number, or nothing for what has no size. */
  record Size(Operand of) implements Operand {}
}
