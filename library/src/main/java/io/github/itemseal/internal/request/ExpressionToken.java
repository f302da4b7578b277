package io.github.itemseal.internal.request;

/**
 * A lexical element of an expression.
 *
 * @param kind what it is
 * @param text its characters, the {@code #} or {@code :} of a placeholder included
 */
record ExpressionToken(Kind kind, String text) {
  enum Kind {
    /** An attribute name, an operator, a function, or the digits of a list index. */
    WORD,
    /** {@code #name}, defined by the request. */
    NAME,
    /** {@code :value}, defined by the request. */
    VALUE,
    /** One character of punctuation. */
    SYMBOL
  }

  boolean is(char symbol) {
    return kind == Kind.SYMBOL && text.charAt(0) == symbol;
  }
}
