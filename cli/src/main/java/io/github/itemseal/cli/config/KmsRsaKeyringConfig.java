package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.KmsRsaKeyring;
import io.github.itemseal.keyring.KmsRsaSettings;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;

/** {@code type: aws-kms-rsa}. */
record KmsRsaKeyringConfig(
    ConfigNode node,
    ConfigNode keyId,
    KmsAccess kms,
    EncryptionAlgorithmSpec algorithm,
    Optional<ConfigNode> publicKey)
    implements KeyringConfig {
  private static final String PUBLIC_KEY = "publicKey";
  private static final String ALGORITHM = "algorithm";
  private static final Set<EncryptionAlgorithmSpec> ALGORITHMS =
      Set.of(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256, EncryptionAlgorithmSpec.RSAES_OAEP_SHA_1);

  static KmsRsaKeyringConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields =
        node.fields(
            "type",
            KmsAccess.KEY_ID,
            PUBLIC_KEY,
            ALGORITHM,
            AwsEndpoint.REGION,
            AwsEndpoint.ENDPOINT,
            KmsAccess.GRANT_TOKENS);
    ConfigNode keyId = KmsAccess.keyId(fields);
    var unused = KmsAccess.ofKey(keyId, KmsRsaSettings::forKey);
    return new KmsRsaKeyringConfig(
        node,
        keyId,
        KmsAccess.toKey(keyId, fields),
        fields
            .optional(ALGORITHM)
            .map(KmsRsaKeyringConfig::algorithm)
            .orElse(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256),
        fields.optional(PUBLIC_KEY).map(keys::requireName));
  }

  private static EncryptionAlgorithmSpec algorithm(ConfigNode place) {
    return place.choice(
        name -> Optional.of(EncryptionAlgorithmSpec.fromValue(name)).filter(ALGORITHMS::contains),
        "RSAES_OAEP_SHA_256, RSAES_OAEP_SHA_1");
  }

  @Override
  public Optional<ConfigException> cannotWrite() {
    return publicKey.isPresent()
        ? Optional.empty()
        : Optional.of(
            node.missing(
                PUBLIC_KEY, "name the public half of the KMS key; decrypting goes without"));
  }

  @Override
  public Keyring build(NamedKeys keys, AwsClients clients) {
    KmsRsaSettings.Builder settings =
        KmsRsaSettings.forKey(keyId.text()).algorithm(algorithm).grantTokens(kms.tokens());
    publicKey.ifPresent(
        place -> {
          PublicKey key = keys.publicKey(place, "RSA");
          var unused = place.accepted(() -> settings.publicKey(key));
        });
    return KmsRsaKeyring.of(kms.client(clients), settings.build());
  }
}
