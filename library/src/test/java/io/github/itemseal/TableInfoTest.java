package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class TableInfoTest {
  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient client;
  private static DynamoDbAsyncClient asyncClient;

  @BeforeAll
  static void createTable() {
    client = DYNAMO_DB.client();
    asyncClient = DYNAMO_DB.asyncClient();
    client.createTable(
        request ->
            request
                .tableName("Orders")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("customer").attributeType("S"),
                    a -> a.attributeName("number").attributeType("N"),
                    a -> a.attributeName("day").attributeType("S"),
                    a -> a.attributeName("total").attributeType("N"))
                .keySchema(
                    k -> k.attributeName("customer").keyType("HASH"),
                    k -> k.attributeName("number").keyType("RANGE"))
                .globalSecondaryIndexes(
                    index ->
                        index
                            .indexName("byDay")
                            .keySchema(
                                k -> k.attributeName("day").keyType("HASH"),
                                k -> k.attributeName("customer").keyType("RANGE"))
                            .projection(p -> p.projectionType("ALL")))
                .localSecondaryIndexes(
                    index ->
                        index
                            .indexName("byTotal")
                            .keySchema(
                                k -> k.attributeName("customer").keyType("HASH"),
                                k -> k.attributeName("total").keyType("RANGE"))
                            .projection(p -> p.projectionType("KEYS_ONLY"))));
  }

  @Test
  void refreshIndexedAttributes_ofATable_learnsItsKeysAndIndexes() {
    TableInfo orders = TableInfo.named("Orders").refreshIndexedAttributes(client);
    assertThat(orders.primaryIndex()).contains(TableIndex.of("customer", "number"));
    assertThat(orders.secondaryIndexes())
        .containsExactlyInAnyOrder(
            SecondaryIndex.global("byDay", TableIndex.of("day", "customer"), IndexProjection.all()),
            SecondaryIndex.local(
                "byTotal", TableIndex.of("customer", "total"), IndexProjection.keysOnly()));
    assertThat(orders.protectedIndexKeys())
        .containsExactlyInAnyOrder("customer", "number", "day", "total");
    assertThat(orders.encryptionContextValues().tableName()).contains("Orders");
    assertThat(orders.encryptionContextValues().partitionKeyName()).contains("customer");
    assertThat(orders.encryptionContextValues().sortKeyName()).contains("number");
  }

  @Test
  void refreshIndexedAttributes_async_learnsTheSame() {
    TableInfo orders = TableInfo.named("Orders");
    assertThat(orders.refreshIndexedAttributes(asyncClient).join())
        .isEqualTo(orders.refreshIndexedAttributes(client));
  }

  @Test
  void refreshIndexedAttributes_noSuchTable_failsAsAPlainClient() {
    TableInfo nowhere = TableInfo.named("Nowhere");
    assertThatThrownBy(() -> nowhere.refreshIndexedAttributes(client))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> nowhere.refreshIndexedAttributes(asyncClient).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void named_notDescribed_knowsOnlyItsName() {
    TableInfo orders = TableInfo.named("Orders");
    assertThat(orders.primaryIndex()).isEmpty();
    assertThat(orders.protectedIndexKeys()).isEmpty();
    assertThat(orders.encryptionContextValues().partitionKeyName()).isEmpty();
  }

  @Test
  void fromKeySchema_severalKeysOfAKind_keepsThemAll() {
    TableIndex index =
        TableIndex.fromKeySchema(
            List.of(
                key("a", KeyType.HASH),
                key("b", KeyType.HASH),
                key("c", KeyType.RANGE),
                key("d", KeyType.RANGE)));
    assertThat(index.attributes()).containsExactly("a", "b", "c", "d");
    assertThat(index.partitionKey()).isEqualTo("a");
    assertThat(index.sortKey()).contains("c");
  }

  @Test
  void fromKeySchema_withoutPartitionKey_throws() {
    assertThatThrownBy(() -> TableIndex.fromKeySchema(List.of(key("a", KeyType.RANGE))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one partition key");
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
