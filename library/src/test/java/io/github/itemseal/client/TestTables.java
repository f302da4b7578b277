package io.github.itemseal.client;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The table of the client tests: key {@code id}; {@code city} and {@code email} signed only and
 * keys of indexes; {@code note} unprotected; everything else encrypted.
 */
final class TestTables {
  static final String PEOPLE = "People";

  /** The other name of the same table, at DynamoDB Local. */
  static final String PEOPLE_ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/" + PEOPLE;

  private TestTables() {}

  static LocalMaterialsProvider provider() {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(TestKeys.aes(256))
        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
        .build();
  }

  static TableEncryption encryption(TableInfo table) {
    return TableEncryption.of(table)
        .actions(
            AttributeActions.encryptAndSign()
                .with("city", CryptoAction.SIGN_ONLY)
                .withSecondaryIndexKeys("email")
                .with("note", CryptoAction.DO_NOTHING))
        .writes(Ddbec.using(provider()))
        .build();
  }

  /** A client that knows the table and needs no DescribeTable. */
  static EncryptedDynamoDbClient people(DynamoDbClient client) {
    return EncryptedDynamoDbClient.builder()
        .client(client)
        .table(encryption(TableInfo.of(PEOPLE, TableIndex.of("id"))))
        .build();
  }

  static void create(DynamoDbClient client, String name) {
    client.createTable(
        request ->
            request
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                    a -> a.attributeName("city").attributeType(ScalarAttributeType.S),
                    a -> a.attributeName("email").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .globalSecondaryIndexes(
                    index ->
                        index
                            .indexName("byCity")
                            .keySchema(k -> k.attributeName("city").keyType(KeyType.HASH))
                            .projection(p -> p.projectionType(ProjectionType.ALL)),
                    index ->
                        index
                            .indexName("byEmail")
                            .keySchema(k -> k.attributeName("email").keyType(KeyType.HASH))
                            .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))));
  }
}
