package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Paths into the key of an index, which is never a document. */
class IndexKeyPathTest {
  private static final String TABLE = "Things";
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("x"), "city", AttributeValue.fromS("Oslo"));

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private final DynamoDbClient raw = DYNAMO_DB.client();
  private final SafeUpdateClient encrypted =
      new SafeUpdateClient(
          EncryptedDynamoDbClient.builder()
              .client(raw)
              .table(
                  TableEncryption.of(TableInfo.named(TABLE))
                      .actions(AttributeActions.encryptAndSign().withSecondaryIndexKeys("city"))
                      .writes(UpdateWay.BLOCKING_DDBEC.format())
                      .build())
              .build());

  @BeforeAll
  static void createTable() {
    DYNAMO_DB
        .client()
        .createTable(
            request ->
                request
                    .tableName(TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("city").attributeType(ScalarAttributeType.S))
                    .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                    .globalSecondaryIndexes(
                        index ->
                            index
                                .indexName("byCity")
                                .keySchema(k -> k.attributeName("city").keyType(KeyType.HASH))
                                .projection(p -> p.projectionType(ProjectionType.ALL))));
  }

  private static UpdateItemRequest update(String expression) {
    return UpdateItemRequest.builder()
        .tableName(TABLE)
        .key(Map.of("id", AttributeValue.fromS("x")))
        .updateExpression(expression)
        .expressionAttributeValues(Map.of(":v", AttributeValue.fromS("v")))
        .build();
  }

  @Test
  void updateItem_fallbackForAPathIntoAnIndexKey_isTakenWhereDynamoDbRefusesIt() {
    UpdateItemRequest request = update("SET a = if_not_exists(city.x, :v)");
    raw.putItem(put -> put.tableName(TABLE).item(ITEM));
    assertThatThrownBy(() -> raw.updateItem(request))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Key attributes must be scalars");

    encrypted.putItem(put -> put.tableName(TABLE).item(ITEM));
    encrypted.updateItem(request);
    assertThat(
            encrypted.getItem(get -> get.tableName(TABLE).key(Map.of("id", ITEM.get("id")))).item())
        .containsEntry("a", AttributeValue.fromS("v"))
        .containsEntry("city", ITEM.get("city"));
  }

  @Test
  void updateItem_writeToAPathIntoAnIndexKey_isRefusedByBoth() {
    UpdateItemRequest request = update("SET city.x = :v");
    raw.putItem(put -> put.tableName(TABLE).item(ITEM));
    assertThatThrownBy(() -> raw.updateItem(request)).isInstanceOf(DynamoDbException.class);

    encrypted.putItem(put -> put.tableName(TABLE).item(ITEM));
    assertThatThrownBy(() -> encrypted.updateItem(request)).isInstanceOf(DynamoDbException.class);
  }
}
