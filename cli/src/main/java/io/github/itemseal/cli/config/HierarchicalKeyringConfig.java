package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.BranchKeySource;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import java.time.Duration;
import java.util.Optional;

/**
 * A {@code dbe.keyring} of {@code type: hierarchical}, with its branch keys in a table or in the
 * configuration.
 */
record HierarchicalKeyringConfig(
    String branchKeyId,
    Duration ttl,
    Optional<BranchKeyStoreConfig> table,
    Optional<StaticBranchKeysConfig> given)
    implements KeyringConfig {

  static HierarchicalKeyringConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields = node.fields("type", "branchKeyId", "ttl", "keyStore");
    ConfigNode idPlace = fields.required("branchKeyId", "the id of a branch key in the store");
    String id = idPlace.text();
    Duration ttl =
        CachingProviderConfig.ttl(
            fields.required("ttl", "how long branch keys are kept, such as PT10M"));
    ConfigNode store =
        fields.required(
            "keyStore", "give it the fields 'table' and 'kmsKeyArn', or 'type: static'");
    Optional<ConfigNode> type = Optional.ofNullable(store.entries().get("type"));
    if (type.isEmpty()) {
      return new HierarchicalKeyringConfig(
          id, ttl, Optional.of(BranchKeyStoreConfig.from(store, id)), Optional.empty());
    }
    if (!type.get().text().equals("static")) {
      throw type.get().error("has an unknown value", "static, or no type for a table");
    }
    StaticBranchKeysConfig given = StaticBranchKeysConfig.from(store, keys);
    if (given.versions().stream().noneMatch(version -> version.id().equals(id))) {
      throw idPlace.error(
          "names no branch key of 'keyStore'", "the id of one of keyStore.branchKeys");
    }
    return new HierarchicalKeyringConfig(id, ttl, Optional.empty(), Optional.of(given));
  }

  @Override
  public Optional<BranchKeyStoreConfig> branchKeyStore() {
    return table;
  }

  @Override
  public Keyring build(NamedKeys keys, AwsClients clients) {
    BranchKeySource source =
        table.isPresent() ? table.get().store(clients) : given.orElseThrow().build(keys);
    return HierarchicalKeyring.builder(source).branchKeyId(branchKeyId).ttl(ttl).build();
  }
}
