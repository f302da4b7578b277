package io.github.itemseal.cli.config;

import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;

/** A provider of {@code type: aws-kms}. */
record KmsProviderConfig(String keyId, KmsAccess kms) implements ProviderConfig {
  static KmsProviderConfig from(ConfigNode node) {
    ConfigNode.Fields fields =
        node.fields(
            "type",
            KmsAccess.KEY_ID,
            AwsEndpoint.REGION,
            AwsEndpoint.ENDPOINT,
            KmsAccess.GRANT_TOKENS);
    ConfigNode keyId = KmsAccess.keyId(fields);
    return new KmsProviderConfig(keyId.text(), KmsAccess.toKey(keyId, fields));
  }

  @Override
  public CryptographicMaterialsProvider build(NamedKeys keys, AwsClients clients, Purpose purpose) {
    return KmsMaterialsProvider.of(
        kms.client(clients), KmsSettings.forKey(keyId).grantTokens(kms.tokens()).build());
  }
}
