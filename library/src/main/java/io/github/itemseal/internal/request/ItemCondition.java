package io.github.itemseal.internal.request;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition of the caller's on one item. Immutable.
 *
 * @param expression null if there is no condition
 * @param names the placeholders of attribute names, such as {@code #city}
 * @param values the placeholders of values, such as {@code :city}
 */
public record ItemCondition(
    @Nullable String expression, Map<String, String> names, Map<String, AttributeValue> values) {
  public ItemCondition {
    names = Map.copyOf(names);
    values = Map.copyOf(values);
  }

  /**
   * Refuses a condition that touches an encrypted attribute.
   *
   * @throws io.github.itemseal.UnsupportedRequestException naming it
   */
  public void check(ProtectedTable table) {
    new RequestChecks(table).requireReadable("condition", expression, names);
  }

  /** An expression that can be part of another; DynamoDB refuses double parentheses. */
  static String parenthesized(String expression) {
    String trimmed = expression.strip();
    return isParenthesized(trimmed) ? trimmed : "(" + trimmed + ")";
  }

  /** Whether the first parenthesis closes with the last character. */
  private static boolean isParenthesized(String expression) {
    if (!expression.startsWith("(")) {
      return false;
    }
    int depth = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i == expression.length() - 1;
      }
    }
    return false;
  }
}
