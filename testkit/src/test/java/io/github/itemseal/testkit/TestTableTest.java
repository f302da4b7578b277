package io.github.itemseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

@ExtendWith(LocalDynamoDbExtension.class)
class TestTableTest {
  private static String text(List<KeySchemaElement> keys) {
    return keys.stream()
        .map(key -> key.attributeName() + " " + key.keyType())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> types(TableDescription table) {
    return new TreeMap<>(
        table.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    AttributeDefinition::attributeTypeAsString)));
  }

  @Test
  void createTable_partitionKeyOnly_isAString(LocalDynamoDb dynamoDb) {
    TableDescription table = dynamoDb.createTable(dynamoDb.unusedTableName(), "id");
    assertThat(text(table.keySchema())).isEqualTo("id HASH");
    assertThat(types(table)).isEqualTo(Map.of("id", "S"));
    assertThat(table.latestStreamArn()).isNull();
  }

  @Test
  void createTable_everything_isThere(LocalDynamoDb dynamoDb) {
    TableDescription table =
        dynamoDb.createTable(
            "Orders",
            orders ->
                orders
                    .partitionKey("customer")
                    .sortKey("number")
                    .numbers("number", "age")
                    .binaries("hash")
                    .globalIndex("byCity", "city", "age")
                    .globalIndex("byHash", "hash")
                    .keysOnly()
                    .localIndex("byAge", "age")
                    .including("memo", "note")
                    .stream(StreamViewType.NEW_IMAGE));
    assertThat(text(table.keySchema())).isEqualTo("customer HASH, number RANGE");
    assertThat(types(table))
        .isEqualTo(Map.of("customer", "S", "number", "N", "age", "N", "city", "S", "hash", "B"));
    assertThat(table.globalSecondaryIndexes())
        .extracting(
            index ->
                index.indexName()
                    + ": "
                    + text(index.keySchema())
                    + ", "
                    + index.projection().projectionType())
        .containsExactlyInAnyOrder(
            "byCity: city HASH, age RANGE, ALL", "byHash: hash HASH, KEYS_ONLY");
    assertThat(table.localSecondaryIndexes())
        .singleElement()
        .satisfies(
            index -> {
              assertThat(text(index.keySchema())).isEqualTo("customer HASH, age RANGE");
              assertThat(index.projection().nonKeyAttributes())
                  .containsExactlyInAnyOrder("memo", "note");
            });
    assertThat(table.latestStreamArn()).contains("Orders/stream/");
    assertThat(table.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_IMAGE);
  }

  @Test
  void keysOnly_withoutIndex_isRefused(LocalDynamoDb dynamoDb) {
    assertThatThrownBy(
            () -> dynamoDb.createTable("Odd", table -> table.partitionKey("id").keysOnly()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Add an index first");
  }
}
