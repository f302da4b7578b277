package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An operation that is refused on protected tables and goes through as it is on those let through.
 * No table is described for it.
 */
final class RefusedTransform<Q, R> implements OperationTransform<Q, R> {
  private final DynamoDbOperation operation;
  private final Function<Q, List<String>> tableNames;

  /**
   * @param tableNames all tables that a request could reach; a request for which there is none, or
   *     one is null, is refused
   */
  RefusedTransform(DynamoDbOperation operation, Function<Q, List<String>> tableNames) {
    this.operation = operation;
    this.tableNames = tableNames;
  }

  @Override
  public List<TableUse> tables(Q request) {
    return List.of();
  }

  @Override
  public void check(Q request, TableLookup tables) {
    List<String> names = tableNames.apply(request);
    if (names.isEmpty()) {
      throw TableLookup.noTable();
    }
    for (String name : names) {
      if (tables.isProtected(name)) {
        throw operation.refusal(TableLookup.tableName(name));
      }
    }
  }

  @Override
  public List<TableItem> storedItems(Q request, R response) {
    return List.of();
  }

  @Override
  public R withOpenedItems(
      Q request, R response, List<Map<String, AttributeValue>> opened, TableLookup tables) {
    return response;
  }

  /** Nothing to open: the tables are plaintext. */
  @Override
  public List<TableItem> storedItems(Q request, Throwable failure, TableLookup tables) {
    return List.of();
  }
}
