package io.github.itemseal.examples;

import io.github.itemseal.Ddbec;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testkit.LocalDynamoDb;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What the tables of the examples have in common: a key {@code id}, a stream, a format. */
final class Tables {
  private Tables() {}

  /** Creates a table whose stream shows items before and after each change. */
  static TableDescription create(LocalDynamoDb dynamoDb, String name) {
    return dynamoDb.createTable(
        name, table -> table.partitionKey("id").stream(StreamViewType.NEW_AND_OLD_IMAGES));
  }

  /** Items under keys made for these examples: never protect anything with them. */
  static Ddbec format() {
    return Ddbec.using(
        WrappedMaterialsProvider.builder()
            .wrappingKey(ExampleKeys.aes())
            .signingKeys(SigningKeys.mac(ExampleKeys.hmac()))
            .build());
  }
}
