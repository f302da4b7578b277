package io.github.itemseal.client;

import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;

/** A plausible request of every refused operation. */
final class RefusedRequests {
  private RefusedRequests() {}

  static DynamoDbRequest on(String operation, String table) {
    String insert = "INSERT INTO \"" + table + "\" VALUE {'id': '1'}";
    return switch (operation) {
      case "searchVectors" -> SearchVectorsRequest.builder().tableName(table).build();
      case "importTable" ->
          ImportTableRequest.builder().tableCreationParameters(t -> t.tableName(table)).build();
      case "executeStatement" -> ExecuteStatementRequest.builder().statement(insert).build();
      case "batchExecuteStatement" ->
          BatchExecuteStatementRequest.builder().statements(s -> s.statement(insert)).build();
      case "executeTransaction" ->
          ExecuteTransactionRequest.builder().transactStatements(s -> s.statement(insert)).build();
      default -> throw new AssertionError("Add a request of " + operation);
    };
  }
}
