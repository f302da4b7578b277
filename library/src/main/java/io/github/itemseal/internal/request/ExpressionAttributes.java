package io.github.itemseal.internal.request;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the top-level attributes whose values a condition, filter or key condition looks at.
 *
 * <p>An attribute is a word or a {@code #placeholder} at the start of a document path; what follows
 * a dot or stands in brackets belongs to that path. Words before an opening parenthesis are
 * functions, and operators count outside paths only.
 *
 * <p>Whether an attribute is there shows without its value: {@code attribute_exists(a)} and {@code
 * attribute_not_exists(a)} do not count. Of a path inside the attribute they do, and so does {@code
 * attribute_type}: both need the value.
 */
final class ExpressionAttributes {
  /** DynamoDB knows functions in lower case only. */
  private static final Set<String> EXISTENCE = Set.of("attribute_exists", "attribute_not_exists");

  private final List<ExpressionToken> tokens;
  private final Map<String, String> placeholders;
  private final Set<String> compared = new LinkedHashSet<>();

  private ExpressionAttributes(List<ExpressionToken> tokens, Map<String, String> placeholders) {
    this.tokens = tokens;
    this.placeholders = placeholders;
  }

  /**
   * The names of the attributes, placeholders resolved. A placeholder that is not defined names
   * none: DynamoDB refuses it.
   *
   * @throws IllegalArgumentException if a character has no place in an expression; the message is
   *     the end of a sentence
   */
  static Set<String> comparedBy(String expression, Map<String, String> placeholders) {
    return new ExpressionAttributes(ExpressionLexer.tokens(expression), placeholders).find();
  }

  private Set<String> find() {
    for (int i = 0; i < tokens.size(); i++) {
      ExpressionToken token = tokens.get(i);
      boolean starts = !isSymbol(i - 1, '.') && !isSymbol(i - 1, '[');
      if (starts && isName(token, i) && !asksForExistence(i)) {
        String name =
            token.kind() == ExpressionToken.Kind.NAME
                ? placeholders.get(token.text())
                : token.text();
        if (name != null) {
          compared.add(name);
        }
      }
    }
    return compared;
  }

  private boolean isName(ExpressionToken token, int index) {
    return switch (token.kind()) {
      case NAME -> true;
      case WORD -> !ExpressionLexer.isOperator(token.text()) && !isSymbol(index + 1, '(');
      case VALUE, SYMBOL -> false;
    };
  }

  /** Whether a name is all that stands in the parentheses of a function of {@link #EXISTENCE}. */
  private boolean asksForExistence(int index) {
    return index >= 2
        && EXISTENCE.contains(tokens.get(index - 2).text())
        && isSymbol(index - 1, '(')
        && isSymbol(index + 1, ')');
  }

  private boolean isSymbol(int index, char symbol) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(symbol);
  }
}
