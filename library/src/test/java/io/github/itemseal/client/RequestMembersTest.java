package io.github.itemseal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The members of every request, response and exception that the transforms know. A new one in the
 * SDK fails here: it may carry items, or an expression that looks at them. Decide what it means on
 * an encrypted table, then add it.
 */
class RequestMembersTest {
  private static final String MODEL = "software.amazon.awssdk.services.dynamodb.model.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GetItemRequest | TableName Key AttributesToGet ConsistentRead ReturnConsumedCapacity ProjectionExpression ExpressionAttributeNames
          GetItemResponse | Item ConsumedCapacity
          PutItemRequest | TableName Item Expected ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics ConditionalOperator ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure
          PutItemResponse | Attributes ConsumedCapacity ItemCollectionMetrics
          DeleteItemRequest | TableName Key Expected ConditionalOperator ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure
          DeleteItemResponse | Attributes ConsumedCapacity ItemCollectionMetrics
          UpdateItemRequest | TableName Key AttributeUpdates Expected ConditionalOperator ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics UpdateExpression ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure
          UpdateItemResponse | Attributes ConsumedCapacity ItemCollectionMetrics
          QueryRequest | TableName IndexName Select AttributesToGet Limit ConsistentRead KeyConditions QueryFilter ConditionalOperator ScanIndexForward ExclusiveStartKey ReturnConsumedCapacity ProjectionExpression FilterExpression KeyConditionExpression ExpressionAttributeNames ExpressionAttributeValues
          QueryResponse | Items Count ScannedCount LastEvaluatedKey ConsumedCapacity
          ScanRequest | TableName IndexName AttributesToGet Limit Select ScanFilter ConditionalOperator ExclusiveStartKey ReturnConsumedCapacity TotalSegments Segment ProjectionExpression FilterExpression ExpressionAttributeNames ExpressionAttributeValues ConsistentRead
          ScanResponse | Items Count ScannedCount LastEvaluatedKey ConsumedCapacity
          BatchGetItemRequest | RequestItems ReturnConsumedCapacity
          KeysAndAttributes | Keys AttributesToGet ConsistentRead ProjectionExpression ExpressionAttributeNames
          BatchGetItemResponse | Responses UnprocessedKeys ConsumedCapacity
          BatchWriteItemRequest | RequestItems ReturnConsumedCapacity ReturnItemCollectionMetrics
          WriteRequest | PutRequest DeleteRequest
          PutRequest | Item
          DeleteRequest | Key
          BatchWriteItemResponse | UnprocessedItems ItemCollectionMetrics ConsumedCapacity
          TransactGetItemsRequest | TransactItems ReturnConsumedCapacity
          TransactGetItem | Get
          Get | Key TableName ProjectionExpression ExpressionAttributeNames
          TransactGetItemsResponse | ConsumedCapacity Responses
          ItemResponse | Item
          TransactWriteItemsRequest | TransactItems ReturnConsumedCapacity ReturnItemCollectionMetrics ClientRequestToken
          TransactWriteItem | ConditionCheck Put Delete Update
          ConditionCheck | Key TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure
          Put | Item TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure
          Delete | Key TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure
          Update | Key UpdateExpression TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure
          TransactWriteItemsResponse | ConsumedCapacity ItemCollectionMetrics
          Condition | AttributeValueList ComparisonOperator
          ExpectedAttributeValue | Value Exists ComparisonOperator AttributeValueList
          AttributeValueUpdate | Value Action
          ConditionalCheckFailedException | Item
          TransactionCanceledException | CancellationReasons
          CancellationReason | Item Code Message
          ItemCollectionMetrics | ItemCollectionKey SizeEstimateRangeGB
          StreamRecord | ApproximateCreationDateTime Keys NewImage OldImage SequenceNumber SizeBytes StreamViewType
          AttributeValue | S N B SS NS BS M L BOOL NULL
          """)
  void members_ofTheSdksType_areThoseTheTransformsKnow(String type, String known)
      throws ReflectiveOperationException {
    SdkPojo builder = (SdkPojo) Class.forName(MODEL + type).getMethod("builder").invoke(null);
    List<String> members =
        builder.sdkFields().stream().map(SdkField::locationName).collect(Collectors.toList());
    assertThat(members).containsExactlyInAnyOrderElementsOf(Arrays.asList(known.split(" ")));
  }
}
