package io.github.itemseal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class LocalDynamoDbTest {
  @Test
  void start_freshDatabase_hasNoTablesAndListensOnLoopback() throws Exception {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.start();
        DynamoDbClient client = dynamoDb.client()) {
      assertThat(client.listTables().tableNames()).isEmpty();
      assertThat(InetAddress.getByName(dynamoDb.endpoint().getHost()).isLoopbackAddress()).isTrue();
    }
  }
}
