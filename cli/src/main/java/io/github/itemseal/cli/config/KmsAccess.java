package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.KmsKeyringSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The fields {@code region}, {@code endpoint} and {@code grantTokens} beside a key of AWS KMS: how
 * it is asked.
 */
record KmsAccess(AwsEndpoint endpoint, List<String> grantTokens) {
  static final String KEY_ID = "keyId";
  static final String GRANT_TOKENS = "grantTokens";

  private static final int MAX_GRANT_TOKENS = 10; // of KMS
  private static final String KEY_ID_HINT = "the id, ARN or alias of a KMS key";

  /** The field {@code keyId}, in the shape of an id, an ARN or an alias. */
  static ConfigNode keyId(ConfigNode.Fields fields) {
    ConfigNode keyId = fields.required(KEY_ID, KEY_ID_HINT);
    Optional<Region> unused = regionOf(keyId);
    try {
      KmsKeyringSettings.Builder ignored = KmsKeyringSettings.forKey(keyId.text());
    } catch (IllegalArgumentException e) {
      throw keyId.error("is not the id, ARN or alias of a KMS key", KEY_ID_HINT);
    }
    return keyId;
  }

  /** What the library makes of a key's name; its refusal gets the name's path. */
  static <T> T ofKey(ConfigNode keyId, Function<String, T> making) {
    try {
      return making.apply(keyId.text());
    } catch (IllegalArgumentException e) {
      throw keyId.error(
          "is not the ARN of a KMS key, which this type needs",
          "arn:aws:kms:REGION:ACCOUNT:key/ID; aliases are for the type aws-kms");
    }
  }

  /** For one key, which is used in the Region that its ARN names. */
  static KmsAccess toKey(ConfigNode keyId, ConfigNode.Fields fields) {
    KmsAccess access = from(fields);
    Optional<Region> ofKey = regionOf(keyId);
    if (ofKey.isEmpty()) {
      return access;
    }
    Optional<Region> named = access.endpoint.region();
    if (named.isEmpty()) {
      return new KmsAccess(access.endpoint.withRegion(ofKey.get()), access.grantTokens);
    }
    if (!named.equals(ofKey) && access.endpoint.uri().isEmpty()) {
      throw fields
          .required(AwsEndpoint.REGION)
          .error(
              "is not the Region of the key's ARN",
              "leave it out; a key is used where it is, and a multi-Region key by its ARN there");
    }
    return access;
  }

  /** For keys that are not known yet. */
  static KmsAccess from(ConfigNode.Fields fields) {
    return new KmsAccess(
        AwsEndpoint.from(fields).requireSecret(fields, AwsEndpoint.ENDPOINT, "data keys"),
        grantTokens(fields));
  }

  /** The Region that an ARN names; empty for ids and aliases. */
  static Optional<Region> regionOf(ConfigNode keyId) {
    String text = keyId.text();
    if (text.isBlank() || !text.equals(text.strip())) {
      throw keyId.error("begins or ends with a space", KEY_ID_HINT);
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
    Optional<ConfigNode> node = fields.optional(GRANT_TOKENS);
    List<String> tokens =
        node.map(list -> list.elements().stream().map(ConfigNode::text).toList()).orElse(List.of());
    if (tokens.size() > MAX_GRANT_TOKENS) {
      throw node.orElseThrow()
          .error("has more than %s tokens".formatted(MAX_GRANT_TOKENS), "KMS does not take more");
    }
    return tokens;
  }

  /** The client; nothing is asked of AWS. */
  KmsClient client(AwsClients clients) {
    return clients.kms(endpoint);
  }

  String[] tokens() {
    return grantTokens.toArray(String[]::new);
  }

  /** Without the grant tokens. */
  @Override
  public String toString() {
    return "KmsAccess[" + endpoint + "]";
  }
}
