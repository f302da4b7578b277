package io.github.itemseal.internal.request;

import io.github.itemseal.internal.request.ExpressionToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Splits expressions of every kind (condition, filter, key condition, projection, update) into
 * tokens. Words are whole: {@code orders} is one, not {@code OR} and something else. Stateless.
 *
 * <p>Source: the expression grammar of the DynamoDB developer guide. Where DynamoDB is stricter,
 * say with a word that begins with a digit, it answers for itself.
 */
final class ExpressionLexer {
  private static final Set<String> OPERATORS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");
  private static final String SYMBOLS = "()[],.=<>+-";

  private ExpressionLexer() {}

  /**
   * The tokens of an expression, white space left out.
   *
   * @throws IllegalArgumentException if a character has no place in an expression; the message is
   *     the end of a sentence
   */
  static List<ExpressionToken> tokens(String expression) {
    List<ExpressionToken> tokens = new ArrayList<>();
    int position = 0;
    while (position < expression.length()) {
      char c = expression.charAt(position);
      int start = position++;
      if (Character.isWhitespace(c)) {
        continue;
      }
      if (SYMBOLS.indexOf(c) >= 0) {
        tokens.add(new ExpressionToken(Kind.SYMBOL, String.valueOf(c)));
        continue;
      }
      if (c != '#' && c != ':' && !isWordCharacter(c)) {
        throw new IllegalArgumentException("the character at " + start + " has no place in it");
      }
      while (position < expression.length() && isWordCharacter(expression.charAt(position))) {
        position++;
      }
      Kind kind = c == '#' ? Kind.NAME : c == ':' ? Kind.VALUE : Kind.WORD;
      tokens.add(new ExpressionToken(kind, expression.substring(start, position)));
    }
    return tokens;
  }

  /**
   * The placeholders that an expression uses, those of names and those of values, defined or not.
   *
   * @throws IllegalArgumentException like {@link #tokens}
   */
  static Set<String> placeholders(String expression) {
    return tokens(expression).stream()
        .filter(token -> token.kind() == Kind.NAME || token.kind() == Kind.VALUE)
        .map(ExpressionToken::text)
        .collect(Collectors.toSet());
  }

  /** Whether a word is an operator, in any case, and so no attribute's name. */
  static boolean isOperator(String word) {
    return OPERATORS.contains(word.toUpperCase(Locale.ROOT));
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
