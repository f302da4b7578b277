package io.github.itemseal.internal.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * The one parser of expressions: conditions, filters and key conditions, update expressions,
 * projections. What it refuses DynamoDB refuses, and the other way round, as far as that can be
 * told without an item and a table. Placeholders are resolved. Stateless.
 *
 * <p>Source: the DynamoDB developer guide, "Using expressions"; what that leaves open is compared
 * with DynamoDB Local by tests.
 */
public final class ExpressionParser {
  private ExpressionParser() {}

  /**
   * The tree of a condition, filter or key condition.
   *
   * @throws ExpressionException if it is none
   */
  public static Condition condition(String expression, Definitions definitions) {
    TokenReader tokens = new TokenReader(expression, definitions);
    Condition condition = new ConditionParser(tokens).condition();
    tokens.expectEnd();
    return condition;
  }

  /**
   * The tree of an update expression.
   *
   * @throws ExpressionException if it is none
   */
  public static UpdateExpression update(String expression, Definitions definitions) {
    return new UpdateParser(new TokenReader(expression, definitions)).update();
  }

  /**
   * The paths of a projection, which neither overlap nor conflict.
   *
   * @throws ExpressionException if it is none
   */
  public static List<DocumentPath> projection(String expression, Definitions definitions) {
    TokenReader tokens = new TokenReader(expression, definitions);
    List<DocumentPath> paths = new ArrayList<>();
    do {
      paths.add(tokens.path());
    } while (tokens.takeIf(","));
    tokens.expectEnd();
    DocumentPath.requireApart(paths);
    return paths;
  }
}
