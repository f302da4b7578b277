package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code type: multi}.
 *
 * @param place where it stands
 * @param members the generator first
 */
record MultiKeyringConfig(ConfigNode place, List<KeyringConfig> members) implements KeyringConfig {
  static MultiKeyringConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields = node.fields("type", "generator", "children");
    List<ConfigNode> nodes = new ArrayList<>();
    fields.optional("generator").ifPresent(nodes::add);
    fields.optional("children").map(ConfigNode::elements).ifPresent(nodes::addAll);
    if (nodes.isEmpty()) {
      throw node.missing("generator", "a keyring, whose data key the 'children' wrap too");
    }
    return new MultiKeyringConfig(
        node, nodes.stream().map(member -> KeyringConfig.from(member, keys)).toList());
  }

  @Override
  public int dataKeys() {
    return members.stream().mapToInt(KeyringConfig::dataKeys).sum();
  }

  /** All of them write, each a data key. */
  @Override
  public Optional<ConfigException> cannotWrite() {
    return members.stream()
        .flatMap(member -> member.cannotWrite().stream())
        .findFirst()
        .or(
            () ->
                dataKeys() <= MAX_DATA_KEYS
                    ? Optional.empty()
                    : Optional.of(
                        place.error(
                            "writes %s data keys into an item, more than %s"
                                .formatted(dataKeys(), MAX_DATA_KEYS),
                            "leave some of its keyrings out; decrypting may have any number")));
  }

  /** One of them reads. */
  @Override
  public Optional<ConfigException> cannotRead() {
    return members.stream().allMatch(member -> member.cannotRead().isPresent())
        ? members.get(0).cannotRead()
        : Optional.empty();
  }

  @Override
  public Optional<BranchKeyStoreConfig> branchKeyStore() {
    return members.stream().flatMap(member -> member.branchKeyStore().stream()).findFirst();
  }

  @Override
  public Keyring build(NamedKeys keys, AwsClients clients) {
    return MultiKeyring.of(
        members.stream().map(member -> member.build(keys, clients)).toArray(Keyring[]::new));
  }
}
