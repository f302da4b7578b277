package io.github.itemseal.benchmarks;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.cryptography.keystore.KeyStore;
import software.amazon.cryptography.keystore.model.KMSConfiguration;
import software.amazon.cryptography.keystore.model.KeyStoreConfig;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.CacheType;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsHierarchicalKeyringInput;
import software.amazon.cryptography.materialproviders.model.DefaultCache;

/**
 * The original's hierarchical keyring over a key store in memory: its table has one branch key, and
 * its KMS decrypts a ciphertext to itself. Both are asked once; then the keyring's cache answers.
 */
final class OriginalBranchKeys {
  private static final String ARN =
      "arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000000";
  private static final long TTL_SECONDS = 3_600;

  private OriginalBranchKeys() {}

  static IKeyring keyring(MaterialProviders providers) {
    KeyStore store =
        KeyStore.builder()
            .KeyStoreConfig(
                KeyStoreConfig.builder()
                    .ddbClient(new Table())
                    .kmsClient(new TransparentKms())
                    .ddbTableName("Branch")
                    .logicalKeyStoreName("Branch")
                    .kmsConfiguration(KMSConfiguration.builder().kmsKeyArn(ARN).build())
                    .build())
            .build();
    return providers.CreateAwsKmsHierarchicalKeyring(
        CreateAwsKmsHierarchicalKeyringInput.builder()
            .keyStore(store)
            .branchKeyId(Keys.BRANCH_KEY_ID)
            .ttlSeconds(TTL_SECONDS)
            .cache(
                CacheType.builder()
                    .Default(DefaultCache.builder().entryCapacity(10).build())
                    .build())
            .build());
  }

  private static final class Table implements DynamoDbClient {
    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      Map<String, AttributeValue> row = new HashMap<>(request.key());
      row.put("enc", AttributeValue.fromB(SdkBytes.fromByteArray(Keys.countingBytes())));
      row.put("create-time", AttributeValue.fromS("2026-01-01T00:00:00.000000Z"));
      row.put("kms-arn", AttributeValue.fromS(ARN));
      row.put("hierarchy-version", AttributeValue.fromN("1"));
      if (row.get("type").s().equals("branch:ACTIVE")) {
        row.put("version", AttributeValue.fromS("branch:version:" + Keys.BRANCH_KEY_VERSION));
      }
      return GetItemResponse.builder().item(row).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static final class TransparentKms implements KmsClient {
    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      return DecryptResponse.builder().keyId(ARN).plaintext(request.ciphertextBlob()).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
