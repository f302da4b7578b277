package io.github.itemseal.interop;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.cryptography.keystore.model.KMSConfiguration;

/**
 * A key store of the original whose branch keys are given: its table is a map, and its KMS decrypts
 * a ciphertext to itself. So vectors have the same branch keys every time.
 */
final class OriginalStaticKeys {
  private static final String ARN =
      "arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000000";

  private OriginalStaticKeys() {}

  /**
   * One version of a branch key.
   *
   * @param version a UUID
   */
  record BranchKey(String id, String version, SdkBytes bytes) {}

  /** Of several versions of a branch key, the last is the active one. */
  static OriginalKeyStore store(List<BranchKey> keys) {
    return new OriginalKeyStore(
        new Table(keys),
        new TransparentKms(),
        "Branch",
        "Branch",
        KMSConfiguration.builder().kmsKeyArn(ARN).build());
  }

  private static final class Table implements DynamoDbClient {
    private final List<BranchKey> keys;

    Table(List<BranchKey> keys) {
      this.keys = keys;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      String id = request.key().get("branch-key-id").s();
      String type = request.key().get("type").s();
      BranchKey found = null;
      for (BranchKey key : keys) {
        boolean named = type.equals("branch:version:" + key.version());
        if (key.id().equals(id) && (named || type.equals("branch:ACTIVE"))) {
          found = key;
        }
      }
      return found == null
          ? GetItemResponse.builder().build()
          : GetItemResponse.builder().item(row(found, type)).build();
    }

    private static Map<String, AttributeValue> row(BranchKey key, String type) {
      Map<String, AttributeValue> row =
          Map.of(
              "branch-key-id", AttributeValue.fromS(key.id()),
              "type", AttributeValue.fromS(type),
              "enc", AttributeValue.fromB(key.bytes()),
              "create-time", AttributeValue.fromS("2026-01-01T00:00:00.000000Z"),
              "kms-arn", AttributeValue.fromS(ARN),
              "hierarchy-version", AttributeValue.fromN("1"));
      return type.equals("branch:ACTIVE")
          ? VectorItems.put(row, "version", AttributeValue.fromS("branch:version:" + key.version()))
          : row;
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
