package io.github.itemseal.internal.expression;

/**
 * A lexical element of an expression.
 *
 * @param kind what it is
 * @param text its characters, the {@code #} or {@code :} of a placeholder included
 * @param position of its first character in the expression, from 0
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    /** An attribute name, a keyword, a function, or the digits of a list index. */
    WORD,
    /** {@code #name}, defined by the request. */
    NAME,
    /** {@code :value}, defined by the request. */
    VALUE,
    /** Punctuation: one character, or one of {@code <>}, {@code <=}, {@code >=}. */
    SYMBOL
  }

  /** Whether it is this punctuation. */
  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether it is this keyword, in any case. */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }
}
