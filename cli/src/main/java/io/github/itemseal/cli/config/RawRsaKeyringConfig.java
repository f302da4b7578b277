package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.RawRsaKeyring;
import java.math.BigInteger;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/** {@code type: raw-rsa}. */
record RawRsaKeyringConfig(
    ConfigNode node,
    RawKeyName name,
    RsaPaddingName padding,
    Optional<ConfigNode> publicKey,
    Optional<ConfigNode> privateKey)
    implements KeyringConfig {
  private static final String PUBLIC_KEY = "publicKey";
  private static final String PRIVATE_KEY = "privateKey";
  private static final String ALGORITHM = "RSA";

  static RawRsaKeyringConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields =
        node.fields(
            "type", RawKeyName.NAMESPACE, RawKeyName.NAME, "padding", PUBLIC_KEY, PRIVATE_KEY);
    RawRsaKeyringConfig keyring =
        new RawRsaKeyringConfig(
            node,
            RawKeyName.from(fields),
            fields
                .required("padding", "one of " + RsaPaddingName.CHOICES)
                .choice(RsaPaddingName::named, RsaPaddingName.CHOICES),
            fields.optional(PUBLIC_KEY).map(keys::requireName),
            fields.optional(PRIVATE_KEY).map(keys::requireName));
    if (keyring.publicKey.isEmpty() && keyring.privateKey.isEmpty()) {
      throw node.missing(PUBLIC_KEY, "name a public key that writes, a privateKey that reads");
    }
    return keyring;
  }

  @Override
  public Optional<ConfigException> cannotWrite() {
    return publicKey.isPresent()
        ? Optional.empty()
        : Optional.of(node.missing(PUBLIC_KEY, "a private key alone can only decrypt"));
  }

  @Override
  public Optional<ConfigException> cannotRead() {
    return privateKey.isPresent()
        ? Optional.empty()
        : Optional.of(node.missing(PRIVATE_KEY, "a public key alone can only encrypt"));
  }

  @Override
  public RawRsaKeyring build(NamedKeys keys, AwsClients clients) {
    RawRsaKeyring.Builder builder =
        RawRsaKeyring.builder(name.namespace(), name.name(), padding.padding());
    Optional<BigInteger> written = Optional.empty();
    if (publicKey.isPresent()) {
      PublicKey key = keys.publicKey(publicKey.get(), ALGORITHM);
      written = Optional.of(requireRoom(publicKey.get(), key));
      var unused = publicKey.get().accepted(() -> builder.publicKey(key));
    }
    if (privateKey.isPresent()) {
      PrivateKey key = keys.privateKey(privateKey.get(), ALGORITHM);
      BigInteger read = requireRoom(privateKey.get(), key);
      if (written.isPresent() && !written.get().equals(read)) {
        throw privateKey
            .get()
            .error("does not belong to publicKey", "both must be halves of one key pair");
      }
      builder.privateKey(key);
    }
    return builder.build();
  }

  /** The key's modulus, long enough for a data key under the padding. */
  private BigInteger requireRoom(ConfigNode place, Key key) {
    BigInteger modulus = ((RSAKey) key).getModulus();
    if (modulus.bitLength() < padding.minModulusBits()) {
      throw place.error(
          "has %s bits, too few for the padding".formatted(modulus.bitLength()),
          "%s needs %s bits or more".formatted(padding, padding.minModulusBits()));
    }
    return modulus;
  }
}
