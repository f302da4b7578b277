package io.github.itemseal.internal.request;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the top-level attributes that a condition, filter or key condition expression names.
 *
 * <p>Source: the expression grammar of the DynamoDB developer guide. An attribute is a word or a
 * {@code #placeholder} at the start of a document path; what follows a dot or stands in brackets
 * belongs to that path. Words before an opening parenthesis are functions, and the operators count
 * as whole words only: {@code orders} is an attribute, not {@code OR} and something else.
 */
final class ExpressionAttributes {
  private static final Set<String> OPERATORS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");
  private static final String PUNCTUATION = "()[],.=<>+-";

  private final String expression;
  private final Map<String, String> placeholders;
  private final Set<String> attributes = new LinkedHashSet<>();
  private int position;

  private ExpressionAttributes(String expression, Map<String, String> placeholders) {
    this.expression = expression;
    this.placeholders = placeholders;
  }

  /**
   * The names of the attributes, placeholders resolved.
   *
   * @throws IllegalArgumentException if a character has no place in an expression or a placeholder
   *     is not defined; the message is the end of a sentence
   */
  static Set<String> of(String expression, Map<String, String> placeholders) {
    return new ExpressionAttributes(expression, placeholders).find();
  }

  private Set<String> find() {
    boolean insidePath = false; // the next word is a step of the path before it
    boolean insideBrackets = false; // the next word is a list index
    while (position < expression.length()) {
      char c = expression.charAt(position);
      if (Character.isWhitespace(c)) {
        position++;
      } else if (c == '#') {
        String name = resolve(word());
        if (!insidePath) {
          attributes.add(name);
        }
        insidePath = false;
      } else if (c == ':') {
        word();
        insidePath = false;
      } else if (isWordCharacter(c)) {
        String word = word();
        if (!insidePath && !insideBrackets && !isOperator(word) && !isFunction()) {
          attributes.add(word);
        }
        insidePath = false;
      } else if (PUNCTUATION.indexOf(c) >= 0) {
        insidePath = c == '.';
        insideBrackets = c == '[';
        position++;
      } else {
        throw new IllegalArgumentException("the character at " + position + " has no place in it");
      }
    }
    return attributes;
  }

  private String word() {
    int start = position++;
    while (position < expression.length() && isWordCharacter(expression.charAt(position))) {
      position++;
    }
    return expression.substring(start, position);
  }

  private String resolve(String placeholder) {
    String name = placeholders.get(placeholder);
    if (name == null) {
      throw new IllegalArgumentException("the name " + placeholder + " is not defined");
    }
    return name;
  }

  private boolean isFunction() {
    int next = position;
    while (next < expression.length() && Character.isWhitespace(expression.charAt(next))) {
      next++;
    }
    return next < expression.length() && expression.charAt(next) == '(';
  }

  private static boolean isOperator(String word) {
    return OPERATORS.contains(word.toUpperCase(Locale.ROOT));
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
