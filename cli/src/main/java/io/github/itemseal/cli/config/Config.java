package io.github.itemseal.cli.config;

import io.github.itemseal.TableEncryption;
import io.github.itemseal.cli.io.Names;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A configuration file, checked as a whole. Reference: docs/cli.md, "Configuration". */
public final class Config {
  private final NamedKeys keys;
  private final Map<String, TableConfig> tables;

  private Config(NamedKeys keys, Map<String, TableConfig> tables) {
    this.keys = keys;
    this.tables = tables;
  }

  /**
   * Reads and checks a file, and all keys of it that are there, also those of tables that are not
   * asked for. A key file or variable of another table may be absent.
   *
   * @throws ConfigException if it cannot be read, or something in it is not as it should be
   */
  public static Config load(Path file, Map<String, String> environment) {
    @Nullable Path directory = file.toAbsolutePath().getParent();
    return from(
        ConfigNode.root(YamlFile.read(file)),
        new KeyMaterial.Surroundings(directory == null ? file : directory, environment));
  }

  private static Config from(ConfigNode root, KeyMaterial.Surroundings surroundings) {
    ConfigNode.Fields fields = root.fields("keys", "tables");
    NamedKeys keys =
        NamedKeys.from(
            fields.optional("keys").map(ConfigNode::entries).orElse(Map.of()), surroundings);
    Map<String, TableConfig> tables = new LinkedHashMap<>();
    ConfigNode node = fields.required("tables");
    node.entries().forEach((name, table) -> tables.put(name, TableConfig.from(name, table, keys)));
    if (tables.isEmpty()) {
      throw node.error("names no table", "add the table that you work on");
    }
    return new Config(keys, tables);
  }

  /**
   * The protection of a table, with the keys of its providers.
   *
   * @param clients builds and keeps the clients of the providers that need AWS; nothing is asked of
   *     AWS yet
   * @throws ConfigException if there is no such table, a key of it cannot be fetched or used, or it
   *     needs something that this version does not support
   */
  public TableEncryption table(String name, Purpose purpose, AwsClients clients) {
    return find(name).build(keys, clients, purpose);
  }

  /**
   * The table of keys that a table's {@code caching-most-recent} provider uses.
   *
   * @throws ConfigException if there is no such table, or its provider is another one
   */
  public MetaStoreConfig metaStore(String name) {
    return find(name).metaStore();
  }

  /**
   * The table of branch keys that a table's {@code hierarchical} keyring uses; empty if it uses
   * none, or has a MetaStore and does not write with the keyring.
   *
   * @throws ConfigException if there is no such table
   */
  public Optional<BranchKeyStoreConfig> branchKeys(String name) {
    return find(name).branchKeys();
  }

  private TableConfig find(String name) {
    @Nullable TableConfig table = tables.get(name);
    if (table == null) {
      throw new ConfigException(
          "--table",
          "the configuration has no table '%s'".formatted(Names.shortened(name)),
          "tables: " + String.join(", ", tables.keySet()));
    }
    return table;
  }
}
