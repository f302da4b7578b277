package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.RawAesKeyring;

/** {@code type: raw-aes}. */
record RawAesKeyringConfig(RawKeyName name, ConfigNode key) implements KeyringConfig {
  static RawAesKeyringConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields = node.fields("type", RawKeyName.NAMESPACE, RawKeyName.NAME, "key");
    return new RawAesKeyringConfig(
        RawKeyName.from(fields), keys.requireName(fields.required("key", "name an AES key")));
  }

  @Override
  public RawAesKeyring build(NamedKeys keys, AwsClients clients) {
    return RawAesKeyring.of(name.namespace(), name.name(), keys.aesKey(key));
  }
}
