package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.KmsKeyring;
import io.github.itemseal.keyring.KmsKeyringSettings;
import java.util.function.Function;

/** {@code type: aws-kms}, and {@code type: aws-kms-mrk} for multi-Region keys. */
record KmsKeyringConfig(KmsAccess kms, KmsKeyringSettings settings) implements KeyringConfig {
  static KmsKeyringConfig from(ConfigNode node) {
    return from(node, KmsKeyringSettings::forKey);
  }

  static KmsKeyringConfig multiRegionFrom(ConfigNode node) {
    return from(node, KmsKeyringSettings::forMultiRegionKey);
  }

  private static KmsKeyringConfig from(
      ConfigNode node, Function<String, KmsKeyringSettings.Builder> settings) {
    ConfigNode.Fields fields =
        node.fields(
            "type",
            KmsAccess.KEY_ID,
            AwsEndpoint.REGION,
            AwsEndpoint.ENDPOINT,
            KmsAccess.GRANT_TOKENS);
    ConfigNode keyId = KmsAccess.keyId(fields);
    KmsAccess kms = KmsAccess.toKey(keyId, fields);
    return new KmsKeyringConfig(
        kms, KmsAccess.ofKey(keyId, settings).grantTokens(kms.tokens()).build());
  }

  @Override
  public Keyring build(NamedKeys keys, AwsClients clients) {
    return KmsKeyring.of(kms.client(clients), settings);
  }
}
