package io.github.itemseal.examples;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.client.EncryptedTable;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;

/** Keeps the bank accounts of customers, encrypted under a key of AWS KMS. */
final class CustomerService {
  private final EncryptedTable customers;

  CustomerService(DynamoDbClient dynamoDb, KmsClient kms, String kmsKeyArn) {
    TableEncryption encryption =
        TableEncryption.of(TableInfo.of("Customers", TableIndex.of("id")))
            .actions(AttributeActions.encryptAndSign())
            .writes(
                Ddbec.using(KmsMaterialsProvider.of(kms, KmsSettings.forKey(kmsKeyArn).build())))
            .build();
    customers =
        EncryptedDynamoDbClient.builder()
            .client(dynamoDb)
            .table(encryption)
            .build()
            .table("Customers");
  }

  void add(String id, String iban) {
    customers.putItem(Map.of("id", AttributeValue.fromS(id), "iban", AttributeValue.fromS(iban)));
  }

  String iban(String id) {
    return customers
        .getItem(Map.of("id", AttributeValue.fromS(id)))
        .map(customer -> customer.get("iban"))
        .orElseThrow()
        .s();
  }
}
