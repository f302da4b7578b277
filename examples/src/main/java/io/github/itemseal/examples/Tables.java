package io.github.itemseal.examples;

import io.github.itemseal.Ddbec;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What the tables of the examples have in common: a key {@code id}, a stream, a format. */
final class Tables {
  private Tables() {}

  /** Creates a table whose stream shows items before and after each change. */
  static TableDescription create(DynamoDbClient client, String name) {
    return client
        .createTable(
            table ->
                table
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .streamSpecification(
                        stream ->
                            stream
                                .streamEnabled(true)
                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
        .tableDescription();
  }

  /** Items under keys made for these examples: never protect anything with them. */
  static Ddbec format() {
    return Ddbec.using(
        WrappedMaterialsProvider.builder()
            .wrappingKey(TestKeys.aes(256))
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build());
  }
}
