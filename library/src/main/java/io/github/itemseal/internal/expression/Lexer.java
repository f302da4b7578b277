package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Splits expressions of every kind (condition, filter, key condition, projection, update) into
 * tokens. Words are whole: {@code orders} is one, not {@code OR} and something else. Stateless.
 *
 * <p>Source: the expression grammar of the DynamoDB developer guide. Where DynamoDB is stricter,
 * say with a word that begins with a digit, {@link ExpressionParser} is too.
 */
public final class Lexer {
  private static final String WHITE_SPACE = " \t\r\n";
  private static final String SYMBOLS = "()[],.=<>+-";

  private Lexer() {}

  /**
   * The tokens of an expression, white space left out.
   *
   * @throws ExpressionException if a character has no place in an expression
   */
  static List<Token> tokens(String expression) {
    List<Token> tokens = new ArrayList<>();
    int position = 0;
    while (position < expression.length()) {
      char c = expression.charAt(position);
      int start = position++;
      if (WHITE_SPACE.indexOf(c) >= 0) {
        continue;
      }
      if (SYMBOLS.indexOf(c) >= 0) {
        position += isPair(expression, start) ? 1 : 0;
        tokens.add(new Token(Kind.SYMBOL, expression.substring(start, position), start));
        continue;
      }
      if (c != '#' && c != ':' && !isWordCharacter(c)) {
        throw new ExpressionException("the character at " + start + " has no place in it");
      }
      while (position < expression.length() && isWordCharacter(expression.charAt(position))) {
        position++;
      }
      Kind kind = c == '#' ? Kind.NAME : c == ':' ? Kind.VALUE : Kind.WORD;
      tokens.add(new Token(kind, expression.substring(start, position), start));
    }
    return tokens;
  }

  private static boolean isPair(String expression, int start) {
    return expression.startsWith("<>", start)
        || expression.startsWith("<=", start)
        || expression.startsWith(">=", start);
  }

  /**
   * The placeholders that an expression uses, those of names and those of values, defined or not.
   *
   * @throws ExpressionException like {@link #tokens}
   */
  public static Set<String> placeholders(String expression) {
    return tokens(expression).stream()
        .filter(token -> token.kind() == Kind.NAME || token.kind() == Kind.VALUE)
        .map(Token::text)
        .collect(Collectors.toSet());
  }

  /** Whether a character can be in an attribute name that is written without a placeholder. */
  static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
