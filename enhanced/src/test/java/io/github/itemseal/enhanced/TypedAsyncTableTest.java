package io.github.itemseal.enhanced;

import io.github.itemseal.TableEncryption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

class TypedAsyncTableTest extends TypedTableContract {
  private DynamoDbAsyncClient async; // closing one takes two seconds

  @BeforeAll
  void connect() {
    async = dynamoDb.asyncClient();
  }

  @AfterAll
  void disconnect() {
    async.close();
  }

  @Override
  TypedTables encrypted(TableEncryption table) {
    return AsyncTables.encrypted(async, extensions, table);
  }
}
