package io.github.itemseal.cli.config;

import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One entry of {@code tables}, checked as it stands. */
final class TableConfig {
  private enum Format {
    DDBEC("ddbec"),
    DBE("dbe"),
    PLAINTEXT("plaintext");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    static Format from(ConfigNode place) {
      return place.choice(
          word -> Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst(),
          "ddbec, dbe, plaintext");
    }
  }

  private final String name;
  private final ConfigNode node;
  private final String logicalName;
  private final TableIndex keyNames;
  private final ActionsConfig actions;
  private final Format writes;
  private final List<Format> reads;
  private final Optional<ProviderConfig> ddbec;
  private final Optional<DbeConfig> dbe;

  private TableConfig(String name, ConfigNode node, NamedKeys keys) {
    this.name = name;
    this.node = node;
    ConfigNode.Fields fields =
        node.fields(
            "logicalName",
            "partitionKey",
            "sortKey",
            ActionsConfig.DEFAULT_ACTION,
            ActionsConfig.ATTRIBUTE_ACTIONS,
            UnsignedConfig.ATTRIBUTES,
            UnsignedConfig.PREFIX,
            "writes",
            "reads",
            "ddbec",
            "dbe");
    this.logicalName = fields.optional("logicalName").map(ConfigNode::text).orElse(name);
    this.keyNames = keyNames(fields);
    this.writes = Format.from(fields.required("writes", "ddbec, dbe or plaintext"));
    this.reads = reads(fields, writes);
    this.ddbec = fields.optional("ddbec").map(section -> provider(section, keys));
    this.dbe = fields.optional("dbe").map(section -> DbeConfig.from(section, keys));
    this.actions = actions(fields);
    if (uses(Format.DDBEC) && ddbec.isEmpty()) {
      throw node.missing("ddbec", "give it the field 'provider'");
    }
    if (uses(Format.DBE) && dbe.isEmpty()) {
      throw node.missing("dbe", "give it the field 'keyring'");
    }
  }

  static TableConfig from(String name, ConfigNode node, NamedKeys keys) {
    return new TableConfig(name, node, keys);
  }

  /** The table with its keys fetched. */
  TableEncryption build(NamedKeys keys, AwsClients clients, Purpose purpose) {
    List<ItemFormat> formats = new ArrayList<>();
    for (Format read : reads) {
      formats.add(itemFormat(read, keys, clients, purpose));
    }
    try {
      return TableEncryption.of(TableInfo.of(name, keyNames))
          .actions(actions.actions())
          .writes(formats.get(reads.indexOf(writes)))
          .reads(formats.toArray(ItemFormat[]::new))
          .logicalTableName(logicalName)
          .build();
    } catch (IllegalArgumentException e) {
      throw node.error(
          String.valueOf(e.getMessage()), "see the configuration reference in docs/cli.md");
    }
  }

  /** The table of keys of its provider. */
  MetaStoreConfig metaStore() {
    return ddbec
        .flatMap(MetaStoreConfig::of)
        .orElseThrow(
            () ->
                node.error(
                    "has no ddbec.provider of type caching-most-recent",
                    "only such a provider has a table of keys; name its table with --table"));
  }

  /** The table of branch keys of its keyring, where that is what its keys are managed in. */
  Optional<BranchKeyStoreConfig> branchKeys() {
    boolean managesMetaStore =
        writes != Format.DBE && ddbec.flatMap(MetaStoreConfig::of).isPresent();
    return managesMetaStore
        ? Optional.empty()
        : dbe.map(DbeConfig::keyring).flatMap(KeyringConfig::branchKeyStore);
  }

  /** A format that is only read asks nothing of the keys for writing. */
  private ItemFormat itemFormat(
      Format format, NamedKeys keys, AwsClients clients, Purpose purpose) {
    boolean written = writes == format;
    Purpose needed = written ? purpose : Purpose.DECRYPT;
    return switch (format) {
      case DDBEC -> Ddbec.using(ddbec.orElseThrow().build(keys, clients, needed));
      case DBE -> actions.unsigned().applyTo(dbe.orElseThrow().build(keys, clients, needed));
      case PLAINTEXT -> written ? Plaintext.writable() : Plaintext.readable();
    };
  }

  private boolean uses(Format format) {
    return reads.contains(format); // what is written is read too
  }

  private static ProviderConfig provider(ConfigNode section, NamedKeys keys) {
    ConfigNode.Fields fields = section.fields("provider");
    return ProviderConfig.from(fields.required("provider", ProviderConfig.TYPE_HINT), keys);
  }

  private static TableIndex keyNames(ConfigNode.Fields fields) {
    ConfigNode partitionKey = fields.required("partitionKey", "the name of the attribute");
    String partitionName = ActionsConfig.requireUnreserved(partitionKey, partitionKey.text());
    Optional<ConfigNode> sortKey = fields.optional("sortKey");
    if (sortKey.isEmpty()) {
      return TableIndex.of(partitionName);
    }
    String sortName = ActionsConfig.requireUnreserved(sortKey.get(), sortKey.get().text());
    if (sortName.equals(partitionName)) {
      throw sortKey.get().error("is the partition key too", "leave it out if there is no sort key");
    }
    return TableIndex.of(partitionName, sortName);
  }

  private static List<Format> reads(ConfigNode.Fields fields, Format writes) {
    Optional<ConfigNode> node = fields.optional("reads");
    if (node.isEmpty()) {
      return List.of(writes);
    }
    List<Format> reads = new ArrayList<>();
    for (ConfigNode element : node.get().elements()) {
      Format format = Format.from(element);
      if (reads.contains(format)) {
        throw element.error("names a format twice", "name each format once");
      }
      reads.add(format);
    }
    if (!reads.contains(writes)) {
      throw node.get()
          .error(
              "must include what is written, " + writes.word,
              "a table reads what it writes; leave 'reads' out to read nothing else");
    }
    return reads;
  }

  private ActionsConfig actions(ConfigNode.Fields fields) {
    ActionsConfig configured =
        ActionsConfig.from(fields, keyNames, uses(Format.DBE) && writes != Format.DDBEC);
    if (!uses(Format.DBE)) {
      configured.unsigned().requireNone();
    }
    if (writes == Format.DBE) {
      configured.requireWritableInDbe(fields, keyNames);
    }
    return configured;
  }
}
