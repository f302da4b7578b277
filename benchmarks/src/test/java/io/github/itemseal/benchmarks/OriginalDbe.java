package io.github.itemseal.benchmarks;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.DynamoDbItemEncryptor;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.model.DecryptItemInput;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.model.DynamoDbItemEncryptorConfig;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.model.EncryptItemInput;
import software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.DBEAlgorithmSuiteId;

/** The AWS Database Encryption SDK for DynamoDB. */
final class OriginalDbe implements StoredItem {
  private final DynamoDbItemEncryptor encryptor;
  private final Map<String, AttributeValue> item;
  private final Map<String, AttributeValue> stored;

  OriginalDbe(DBEAlgorithmSuiteId suite, IKeyring keyring, Shape shape) {
    this.item = shape.item();
    Map<String, CryptoAction> actions = new HashMap<>();
    for (String name : item.keySet()) {
      boolean key = name.equals(Shape.PARTITION_KEY) || name.equals(Shape.SORT_KEY);
      actions.put(name, key ? CryptoAction.SIGN_ONLY : CryptoAction.ENCRYPT_AND_SIGN);
    }
    this.encryptor =
        DynamoDbItemEncryptor.builder()
            .DynamoDbItemEncryptorConfig(
                DynamoDbItemEncryptorConfig.builder()
                    .logicalTableName("Benchmark")
                    .partitionKeyName(Shape.PARTITION_KEY)
                    .sortKeyName(Shape.SORT_KEY)
                    .attributeActionsOnEncrypt(actions)
                    .algorithmSuiteId(suite)
                    .keyring(keyring)
                    .build())
            .build();
    this.stored = encrypted();
  }

  private Map<String, AttributeValue> encrypted() {
    return encryptor.EncryptItem(EncryptItemInput.builder().plaintextItem(item).build())
        .encryptedItem();
  }

  @Override
  public Map<String, AttributeValue> stored() {
    return stored;
  }

  @Override
  public Object encrypt() {
    return encrypted();
  }

  @Override
  public Object decrypt() {
    return encryptor.DecryptItem(DecryptItemInput.builder().encryptedItem(stored).build())
        .plaintextItem();
  }
}
