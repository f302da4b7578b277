package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What DynamoDB says of an update that was guarded names attributes, not our placeholders. */
class UpdateMessagesTest {
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("ann"));

  private final EncryptedDynamoDbClient client = TestTables.people(new Refusing());

  /** Names both placeholders of the guarded condition, as DynamoDB may. */
  private static final class Refusing implements DynamoDbClient {
    private static DynamoDbException refusal() {
      return (DynamoDbException)
          DynamoDbException.builder()
              .awsErrorDetails(
                  AwsErrorDetails.builder()
                      .errorCode("ValidationException")
                      .errorMessage("Syntax error; near: \"#0 #1\"")
                      .build())
              .build();
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      throw refusal();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      throw refusal();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  @Test
  void updateItem_refused_namesTheAttributeOfTheGuard() {
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(KEY)
                            .updateExpression("REMOVE #0")
                            .expressionAttributeNames(Map.of("#0", "note"))))
        .hasMessageContaining("near: \"#0 '*amzn-ddb-map-sig*'\"");
  }

  @Test
  void transactWriteItems_refused_namesTheAttributeOfTheGuardOrTheCallersPlaceholder() {
    assertThatThrownBy(
            () ->
                client.transactWriteItems(
                    r ->
                        r.transactItems(
                            part ->
                                part.update(
                                    u ->
                                        u.tableName(PEOPLE)
                                            .key(KEY)
                                            .updateExpression("REMOVE note")),
                            part ->
                                part.conditionCheck(
                                    c ->
                                        c.tableName(PEOPLE)
                                            .key(Map.of("id", AttributeValue.fromS("bob")))
                                            .conditionExpression("attribute_exists(#1)")
                                            .expressionAttributeNames(Map.of("#1", "city"))))))
        .hasMessageContaining("near: \"'*amzn-ddb-map-sig*' #1\"");
  }
}
