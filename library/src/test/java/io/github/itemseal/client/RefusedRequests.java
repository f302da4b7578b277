package io.github.itemseal.client;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A plausible request of every refused operation. */
final class RefusedRequests {
  private static final Map<String, AttributeValue> ITEM = Map.of("id", AttributeValue.fromS("1"));

  private RefusedRequests() {}

  static DynamoDbRequest on(String operation, String table) {
    String insert = "INSERT INTO \"" + table + "\" VALUE {'id': '1'}";
    return switch (operation) {
      case "updateItem" -> UpdateItemRequest.builder().tableName(table).key(ITEM).build();
      case "transactGetItems" ->
          TransactGetItemsRequest.builder()
              .transactItems(
                  TransactGetItem.builder().get(get -> get.tableName(table).key(ITEM)).build())
              .build();
      case "transactWriteItems" ->
          TransactWriteItemsRequest.builder()
              .transactItems(
                  TransactWriteItem.builder().put(put -> put.tableName(table).item(ITEM)).build())
              .build();
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
