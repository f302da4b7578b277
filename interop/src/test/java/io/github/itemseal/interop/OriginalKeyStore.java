package io.github.itemseal.interop;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.DynamoDbEncryption;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.IDynamoDbKeyBranchKeyIdSupplier;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.CreateDynamoDbEncryptionBranchKeyIdSupplierInput;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbEncryptionConfig;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.GetBranchKeyIdFromDdbKeyOutput;
import software.amazon.cryptography.keystore.KeyStore;
import software.amazon.cryptography.keystore.model.CreateKeyInput;
import software.amazon.cryptography.keystore.model.CreateKeyStoreInput;
import software.amazon.cryptography.keystore.model.GetActiveBranchKeyInput;
import software.amazon.cryptography.keystore.model.GetBeaconKeyInput;
import software.amazon.cryptography.keystore.model.GetBranchKeyVersionInput;
import software.amazon.cryptography.keystore.model.KMSConfiguration;
import software.amazon.cryptography.keystore.model.KeyStoreConfig;
import software.amazon.cryptography.keystore.model.VersionKeyInput;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.CacheType;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsHierarchicalKeyringInput;
import software.amazon.cryptography.materialproviders.model.DefaultCache;

/** The key store of the original Database Encryption SDK, and its hierarchical keyring over it. */
final class OriginalKeyStore {
  private static final long TTL_SECONDS = 3_600;

  private final KeyStore store;

  /**
   * @param keys which KMS keys it uses
   */
  OriginalKeyStore(
      DynamoDbClient dynamoDb,
      KmsClient kms,
      String tableName,
      String logicalName,
      KMSConfiguration keys) {
    this.store =
        KeyStore.builder()
            .KeyStoreConfig(
                KeyStoreConfig.builder()
                    .ddbClient(dynamoDb)
                    .kmsClient(kms)
                    .ddbTableName(tableName)
                    .logicalKeyStoreName(logicalName)
                    .kmsConfiguration(keys)
                    .build())
            .build();
  }

  void createTable() {
    store.CreateKeyStore(CreateKeyStoreInput.builder().build());
  }

  void createKey(String id, Map<String, String> context) {
    store.CreateKey(
        CreateKeyInput.builder().branchKeyIdentifier(id).encryptionContext(context).build());
  }

  void versionKey(String id) {
    store.VersionKey(VersionKeyInput.builder().branchKeyIdentifier(id).build());
  }

  software.amazon.cryptography.keystore.model.BranchKeyMaterials activeKey(String id) {
    return store.GetActiveBranchKey(
            GetActiveBranchKeyInput.builder().branchKeyIdentifier(id).build())
        .branchKeyMaterials();
  }

  ByteBuffer keyOfVersion(String id, String version) {
    return store.GetBranchKeyVersion(
            GetBranchKeyVersionInput.builder()
                .branchKeyIdentifier(id)
                .branchKeyVersion(version)
                .build())
        .branchKeyMaterials()
        .branchKey();
  }

  ByteBuffer beaconKey(String id) {
    return store.GetBeaconKey(GetBeaconKeyInput.builder().branchKeyIdentifier(id).build())
        .beaconKeyMaterials()
        .beaconKey();
  }

  /** With one branch key. */
  IKeyring keyring(String branchKeyId) {
    return OriginalKeyrings.PROVIDERS.CreateAwsKmsHierarchicalKeyring(
        settings().branchKeyId(branchKeyId).build());
  }

  /** With the branch key that the item's key attributes, or its context, tell. */
  IKeyring keyring(Function<Map<String, AttributeValue>, String> branchKeyId) {
    IDynamoDbKeyBranchKeyIdSupplier supplier =
        input ->
            GetBranchKeyIdFromDdbKeyOutput.builder()
                .branchKeyId(branchKeyId.apply(input.ddbKey()))
                .build();
    return OriginalKeyrings.PROVIDERS.CreateAwsKmsHierarchicalKeyring(
        settings()
            .branchKeyIdSupplier(
                DynamoDbEncryption.builder()
                    .DynamoDbEncryptionConfig(DynamoDbEncryptionConfig.builder().build())
                    .build()
                    .CreateDynamoDbEncryptionBranchKeyIdSupplier(
                        CreateDynamoDbEncryptionBranchKeyIdSupplierInput.builder()
                            .ddbKeyBranchKeyIdSupplier(supplier)
                            .build())
                    .branchKeyIdSupplier())
            .build());
  }

  private CreateAwsKmsHierarchicalKeyringInput.Builder settings() {
    return CreateAwsKmsHierarchicalKeyringInput.builder()
        .keyStore(store)
        .ttlSeconds(TTL_SECONDS)
        .cache(
            CacheType.builder().Default(DefaultCache.builder().entryCapacity(100).build()).build());
  }
}
