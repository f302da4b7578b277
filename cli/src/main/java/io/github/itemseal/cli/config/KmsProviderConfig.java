package io.github.itemseal.cli.config;

import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** {@code type: aws-kms}. */
record KmsProviderConfig(String keyId, AwsEndpoint endpoint, List<String> grantTokens)
    implements ProviderConfig {
  private static final int MAX_GRANT_TOKENS = 10; // of KMS

  static KmsProviderConfig from(ConfigNode node) {
    ConfigNode.Fields fields =
        node.fields("type", "keyId", AwsEndpoint.REGION, AwsEndpoint.ENDPOINT, "grantTokens");
    ConfigNode keyId = fields.required("keyId", "the id, ARN or alias of a KMS key");
    return new KmsProviderConfig(keyId.text(), endpoint(fields, keyId), grantTokens(fields));
  }

  private static AwsEndpoint endpoint(ConfigNode.Fields fields, ConfigNode keyId) {
    AwsEndpoint endpoint = AwsEndpoint.from(fields);
    if (endpoint.isReadableOnTheWay()) {
      throw fields
          .required(AwsEndpoint.ENDPOINT)
          .error(
              "would send data keys over the network unencrypted",
              "use https; http is for this machine, such as http://127.0.0.1:4599");
    }
    Optional<Region> ofKey = regionOf(keyId);
    if (ofKey.isEmpty()) {
      return endpoint;
    }
    if (endpoint.region().isEmpty()) {
      return endpoint.withRegion(ofKey.get());
    }
    if (!endpoint.region().equals(ofKey) && endpoint.uri().isEmpty()) {
      throw fields
          .required(AwsEndpoint.REGION)
          .error(
              "is not the Region of the key's ARN",
              "leave it out; a key is used where it is, and a multi-Region key by its ARN there");
    }
    return endpoint;
  }

  /** The Region that an ARN names; empty for ids and aliases. */
  private static Optional<Region> regionOf(ConfigNode keyId) {
    String text = keyId.text();
    if (text.isBlank() || !text.equals(text.strip())) {
      throw keyId.error("begins or ends with a space", "the id, ARN or alias of a KMS key");
    }
    if (!text.startsWith("arn:")) {
      return Optional.empty();
    }
    String[] parts = text.split(":", 6);
    boolean keyOrAlias =
        parts.length == 6
            && parts[2].equals("kms")
            && (parts[5].startsWith("key/") || parts[5].startsWith("alias/"));
    if (!keyOrAlias || !AwsEndpoint.isRegionName(parts[3])) {
      throw keyId.error(
          "is not the ARN of a KMS key or alias", "arn:aws:kms:REGION:ACCOUNT:key/ID");
    }
    return Optional.of(Region.of(parts[3]));
  }

  private static List<String> grantTokens(ConfigNode.Fields fields) {
    Optional<ConfigNode> node = fields.optional("grantTokens");
    List<String> tokens =
        node.map(list -> list.elements().stream().map(ConfigNode::text).toList()).orElse(List.of());
    if (tokens.size() > MAX_GRANT_TOKENS) {
      throw node.orElseThrow()
          .error("has more than %s tokens".formatted(MAX_GRANT_TOKENS), "KMS does not take more");
    }
    return tokens;
  }

  @Override
  public CryptographicMaterialsProvider build(NamedKeys keys, AwsClients clients, Purpose purpose) {
    return KmsMaterialsProvider.of(
        clients.kms(endpoint),
        KmsSettings.forKey(keyId).grantTokens(grantTokens.toArray(String[]::new)).build());
  }

  /** Without the grant tokens. */
  @Override
  public String toString() {
    return "KmsProviderConfig";
  }
}
