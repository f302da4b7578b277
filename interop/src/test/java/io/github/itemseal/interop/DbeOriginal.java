package io.github.itemseal.interop;

import static java.util.stream.Collectors.toMap;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.DynamoDbItemEncryptor;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.model.DecryptItemInput;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.model.DecryptItemOutput;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.model.DynamoDbItemEncryptorConfig;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.itemencryptor.model.EncryptItemInput;
import software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.DBEAlgorithmSuiteId;

/**
 * The item encryptor of the original Database Encryption SDK, spoken to in this library's terms.
 * Thread-safe. It refuses with many kinds of unchecked exceptions.
 */
final class DbeOriginal {
  static final String ARTIFACT =
      "software.amazon.cryptography:aws-database-encryption-sdk-dynamodb";

  private final DynamoDbItemEncryptor encryptor;

  DbeOriginal(DbeTable table, IKeyring keyring) {
    DynamoDbItemEncryptorConfig.Builder config =
        DynamoDbItemEncryptorConfig.builder()
            .logicalTableName(table.name())
            .partitionKeyName(table.partitionKey())
            .attributeActionsOnEncrypt(
                table.actions().entrySet().stream()
                    .collect(
                        toMap(
                            Map.Entry::getKey,
                            action -> CryptoAction.valueOf(action.getValue().name()))))
            .algorithmSuiteId(DBEAlgorithmSuiteId.valueOf(table.suite().name()))
            .keyring(keyring);
    if (table.sortKey() != null) {
      config.sortKeyName(table.sortKey());
    }
    if (!table.unsigned().isEmpty()) {
      config.allowedUnsignedAttributes(List.copyOf(table.unsigned()));
    }
    if (table.unsignedPrefix() != null) {
      config.allowedUnsignedAttributePrefix(table.unsignedPrefix());
    }
    this.encryptor =
        DynamoDbItemEncryptor.builder().DynamoDbItemEncryptorConfig(config.build()).build();
  }

  Map<String, AttributeValue> encryptItem(Map<String, AttributeValue> item) {
    return encryptor.EncryptItem(EncryptItemInput.builder().plaintextItem(item).build())
        .encryptedItem();
  }

  Map<String, AttributeValue> decryptItem(Map<String, AttributeValue> stored) {
    return decrypt(stored).plaintextItem();
  }

  /** With what it says of the header. */
  DecryptItemOutput decrypt(Map<String, AttributeValue> stored) {
    return encryptor.DecryptItem(DecryptItemInput.builder().encryptedItem(stored).build());
  }

  /** Its version, from the name of the jar itself, which says it nowhere else. */
  static String version() {
    Path jar =
        Path.of(
            URI.create(
                DynamoDbItemEncryptor.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()));
    Matcher version =
        Pattern.compile("aws-database-encryption-sdk-dynamodb-(.+)\\.jar")
            .matcher(jar.getFileName().toString());
    if (!version.matches()) {
      throw new IllegalStateException("No version in the name " + jar.getFileName());
    }
    return version.group(1);
  }
}
