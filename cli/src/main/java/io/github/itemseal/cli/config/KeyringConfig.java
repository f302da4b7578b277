package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.Keyring;
import java.util.Optional;

/**
 * The field {@code dbe.keyring} of a table, or a member of a {@code multi} keyring: checked as it
 * stands, no key fetched yet. One type each, and all of them in docs/cli.md.
 */
sealed interface KeyringConfig
    permits RawAesKeyringConfig,
        RawRsaKeyringConfig,
        RawEcdhKeyringConfig,
        KmsKeyringConfig,
        KmsDiscoveryKeyringConfig,
        KmsRsaKeyringConfig,
        KmsEcdhKeyringConfig,
        MultiKeyringConfig,
        HierarchicalKeyringConfig {
  /** What the field {@code type} may be. */
  String TYPES =
      "raw-aes, raw-rsa, raw-ecdh, aws-kms, aws-kms-mrk, aws-kms-discovery, aws-kms-rsa,"
          + " aws-kms-ecdh, multi, hierarchical";

  /** The most encrypted data keys of an item; a reader may have to ask KMS for each. */
  int MAX_DATA_KEYS = 32;

  static KeyringConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode type =
        Optional.ofNullable(node.entries().get("type"))
            .orElseThrow(() -> node.missing("type", "one of " + TYPES));
    return switch (type.text()) {
      case "raw-aes" -> RawAesKeyringConfig.from(node, keys);
      case "raw-rsa" -> RawRsaKeyringConfig.from(node, keys);
      case "raw-ecdh" -> RawEcdhKeyringConfig.from(node, keys);
      case "aws-kms" -> KmsKeyringConfig.from(node);
      case "aws-kms-mrk" -> KmsKeyringConfig.multiRegionFrom(node);
      case "aws-kms-discovery" -> KmsDiscoveryKeyringConfig.from(node);
      case "aws-kms-rsa" -> KmsRsaKeyringConfig.from(node, keys);
      case "aws-kms-ecdh" -> KmsEcdhKeyringConfig.from(node, keys);
      case "multi" -> MultiKeyringConfig.from(node, keys);
      case "hierarchical" -> HierarchicalKeyringConfig.from(node, keys);
      default -> throw type.error("has an unknown value", "one of " + TYPES);
    };
  }

  /** The keyring with the keys of the configuration fetched. */
  Keyring build(NamedKeys keys, AwsClients clients);

  /** How many encrypted data keys it writes into an item. */
  default int dataKeys() {
    return 1;
  }

  /** Why it can write no items; empty if it can. */
  default Optional<ConfigException> cannotWrite() {
    return Optional.empty();
  }

  /** Why it can read no items; empty if it can. */
  default Optional<ConfigException> cannotRead() {
    return Optional.empty();
  }

  /** The table of branch keys that it uses, the first of several. */
  default Optional<BranchKeyStoreConfig> branchKeyStore() {
    return Optional.empty();
  }
}
