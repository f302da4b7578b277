package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.KmsEcdhKeyring;
import io.github.itemseal.keyring.KmsEcdhSettings;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code type: aws-kms-ecdh}.
 *
 * @param ownPublicKey the public half of the KMS key; empty to ask KMS for it
 * @param publicKey of the other side, in the static schema
 */
record KmsEcdhKeyringConfig(
    ConfigNode keyId,
    KmsAccess kms,
    ConfigNode schemaPlace,
    EcdhSchema schema,
    NamedCurve curve,
    Optional<ConfigNode> ownPublicKey,
    Optional<ConfigNode> publicKey)
    implements KeyringConfig {
  private static final String PUBLIC_KEY = "publicKey";
  private static final String OWN_PUBLIC_KEY = "ownPublicKey";
  private static final String SCHEMAS = "static, discovery";

  static KmsEcdhKeyringConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields =
        node.fields(
            "type",
            KmsAccess.KEY_ID,
            EcdhSchema.FIELD,
            NamedCurve.FIELD,
            OWN_PUBLIC_KEY,
            PUBLIC_KEY,
            AwsEndpoint.REGION,
            AwsEndpoint.ENDPOINT,
            KmsAccess.GRANT_TOKENS);
    ConfigNode keyId = KmsAccess.keyId(fields);
    ConfigNode schemaPlace = fields.required(EcdhSchema.FIELD, "one of " + SCHEMAS);
    EcdhSchema schema =
        schemaPlace.choice(
            word -> EcdhSchema.named(word).filter(s -> s != EcdhSchema.EPHEMERAL), SCHEMAS);
    return new KmsEcdhKeyringConfig(
        keyId,
        KmsAccess.toKey(keyId, fields),
        schemaPlace,
        schema,
        NamedCurve.from(fields),
        fields.optional(OWN_PUBLIC_KEY).map(keys::requireName),
        schema.key(fields, PUBLIC_KEY, schema == EcdhSchema.STATIC, keys));
  }

  @Override
  public Optional<ConfigException> cannotWrite() {
    return schema.cannotWrite(schemaPlace);
  }

  /** The keyring; KMS is asked for the public half of its key, unless the configuration has it. */
  @Override
  public Keyring build(NamedKeys keys, AwsClients clients) {
    PublicKey own =
        ownPublicKey
            .map(place -> curve.publicKey(place, keys))
            .orElseGet(() -> curve.require(keyId, askForPublicKey(clients)));
    KmsEcdhSettings.Builder settings =
        EcdhSchema.building(
            publicKey.orElse(keyId),
            place ->
                schema == EcdhSchema.STATIC
                    ? KmsEcdhSettings.staticKeys(keyId.text(), own, curve.publicKey(place, keys))
                    : KmsEcdhSettings.discovery(keyId.text(), own));
    return KmsEcdhKeyring.of(kms.client(clients), settings.grantTokens(kms.tokens()).build());
  }

  private PublicKey askForPublicKey(AwsClients clients) {
    try {
      byte[] der =
          kms.client(clients)
              .getPublicKey(r -> r.keyId(keyId.text()).grantTokens(kms.tokens()))
              .publicKey()
              .asByteArray();
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    } catch (SdkException | GeneralSecurityException e) {
      throw keyId
          .error(
              "AWS KMS gave no public key of a key pair for ECDH",
              "allow kms:GetPublicKey and check region and endpoint, or name the key in"
                  + " ownPublicKey")
          .causedBy(e);
    }
  }
}
