package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.BranchKeyProtection;
import io.github.itemseal.keyring.BranchKeyStore;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The table of branch keys of a {@code hierarchical} keyring: its field {@code keyStore}, and the
 * branch key that the keyring uses. Immutable.
 */
public final class BranchKeyStoreConfig {
  private static final String KMS_ENDPOINT = "kmsEndpoint";

  private final String branchKeyId;
  private final String tableName;
  private final String logicalName;
  private final AwsEndpoint endpoint;
  private final BranchKeyProtection protection;
  private final AwsEndpoint kmsEndpoint;

  private BranchKeyStoreConfig(
      String branchKeyId,
      String tableName,
      String logicalName,
      AwsEndpoint endpoint,
      BranchKeyProtection protection,
      AwsEndpoint kmsEndpoint) {
    this.branchKeyId = branchKeyId;
    this.tableName = tableName;
    this.logicalName = logicalName;
    this.endpoint = endpoint;
    this.protection = protection;
    this.kmsEndpoint = kmsEndpoint;
  }

  static BranchKeyStoreConfig from(ConfigNode node, String branchKeyId) {
    ConfigNode.Fields fields =
        node.fields(
            "table",
            "logicalName",
            "kmsKeyArn",
            AwsEndpoint.REGION,
            AwsEndpoint.ENDPOINT,
            KMS_ENDPOINT);
    String tableName =
        MetaStoreConfig.tableName(
            fields.required("table", "the name of the table that holds the branch keys"));
    ConfigNode kmsKeyArn =
        fields.required("kmsKeyArn", "the ARN of the KMS key that protects the branch keys");
    return new BranchKeyStoreConfig(
        branchKeyId,
        tableName,
        fields.optional("logicalName").map(ConfigNode::text).orElse(tableName),
        AwsEndpoint.from(fields),
        protection(kmsKeyArn),
        kmsEndpoint(fields, kmsKeyArn));
  }

  private static BranchKeyProtection protection(ConfigNode kmsKeyArn) {
    try {
      return BranchKeyProtection.kmsKey(kmsKeyArn.text());
    } catch (IllegalArgumentException e) {
      throw kmsKeyArn.error("is not the ARN of a KMS key", "arn:aws:kms:REGION:ACCOUNT:key/ID");
    }
  }

  private static AwsEndpoint kmsEndpoint(ConfigNode.Fields fields, ConfigNode kmsKeyArn) {
    Optional<Region> ofKey = KmsAccess.regionOf(kmsKeyArn);
    Optional<ConfigNode> uri = fields.optional(KMS_ENDPOINT);
    return new AwsEndpoint(fields.parent().path(), ofKey, uri.map(AwsEndpoint::uri))
        .requireSecret(fields, KMS_ENDPOINT, "branch keys");
  }

  /** The branch key that the keyring uses. */
  public String branchKeyId() {
    return branchKeyId;
  }

  /** The name of the table that holds the branch keys. */
  public String tableName() {
    return tableName;
  }

  /** A plain client of the database that the table is in. */
  public DynamoDbClient client(AwsClients clients) {
    return clients.dynamoDb(endpoint);
  }

  /** The store; nothing is asked of AWS yet. */
  public BranchKeyStore store(AwsClients clients) {
    return BranchKeyStore.builder(client(clients), clients.kms(kmsEndpoint))
        .tableName(tableName)
        .logicalName(logicalName)
        .protectedBy(protection)
        .build();
  }
}
