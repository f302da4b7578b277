package io.github.itemseal.internal.request;

import io.github.itemseal.internal.expression.ConditionEvaluator;
import io.github.itemseal.internal.expression.Definitions;
import io.github.itemseal.internal.expression.ExpressionException;
import io.github.itemseal.internal.expression.ExpressionParser;
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

  /**
   * Whether it holds of a stored item, as DynamoDB would evaluate it now.
   *
   * @param stored empty if there is none
   * @return false also for an expression that cannot be evaluated here
   */
  public boolean holds(Map<String, AttributeValue> stored) {
    if (expression == null) {
      return true;
    }
    try {
      return ConditionEvaluator.holds(
          ExpressionParser.condition(expression, new Definitions(names, values)), stored);
    } catch (ExpressionException e) {
      return false;
    }
  }

  /**
   * An expression that can be part of another; DynamoDB refuses double parentheses. One that closes
   * what it did not open is left as it is, for DynamoDB to refuse: {@code a) OR (b} in parentheses
   * would be another condition, and hold without the rest.
   */
  static String parenthesized(String expression) {
    String trimmed = expression.strip();
    boolean complete = trimmed.startsWith("(");
    int depth = 0;
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0) {
        return trimmed;
      }
      complete &= depth > 0 || i == trimmed.length() - 1; // the first one closes with the last
    }
    return complete ? trimmed : "(" + trimmed + ")";
  }
}
