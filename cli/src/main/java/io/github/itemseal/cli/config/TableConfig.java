package io.github.itemseal.cli.config;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One entry of {@code tables}: checked as it stands, no key fetched yet. */
final class TableConfig {
  private static final String ACTIONS =
      "DO_NOTHING, SIGN_ONLY, ENCRYPT_AND_SIGN, SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT";

  private enum Format {
    DDBEC("ddbec"),
    DBE("dbe"),
    PLAINTEXT("plaintext");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    static Optional<Format> named(String word) {
      return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
    }
  }

  /** A format and where it is named. */
  private record NamedFormat(Format format, ConfigNode place) {
    static NamedFormat from(ConfigNode place) {
      return new NamedFormat(place.choice(Format::named, "ddbec, plaintext"), place);
    }
  }

  private final String name;
  private final ConfigNode node;
  private final String logicalName;
  private final TableIndex keyNames;
  private final AttributeActions actions;
  private final NamedFormat writes;
  private final List<NamedFormat> reads;
  private final Optional<ProviderConfig> ddbec;
  private final Optional<ConfigNode> dbe;
  private final Optional<HierarchicalKeyringConfig> branchKeyring;

  private TableConfig(String name, ConfigNode node, NamedKeys keys) {
    this.name = name;
    this.node = node;
    ConfigNode.Fields fields =
        node.fields(
            "logicalName",
            "partitionKey",
            "sortKey",
            "defaultAction",
            "attributeActions",
            "unsignedAttributes",
            "unsignedPrefix",
            "writes",
            "reads",
            "ddbec",
            "dbe");
    this.logicalName = fields.optional("logicalName").map(ConfigNode::text).orElse(name);
    this.keyNames = keyNames(fields);
    this.writes = NamedFormat.from(fields.required("writes", "ddbec or plaintext"));
    this.reads = reads(fields, writes);
    this.ddbec = fields.optional("ddbec").map(section -> provider(section, keys));
    this.dbe = fields.optional("dbe");
    this.branchKeyring = dbe.flatMap(TableConfig::branchKeyring);
    this.actions = actions(fields);
    requireReadersRule(fields);
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
    requireSupported();
    ItemFormat ddbecFormat =
        uses(Format.DDBEC)
            ? Ddbec.using(ddbec.orElseThrow().build(keys, clients, ddbecPurpose(purpose)))
            : Plaintext.readable(); // not asked for
    try {
      return TableEncryption.of(TableInfo.of(name, keyNames))
          .actions(actions)
          .writes(itemFormat(writes, ddbecFormat, Plaintext.writable()))
          .reads(
              reads.stream()
                  .map(read -> itemFormat(read, ddbecFormat, Plaintext.readable()))
                  .toArray(ItemFormat[]::new))
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
        writes.format() != Format.DBE && ddbec.flatMap(MetaStoreConfig::of).isPresent();
    return managesMetaStore
        ? Optional.empty()
        : branchKeyring.flatMap(HierarchicalKeyringConfig::table);
  }

  /** The other keyrings are left as they stand. */
  private static Optional<HierarchicalKeyringConfig> branchKeyring(ConfigNode section) {
    Optional<ConfigNode> keyring = Optional.ofNullable(section.entries().get("keyring"));
    return keyring
        .map(node -> node.entries().get("type"))
        .filter(type -> type.text().equals("hierarchical"))
        .flatMap(type -> keyring.map(HierarchicalKeyringConfig::from));
  }

  private static ItemFormat itemFormat(
      NamedFormat format, ItemFormat ddbecFormat, Plaintext plaintext) {
    return format.format() == Format.DDBEC ? ddbecFormat : plaintext;
  }

  /** A table that writes plaintext and reads DDBEC asks nothing of the keys for writing. */
  private Purpose ddbecPurpose(Purpose purpose) {
    return writes.format() == Format.DDBEC ? purpose : Purpose.DECRYPT;
  }

  private void requireSupported() {
    List<NamedFormat> named = new ArrayList<>(reads);
    named.add(0, writes);
    for (NamedFormat format : named) {
      if (format.format() == Format.DBE) {
        throw format.place().unsupported(Format.DBE.word);
      }
    }
    dbe.ifPresent(
        section -> {
          throw section.unsupported(Format.DBE.word);
        });
  }

  private boolean uses(Format format) {
    return writes.format() == format || reads(format);
  }

  private boolean reads(Format format) {
    return reads.stream().anyMatch(read -> read.format() == format);
  }

  private static ProviderConfig provider(ConfigNode section, NamedKeys keys) {
    ConfigNode.Fields fields = section.fields("provider");
    return ProviderConfig.from(fields.required("provider", ProviderConfig.TYPE_HINT), keys);
  }

  private static TableIndex keyNames(ConfigNode.Fields fields) {
    ConfigNode partitionKey = fields.required("partitionKey", "the name of the attribute");
    String partitionName = requireUnreserved(partitionKey, partitionKey.text());
    Optional<ConfigNode> sortKey = fields.optional("sortKey");
    if (sortKey.isEmpty()) {
      return TableIndex.of(partitionName);
    }
    String sortName = requireUnreserved(sortKey.get(), sortKey.get().text());
    if (sortName.equals(partitionName)) {
      throw sortKey.get().error("is the partition key too", "leave it out if there is no sort key");
    }
    return TableIndex.of(partitionName, sortName);
  }

  private static List<NamedFormat> reads(ConfigNode.Fields fields, NamedFormat writes) {
    Optional<ConfigNode> node = fields.optional("reads");
    if (node.isEmpty()) {
      return List.of(writes);
    }
    List<NamedFormat> reads = new ArrayList<>();
    for (ConfigNode element : node.get().elements()) {
      NamedFormat format = NamedFormat.from(element);
      if (reads.stream().anyMatch(read -> read.format() == format.format())) {
        throw element.error("names a format twice", "name each format once");
      }
      reads.add(format);
    }
    if (reads.stream().noneMatch(read -> read.format() == writes.format())) {
      throw node.get()
          .error(
              "must include what is written, " + writes.format().word,
              "a table reads what it writes; leave 'reads' out to read nothing else");
    }
    return reads;
  }

  private AttributeActions actions(ConfigNode.Fields fields) {
    CryptoAction defaultAction =
        fields.optional("defaultAction").map(this::action).orElse(CryptoAction.ENCRYPT_AND_SIGN);
    Map<String, CryptoAction> exceptions = new LinkedHashMap<>();
    fields
        .optional("attributeActions")
        .map(ConfigNode::entries)
        .orElse(Map.of())
        .forEach(
            (attribute, place) -> {
              CryptoAction action = action(place);
              if (action.encrypts() && keyNames.attributes().contains(attribute)) {
                throw place.error(
                    "a key of the table cannot be encrypted", "give it SIGN_ONLY, or leave it out");
              }
              exceptions.put(requireUnreserved(place, attribute), action);
            });
    return AttributeActions.withDefault(defaultAction).withAll(exceptions);
  }

  private CryptoAction action(ConfigNode place) {
    CryptoAction action =
        place.choice(
            word ->
                Arrays.stream(CryptoAction.values()).filter(a -> a.name().equals(word)).findFirst(),
            ACTIONS);
    if (action == CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT && !uses(Format.DBE)) {
      throw place.error(
          "only dbe items can hold SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT", "use SIGN_ONLY");
    }
    return action;
  }

  /** The readers' rule is how DBE knows what is not signed; DDBEC goes by the actions. */
  private void requireReadersRule(ConfigNode.Fields fields) {
    fields
        .optional("unsignedAttributes")
        .ifPresent(node -> node.elements().forEach(ConfigNode::text));
    fields.optional("unsignedPrefix").ifPresent(ConfigNode::text);
    for (String field : List.of("unsignedAttributes", "unsignedPrefix")) {
      if (fields.optional(field).isPresent() && !uses(Format.DBE)) {
        throw fields
            .required(field)
            .error(
                "is for dbe, which this table neither writes nor reads",
                "for ddbec, give unsigned attributes the action DO_NOTHING");
      }
    }
  }

  /** The library knows the reserved names; asking it here gives its refusal a path. */
  private static String requireUnreserved(ConfigNode place, String attribute) {
    try {
      var unused = AttributeActions.encryptAndSign().with(attribute, CryptoAction.SIGN_ONLY);
      return attribute;
    } catch (IllegalArgumentException e) {
      throw place.error("the name is reserved for the stored formats", "choose another name");
    }
  }
}
