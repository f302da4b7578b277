package io.github.itemseal.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testkit.InMemoryKms;
import io.github.itemseal.testkit.LocalDynamoDb;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(LocalDynamoDbExtension.class)
class CustomerServiceTest {
  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey();

  @BeforeAll
  static void createTable(LocalDynamoDb dynamoDb) {
    dynamoDb.createTable("Customers", "id");
  }

  @Test
  void iban_ofACustomer_isStoredAsCiphertext(DynamoDbClient dynamoDb) {
    CustomerService service = new CustomerService(dynamoDb, kms.client(), key);

    service.add("ann", "NO93 8601 1117 947");

    assertThat(service.iban("ann")).isEqualTo("NO93 8601 1117 947");
    Map<String, AttributeValue> ann = Map.of("id", AttributeValue.fromS("ann"));
    Map<String, AttributeValue> stored =
        dynamoDb.getItem(get -> get.tableName("Customers").key(ann)).item();
    assertThat(stored.get("iban").type()).isEqualTo(AttributeValue.Type.B);
  }

  @Test
  void iban_withoutTheRightToDecrypt_isNotRead(DynamoDbClient dynamoDb) {
    CustomerService service = new CustomerService(dynamoDb, kms.client(), key);
    service.add("bob", "NO93 8601 1117 947");
    kms.deny("Decrypt");

    assertThatThrownBy(() -> service.iban("bob")).isInstanceOf(MaterialsUnavailableException.class);
  }
}
