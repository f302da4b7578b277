package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.expression.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the tokens of one expression from left to right, and the elements that expressions of every
 * kind have: document paths and values. Keeps DynamoDB's limits, so that no text can exhaust the
 * stack. Not thread-safe.
 */
final class TokenReader {
  private static final int MAX_EXPRESSION_BYTES = 4096;
  private static final int MAX_PATH_LEVELS = 32;
  private static final int MAX_OPERATORS = 300;
  private static final Token END = new Token(Kind.SYMBOL, "", -1);

  private final List<Token> tokens;
  private final Definitions definitions;
  private int next;
  private int operators;
  private int groupStart = -1;
  private int groupEnd = -1;
  private int depth;

  /**
   * @throws ExpressionException if the expression is empty or too long, or has a character that has
   *     no place in one
   */
  TokenReader(String expression, Definitions definitions) {
    if (expression.length() > MAX_EXPRESSION_BYTES
        || expression.getBytes(StandardCharsets.UTF_8).length > MAX_EXPRESSION_BYTES) {
      throw new ExpressionException(
          "Expression size has exceeded the maximum allowed size of %s bytes"
              .formatted(MAX_EXPRESSION_BYTES));
    }
    this.tokens = Lexer.tokens(expression);
    this.definitions = definitions;
    if (tokens.isEmpty()) {
      throw new ExpressionException("The expression can not be empty;");
    }
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  /** The token that comes next; one that is like no other at the end. */
  Token peek() {
    return atEnd() ? END : tokens.get(next);
  }

  private Token take() {
    Token token = peek();
    next++;
    return token;
  }

  /** Takes the next token if it is this punctuation. */
  boolean takeIf(String symbol) {
    boolean found = peek().is(symbol);
    next += found ? 1 : 0;
    return found;
  }

  /** Takes the next token if it is this keyword. */
  boolean takeWord(String word) {
    boolean found = peek().isWord(word);
    next += found ? 1 : 0;
    return found;
  }

  void expect(String symbol) {
    if (!takeIf(symbol)) {
      throw syntaxError();
    }
  }

  void expectWord(String word) {
    if (!takeWord(word)) {
      throw syntaxError();
    }
  }

  void expectEnd() {
    if (!atEnd()) {
      throw syntaxError();
    }
  }

  /**
   * The exception for the token that comes next. It says where, and not what: what somebody wrote
   * in place of a placeholder may be a value.
   */
  ExpressionException syntaxError() {
    return new ExpressionException(
        atEnd()
            ? "Syntax error; it ends too early"
            : "Syntax error; at character %s".formatted(peek().position()));
  }

  /** Counts an operator or function; DynamoDB allows 300. */
  void countOperator() {
    if (++operators > MAX_OPERATORS) {
      throw new ExpressionException(
          "The expression contains too many operators; operator count: " + operators);
    }
  }

  // ---- parentheses ----

  /** Takes an opening parenthesis; answers with what {@link #closeGroup} needs. */
  int openGroup() {
    expect("(");
    if (++depth > MAX_OPERATORS) { // those of a correct expression have an operator each
      throw redundantParentheses();
    }
    return next - 1;
  }

  /** Takes the closing parenthesis; refuses those in which there are but others. */
  void closeGroup(int start) {
    expect(")");
    depth--;
    int end = next - 1;
    if (groupStart == start + 1 && groupEnd == end - 1) {
      throw redundantParentheses();
    }
    groupStart = start;
    groupEnd = end;
  }

  private static ExpressionException redundantParentheses() {
    return new ExpressionException("The expression has redundant parentheses;");
  }

  // ---- functions ----

  /** The name of the function whose call comes next, null if none does. */
  @Nullable String functionAhead() {
    boolean call =
        peek().kind() == Kind.WORD && next + 1 < tokens.size() && tokens.get(next + 1).is("(");
    return call && !Keywords.contains(peek().text()) ? peek().text() : null;
  }

  /** Takes the name of a function and its opening parenthesis. */
  void takeFunction() {
    next += 2;
    countOperator();
    if (++depth > MAX_OPERATORS) {
      throw new ExpressionException("The expression contains too many nested functions");
    }
  }

  void closeFunction() {
    expect(")");
    depth--;
  }

  // ---- paths and values ----

  /** Whether a value comes next. */
  boolean isValue() {
    return peek().kind() == Kind.VALUE;
  }

  /** Takes a value. */
  Operand.Value value() {
    if (!isValue() || peek().text().length() == 1) {
      throw syntaxError();
    }
    String placeholder = take().text();
    AttributeValue value = definitions.values().get(placeholder);
    if (value == null) {
      throw new ExpressionException(
          "An expression attribute value used in expression is not defined; attribute value: "
              + placeholder);
    }
    return new Operand.Value(placeholder, value);
  }

  /** Takes a document path. */
  DocumentPath path() {
    List<PathElement> elements = new ArrayList<>();
    elements.add(name());
    while (true) {
      if (takeIf(".")) {
        elements.add(name());
      } else if (takeIf("[")) {
        elements.add(index());
        expect("]");
      } else {
        break;
      }
    }
    if (elements.size() > MAX_PATH_LEVELS) {
      throw new ExpressionException(
          "The document path has too many nesting levels; nesting levels: " + elements.size());
    }
    return new DocumentPath(elements);
  }

  private PathElement.Name name() {
    Token token = peek();
    if (token.kind() == Kind.NAME && token.text().length() > 1) {
      next++;
      Map<String, String> names = definitions.names();
      String name = names.get(token.text());
      if (name == null) {
        throw new ExpressionException(
            "An expression attribute name used in the document path is not defined; attribute"
                + " name: "
                + token.text());
      }
      return new PathElement.Name(name);
    }
    if (token.kind() != Kind.WORD
        || !Character.isLetter(token.text().charAt(0))
        || Keywords.contains(token.text())) {
      throw syntaxError();
    }
    if (ReservedWords.contains(token.text())) {
      throw new ExpressionException(
          "Attribute name is a reserved keyword; reserved keyword: " + token.text());
    }
    next++;
    return new PathElement.Name(token.text());
  }

  /** DynamoDB takes indexes of the range of an int, without leading zeros. */
  private PathElement.Index index() {
    String digits = peek().text();
    if (peek().kind() != Kind.WORD || !digits.matches("0|[1-9][0-9]*")) {
      throw syntaxError();
    }
    next++;
    try {
      return new PathElement.Index(Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      throw new ExpressionException(
          "List index is not within the allowable range; index: [" + digits + "]");
    }
  }
}
