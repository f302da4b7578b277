package io.github.itemseal.cli.config;

import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;
import javax.crypto.SecretKey;

/** The field {@code ddbec.provider} of a table, or {@code provider} of a MetaStore. */
sealed interface ProviderConfig
    permits ProviderConfig.Static,
        ProviderConfig.Wrapped,
        KmsProviderConfig,
        CachingProviderConfig {
  /** What the field {@code type} may be, for hints. */
  String TYPE_HINT = "type: static, wrapped, aws-kms or caching-most-recent";

  /** The provider with its keys fetched; nothing is asked of AWS yet. */
  CryptographicMaterialsProvider build(NamedKeys keys, AwsClients clients, Purpose purpose);

  static ProviderConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode type =
        Optional.ofNullable(node.entries().get("type"))
            .orElseThrow(() -> node.missing("type", TYPE_HINT));
    return switch (type.text()) {
      case "static" -> Static.from(node, keys);
      case "wrapped" -> Wrapped.from(node, keys);
      case "aws-kms" -> KmsProviderConfig.from(node);
      case "caching-most-recent" -> CachingProviderConfig.from(node, keys);
      default ->
          throw type.error(
              "has an unknown value", "one of static, wrapped, aws-kms, caching-most-recent");
    };
  }

  /** {@code type: static}. */
  record Static(ConfigNode node, Optional<ConfigNode> encryptionKey, SigningConfig signing)
      implements ProviderConfig {
    static Static from(ConfigNode node, NamedKeys keys) {
      ConfigNode.Fields fields =
          node.fields(
              "type", "encryptionKey", SigningConfig.SIGNING_KEY, SigningConfig.VERIFICATION_KEY);
      return new Static(
          node,
          fields.optional("encryptionKey").map(keys::requireName),
          SigningConfig.from(node, fields, keys));
    }

    @Override
    public LocalMaterialsProvider build(NamedKeys keys, AwsClients clients, Purpose purpose) {
      StaticMaterialsProvider.Builder builder =
          StaticMaterialsProvider.builder().signingKeys(signing.build(keys, purpose));
      encryptionKey.ifPresent(
          place -> {
            if (!(keys.resolve(place).key() instanceof SecretKey key)
                || !key.getAlgorithm().equals("AES")) {
              throw place.error("is not an AES key", "attributes are encrypted with AES");
            }
            builder.encryptionKey(key);
          });
      return builder.build();
    }
  }

  /** {@code type: wrapped}. */
  record Wrapped(
      ConfigNode node,
      Optional<ConfigNode> wrappingKey,
      Optional<ConfigNode> unwrappingKey,
      SigningConfig signing)
      implements ProviderConfig {
    static Wrapped from(ConfigNode node, NamedKeys keys) {
      ConfigNode.Fields fields =
          node.fields(
              "type",
              "wrappingKey",
              "unwrappingKey",
              SigningConfig.SIGNING_KEY,
              SigningConfig.VERIFICATION_KEY);
      Wrapped provider =
          new Wrapped(
              node,
              fields.optional("wrappingKey").map(keys::requireName),
              fields.optional("unwrappingKey").map(keys::requireName),
              SigningConfig.from(node, fields, keys));
      if (provider.wrappingKey.isEmpty() && provider.unwrappingKey.isEmpty()) {
        throw node.missing("wrappingKey", "name an AES key, or a public RSA key");
      }
      return provider;
    }

    @Override
    public LocalMaterialsProvider build(NamedKeys keys, AwsClients clients, Purpose purpose) {
      // Exports and backups hold what very old clients wrote. Writing never uses this padding.
      WrappedMaterialsProvider.Builder builder =
          WrappedMaterialsProvider.builder()
              .readsPkcs1V15(true)
              .signingKeys(signing.build(keys, purpose));
      boolean unwraps = unwrappingKey.isPresent();
      if (wrappingKey.isPresent()) {
        ConfigNode place = wrappingKey.get();
        Key key = keys.resolve(place).key();
        if (key instanceof SecretKey aes && aes.getAlgorithm().equals("AES")) {
          builder.wrappingKey(aes); // unwraps as well
          unwraps = true;
        } else if (key instanceof PublicKey rsa && rsa.getAlgorithm().equals("RSA")) {
          if (purpose.encrypts()) {
            var unused = place.accepted(() -> builder.wrappingKey(rsa));
          }
        } else {
          throw place.error(
              "is a key that cannot wrap", "name an AES key, or an RSA key of type public");
        }
      } else if (purpose.encrypts()) {
        throw node.missing("wrappingKey", "an unwrapping key alone can only decrypt");
      }
      if (purpose.decrypts() && !unwraps) {
        throw node.missing("unwrappingKey", "name the private RSA key; a public key only encrypts");
      }
      unwrappingKey.ifPresent(place -> unwrapWith(builder, place, keys.resolve(place).key()));
      return builder.build();
    }

    private static void unwrapWith(
        WrappedMaterialsProvider.Builder builder, ConfigNode place, Key key) {
      if (key instanceof SecretKey aes && aes.getAlgorithm().equals("AES")) {
        builder.unwrappingKey(aes);
      } else if (key instanceof PrivateKey rsa && rsa.getAlgorithm().equals("RSA")) {
        builder.unwrappingKey(rsa);
      } else {
        throw place.error(
            "is a key that cannot unwrap", "name an AES key, or an RSA key of type private");
      }
    }
  }
}
