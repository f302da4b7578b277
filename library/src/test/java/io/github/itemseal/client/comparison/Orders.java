package io.github.itemseal.client.comparison;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The table of the comparison: keys {@code customer} (S) and {@code number} (N); {@link #SIGNED}
 * attributes readable, {@link #UNPROTECTED} ones free, {@link #SECRET} ones encrypted; an index
 * with whole items, one with keys only and a local one with some attributes.
 */
final class Orders {
  static final String NAME = "Orders";
  static final List<String> SIGNED = List.of("city", "age", "tags", "address");
  static final List<String> UNPROTECTED = List.of("visits", "memo");
  static final List<String> SECRET = List.of("ssn", "salary", "notes", "orderHistory");

  private Orders() {}

  /** Everything is encrypted that is not named: which attributes are signed is open. */
  static AttributeActions openActions() {
    return readable(AttributeActions.encryptAndSign());
  }

  /** Only the named attributes are signed, so parts of items can be read and verified. */
  static AttributeActions closedActions() {
    AttributeActions actions = readable(AttributeActions.withDefault(CryptoAction.DO_NOTHING));
    for (String name : List.of("customer", "number")) {
      actions = actions.with(name, CryptoAction.SIGN_ONLY);
    }
    for (String name : SECRET) {
      actions = actions.with(name, CryptoAction.ENCRYPT_AND_SIGN);
    }
    return actions;
  }

  private static AttributeActions readable(AttributeActions actions) {
    AttributeActions readable = actions;
    for (String name : SIGNED) {
      readable = readable.with(name, CryptoAction.SIGN_ONLY);
    }
    for (String name : UNPROTECTED) {
      readable = readable.with(name, CryptoAction.DO_NOTHING);
    }
    return readable;
  }

  static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Map.of("customer", item.get("customer"), "number", item.get("number"));
  }

  static void create(DynamoDbClient client) {
    client.createTable(
        request ->
            request
                .tableName(NAME)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("customer").attributeType(ScalarAttributeType.S),
                    a -> a.attributeName("number").attributeType(ScalarAttributeType.N),
                    a -> a.attributeName("city").attributeType(ScalarAttributeType.S),
                    a -> a.attributeName("age").attributeType(ScalarAttributeType.N))
                .keySchema(
                    k -> k.attributeName("customer").keyType(KeyType.HASH),
                    k -> k.attributeName("number").keyType(KeyType.RANGE))
                .globalSecondaryIndexes(
                    index ->
                        index
                            .indexName("byCity")
                            .keySchema(
                                k -> k.attributeName("city").keyType(KeyType.HASH),
                                k -> k.attributeName("age").keyType(KeyType.RANGE))
                            .projection(p -> p.projectionType(ProjectionType.ALL)),
                    index ->
                        index
                            .indexName("keysByCity")
                            .keySchema(k -> k.attributeName("city").keyType(KeyType.HASH))
                            .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY)))
                .localSecondaryIndexes(
                    index ->
                        index
                            .indexName("byAge")
                            .keySchema(
                                k -> k.attributeName("customer").keyType(KeyType.HASH),
                                k -> k.attributeName("age").keyType(KeyType.RANGE))
                            .projection(
                                p ->
                                    p.projectionType(ProjectionType.INCLUDE)
                                        .nonKeyAttributes("memo"))));
  }
}
