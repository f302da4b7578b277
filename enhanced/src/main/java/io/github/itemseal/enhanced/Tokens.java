package io.github.itemseal.enhanced;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The tokens of an expression, read one by one: words, {@code #names}, {@code :values}, operators.
 * Source: the expression grammar of the DynamoDB developer guide. Not thread-safe.
 */
final class Tokens {
  private static final String END = "";

  private final List<String> tokens;
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private int next;

  /**
   * Splits an expression.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException if a character has no
   *     place in one
   */
  Tokens(String expression, Map<String, String> names, Map<String, AttributeValue> values) {
    this.tokens = split(expression);
    this.names = names;
    this.values = values;
  }

  private static List<String> split(String expression) {
    List<String> tokens = new ArrayList<>();
    int position = 0;
    while (position < expression.length()) {
      char c = expression.charAt(position);
      int end = position + 1;
      if (Character.isWhitespace(c)) {
        position = end;
        continue;
      }
      if (c == '#' || c == ':' || isWordCharacter(c)) {
        while (end < expression.length() && isWordCharacter(expression.charAt(end))) {
          end++;
        }
      } else if (expression.startsWith("<=", position)
          || expression.startsWith(">=", position)
          || expression.startsWith("<>", position)) {
        end++;
      } else if ("()[],.=<>+-".indexOf(c) < 0) {
        throw Validation.failed(
            "Invalid expression: the character %s has no place in it".formatted(c));
      }
      tokens.add(expression.substring(position, end));
      position = end;
    }
    return tokens;
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  /** The token that comes next, empty at the end. */
  String peek() {
    return atEnd() ? END : tokens.get(next);
  }

  /** Takes the next token. */
  String take() {
    String token = peek();
    next++;
    return token;
  }

  /** Takes the next token if it is this word or operator; words in any case. */
  boolean takeIf(String expected) {
    boolean found = peek().toUpperCase(Locale.ROOT).equals(expected);
    next += found ? 1 : 0;
    return found;
  }

  /** Takes this token. */
  void expect(String expected) {
    if (!takeIf(expected)) {
      throw unexpected();
    }
  }

  /** Whether a function begins here, of this name: these are case-sensitive. */
  boolean takeFunction(String name) {
    boolean found =
        peek().equals(name) && next + 1 < tokens.size() && tokens.get(next + 1).equals("(");
    next += found ? 2 : 0;
    return found;
  }

  /** Takes a document path. */
  DocumentPath path() {
    List<Object> steps = new ArrayList<>();
    steps.add(name());
    while (true) {
      if (takeIf(".")) {
        steps.add(name());
      } else if (takeIf("[")) {
        steps.add(index(take()));
        expect("]");
      } else {
        return new DocumentPath(steps);
      }
    }
  }

  private String name() {
    String token = take();
    if (token.startsWith("#")) {
      String name = names.get(token);
      if (name == null) {
        throw Validation.failed("Invalid expression: the name %s is not defined".formatted(token));
      }
      return name;
    }
    if (token.isEmpty() || !isWordCharacter(token.charAt(0))) {
      throw unexpected();
    }
    return token;
  }

  private Integer index(String token) {
    if (!token.matches("[0-9]{1,9}")) {
      throw unexpected();
    }
    return Integer.valueOf(token);
  }

  /** Whether a value comes next. */
  boolean isValue() {
    return peek().startsWith(":");
  }

  /** Takes a value. */
  AttributeValue value() {
    String token = take();
    AttributeValue value = values.get(token);
    if (value == null) {
      throw Validation.failed("Invalid expression: the value %s is not defined".formatted(token));
    }
    return value;
  }

  /** Those of a map's entries whose key is a token of this expression. */
  <V> Map<String, V> used(Map<String, V> placeholders) {
    Map<String, V> used = new HashMap<>(placeholders);
    used.keySet().retainAll(tokens);
    return used;
  }

  /** The exception for a token that has no place where it is. */
  RuntimeException unexpected() {
    return Validation.failed("Invalid expression: syntax error near its token %s".formatted(next));
  }
}
