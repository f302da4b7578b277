package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.RawEcdhKeyring;
import java.security.PrivateKey;
import java.util.Optional;

/**
 * {@code type: raw-ecdh}.
 *
 * @param privateKey of this side: the writer's and reader's in the static schema, the reader's in
 *     discovery
 * @param publicKey of the other side: whom it is written for
 */
record RawEcdhKeyringConfig(
    ConfigNode schemaPlace,
    EcdhSchema schema,
    NamedCurve curve,
    Optional<ConfigNode> privateKey,
    Optional<ConfigNode> publicKey)
    implements KeyringConfig {
  private static final String PRIVATE_KEY = "privateKey";
  private static final String PUBLIC_KEY = "publicKey";

  static RawEcdhKeyringConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields =
        node.fields("type", EcdhSchema.FIELD, NamedCurve.FIELD, PRIVATE_KEY, PUBLIC_KEY);
    ConfigNode schemaPlace = fields.required(EcdhSchema.FIELD, "one of " + EcdhSchema.CHOICES);
    EcdhSchema schema = schemaPlace.choice(EcdhSchema::named, EcdhSchema.CHOICES);
    return new RawEcdhKeyringConfig(
        schemaPlace,
        schema,
        NamedCurve.from(fields),
        schema.key(fields, PRIVATE_KEY, schema != EcdhSchema.EPHEMERAL, keys),
        schema.key(fields, PUBLIC_KEY, schema != EcdhSchema.DISCOVERY, keys));
  }

  @Override
  public Optional<ConfigException> cannotWrite() {
    return schema.cannotWrite(schemaPlace);
  }

  @Override
  public Optional<ConfigException> cannotRead() {
    return schema.cannotRead(schemaPlace);
  }

  @Override
  public RawEcdhKeyring build(NamedKeys keys, AwsClients clients) {
    return switch (schema) {
      case STATIC -> {
        PrivateKey own = privateKey(keys);
        yield EcdhSchema.building(
            publicKey.orElseThrow(),
            place -> RawEcdhKeyring.staticKeys(own, curve.publicKey(place, keys)));
      }
      case EPHEMERAL ->
          EcdhSchema.building(
              publicKey.orElseThrow(),
              place -> RawEcdhKeyring.ephemeral(curve.publicKey(place, keys)));
      case DISCOVERY -> RawEcdhKeyring.discovery(privateKey(keys));
    };
  }

  /** The private key, after a trial: what agrees with nobody cannot be read with it. */
  private PrivateKey privateKey(NamedKeys keys) {
    return EcdhSchema.building(
        privateKey.orElseThrow(),
        place -> {
          PrivateKey key = curve.privateKey(place, keys);
          var unused = RawEcdhKeyring.discovery(key);
          return key;
        });
  }
}
