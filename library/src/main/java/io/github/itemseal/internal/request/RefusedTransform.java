package io.github.itemseal.internal.request;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ImportTableResponse;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsResponse;

/**
 * An operation that is refused on protected tables and goes through as it is on those let through.
 * No table is described for it.
 *
 * <p>Each is made when it is called: what it mentions may be missing from an older SDK, which then
 * has no such operation to call either.
 */
public final class RefusedTransform<Q, R> implements OperationTransform<Q, R> {
  private final DynamoDbOperation operation;
  private final Function<Q, List<String>> tableNames;

  public static RefusedTransform<ExecuteStatementRequest, ExecuteStatementResponse>
      executeStatement() {
    return new RefusedTransform<>(
        DynamoDbOperation.EXECUTE_STATEMENT, request -> StatementTable.ofAll(List.of(request)));
  }

  public static RefusedTransform<BatchExecuteStatementRequest, BatchExecuteStatementResponse>
      batchExecuteStatement() {
    return new RefusedTransform<>(
        DynamoDbOperation.BATCH_EXECUTE_STATEMENT,
        request -> StatementTable.ofAll(request.statements()));
  }

  public static RefusedTransform<ExecuteTransactionRequest, ExecuteTransactionResponse>
      executeTransaction() {
    return new RefusedTransform<>(
        DynamoDbOperation.EXECUTE_TRANSACTION,
        request -> StatementTable.ofAll(request.transactStatements()));
  }

  public static RefusedTransform<SearchVectorsRequest, SearchVectorsResponse> searchVectors() {
    return new RefusedTransform<>(
        DynamoDbOperation.SEARCH_VECTORS, request -> one(request.tableName()));
  }

  public static RefusedTransform<ImportTableRequest, ImportTableResponse> importTable() {
    return new RefusedTransform<>(
        DynamoDbOperation.IMPORT_TABLE,
        request ->
            one(
                request.tableCreationParameters() == null
                    ? null
                    : request.tableCreationParameters().tableName()));
  }

  /** A list of one, also of null, which is refused. */
  private static List<String> one(@Nullable String tableName) {
    return Arrays.asList(tableName);
  }

  /**
   * @param tableNames all tables that a request could reach; a request for which there is none, or
   *     one is null, is refused
   */
  private RefusedTransform(DynamoDbOperation operation, Function<Q, List<String>> tableNames) {
    this.operation = operation;
    this.tableNames = tableNames;
  }

  @Override
  public List<TableUse> tables(Q request) {
    return List.of();
  }

  @Override
  public PreparedCall<Q, R> on(Q request, TableLookup tables) {
    List<String> names = tableNames.apply(request);
    if (names.isEmpty()) {
      throw TableLookup.noTable();
    }
    for (String name : names) {
      if (tables.isProtected(name)) {
        throw operation.refusal(TableLookup.tableName(name));
      }
    }
    return new Unchanged<>(request);
  }

  /** A call on tables that are plaintext: there is nothing to seal and nothing to open. */
  private record Unchanged<Q, R>(Q request) implements PreparedCall<Q, R> {
    @Override
    public List<RequestPart> parts() {
      return List.of();
    }

    @Override
    public Q sent(List<Map<String, AttributeValue>> sealed) {
      return request;
    }

    @Override
    public List<TableItem> storedItems(Throwable failure) {
      return List.of();
    }
  }
}
