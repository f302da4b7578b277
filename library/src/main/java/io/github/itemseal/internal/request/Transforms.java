package io.github.itemseal.internal.request;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ImportTableResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The transform of every operation that reads or writes items, for both clients. */
public final class Transforms {
  public static final OperationTransform<GetItemRequest, GetItemResponse> GET_ITEM =
      new GetItemTransform();
  public static final OperationTransform<PutItemRequest, PutItemResponse> PUT_ITEM =
      new PutItemTransform();
  public static final OperationTransform<DeleteItemRequest, DeleteItemResponse> DELETE_ITEM =
      new DeleteItemTransform();
  public static final OperationTransform<QueryRequest, QueryResponse> QUERY = new QueryTransform();
  public static final OperationTransform<ScanRequest, ScanResponse> SCAN = new ScanTransform();
  public static final OperationTransform<BatchGetItemRequest, BatchGetItemResponse> BATCH_GET_ITEM =
      new BatchGetItemTransform();
  public static final OperationTransform<BatchWriteItemRequest, BatchWriteItemResponse>
      BATCH_WRITE_ITEM = new BatchWriteItemTransform();
  public static final OperationTransform<UpdateItemRequest, UpdateItemResponse> UPDATE_ITEM =
      new UpdateItemTransform();
  public static final OperationTransform<TransactGetItemsRequest, TransactGetItemsResponse>
      TRANSACT_GET_ITEMS = new TransactGetItemsTransform();
  public static final OperationTransform<TransactWriteItemsRequest, TransactWriteItemsResponse>
      TRANSACT_WRITE_ITEMS = new TransactWriteItemsTransform();
  public static final OperationTransform<ExecuteStatementRequest, ExecuteStatementResponse>
      EXECUTE_STATEMENT =
          new RefusedTransform<>(
              DynamoDbOperation.EXECUTE_STATEMENT,
              request -> StatementTable.ofAll(List.of(request)));
  public static final OperationTransform<
          BatchExecuteStatementRequest, BatchExecuteStatementResponse>
      BATCH_EXECUTE_STATEMENT =
          new RefusedTransform<>(
              DynamoDbOperation.BATCH_EXECUTE_STATEMENT,
              request -> StatementTable.ofAll(request.statements()));
  public static final OperationTransform<ExecuteTransactionRequest, ExecuteTransactionResponse>
      EXECUTE_TRANSACTION =
          new RefusedTransform<>(
              DynamoDbOperation.EXECUTE_TRANSACTION,
              request -> StatementTable.ofAll(request.transactStatements()));
  public static final OperationTransform<SearchVectorsRequest, SearchVectorsResponse>
      SEARCH_VECTORS =
          new RefusedTransform<>(
              DynamoDbOperation.SEARCH_VECTORS, request -> one(request.tableName()));
  public static final OperationTransform<ImportTableRequest, ImportTableResponse> IMPORT_TABLE =
      new RefusedTransform<>(
          DynamoDbOperation.IMPORT_TABLE,
          request ->
              one(
                  request.tableCreationParameters() == null
                      ? null
                      : request.tableCreationParameters().tableName()));

  private Transforms() {}

  /** A list of one, also of null, which the transform refuses. */
  private static List<String> one(@Nullable String tableName) {
    return Arrays.asList(tableName);
  }
}
