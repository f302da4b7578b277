package io.github.itemseal.internal.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the top-level attributes that an expression touches, for the checks of what may be sent to
 * DynamoDB. It goes by the tokens alone, so that an expression that DynamoDB will refuse, or that a
 * newer DynamoDB takes, is checked too: what is not known to be something else is an attribute.
 *
 * <p>An attribute is a word or a {@code #placeholder} at the start of a document path; what follows
 * a dot or stands in brackets belongs to that path. Words before an opening parenthesis are
 * functions, and keywords count outside paths only. A placeholder that is not defined names none:
 * DynamoDB refuses it.
 */
public final class MentionedAttributes {
  /** DynamoDB knows functions in lower case only. */
  private static final Set<String> EXISTENCE = Set.of("attribute_exists", "attribute_not_exists");

  private final List<Token> tokens;
  private final Map<String, String> names;

  private MentionedAttributes(String expression, Map<String, String> names) {
    this.tokens = Lexer.tokens(expression);
    this.names = names;
  }

  /**
   * The attributes whose values a condition, filter or key condition looks at.
   *
   * <p>Whether an attribute is there shows without its value: {@code attribute_exists(a)} and
   * {@code attribute_not_exists(a)} do not count. Of a path inside the attribute they do, and so
   * does {@code attribute_type}: both need the value.
   *
   * @throws ExpressionException if a character has no place in an expression
   */
  public static Set<String> comparedBy(String condition, Map<String, String> names) {
    MentionedAttributes attributes = new MentionedAttributes(condition, names);
    Set<String> compared = new LinkedHashSet<>();
    for (int i = 0; i < attributes.tokens.size(); i++) {
      if (!Keywords.isOperator(attributes.tokens.get(i).text())
          && !attributes.asksForExistence(i)) {
        attributes.addTo(compared, i);
      }
    }
    return compared;
  }

  /**
   * The attributes that an update expression writes or reads.
   *
   * @throws ExpressionException if a character has no place in an expression
   */
  public static Set<String> touchedBy(String update, Map<String, String> names) {
    MentionedAttributes attributes = new MentionedAttributes(update, names);
    Set<String> touched = new LinkedHashSet<>();
    for (int i = 0; i < attributes.tokens.size(); i++) {
      if (!Keywords.isClause(attributes.tokens.get(i).text())) {
        attributes.addTo(touched, i);
      }
    }
    return touched;
  }

  /**
   * Refuses a condition that looks into the primary key, which has no parts.
   *
   * @throws ExpressionException naming the attribute; the message is a whole sentence
   */
  public static void requireScalars(
      String condition, Map<String, String> names, Set<String> keyNames) {
    MentionedAttributes attributes = new MentionedAttributes(condition, names);
    for (int i = 0; i < attributes.tokens.size(); i++) {
      Set<String> entered = new LinkedHashSet<>();
      if (attributes.isSymbol(i + 1, ".") || attributes.isSymbol(i + 1, "[")) {
        attributes.addTo(entered, i);
      }
      entered.retainAll(keyNames);
      if (!entered.isEmpty()) {
        throw new ExpressionException(UpdateExpression.notScalar(entered.iterator().next()));
      }
    }
  }

  /** Adds the attribute whose name this token is, if it is one's. */
  private void addTo(Set<String> found, int index) {
    Token token = tokens.get(index);
    if (isSymbol(index - 1, ".") || isSymbol(index - 1, "[")) {
      return;
    }
    if (token.kind() == Token.Kind.NAME && names.containsKey(token.text())) {
      found.add(names.get(token.text()));
    } else if (token.kind() == Token.Kind.WORD && !isSymbol(index + 1, "(")) {
      found.add(token.text());
    }
  }

  /** Whether a name is all that stands in the parentheses of a function of {@link #EXISTENCE}. */
  private boolean asksForExistence(int index) {
    return index >= 2
        && EXISTENCE.contains(tokens.get(index - 2).text())
        && isSymbol(index - 1, "(")
        && isSymbol(index + 1, ")");
  }

  private boolean isSymbol(int index, String symbol) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(symbol);
  }
}
