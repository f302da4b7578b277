package io.github.itemseal.cli;

import io.github.itemseal.ItemsealException;
import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.BranchKeyStoreConfig;
import io.github.itemseal.cli.config.Config;
import io.github.itemseal.cli.config.MetaStoreConfig;
import io.github.itemseal.cli.io.Names;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the {@code keys} commands have in common: the MetaStore they work on, and how they fail.
 * None of them ever prints a key.
 */
abstract class KeysCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, YAML or JSON.")
  private Path config = Path.of("");

  @Option(
      names = "--table",
      required = true,
      paramLabel = "NAME",
      description =
          "The table of the configuration whose caching-most-recent provider has the MetaStore,"
              + " or whose hierarchical keyring has the key store.")
  private String table = "";

  KeysCommand(Console console) {
    this.console = console;
  }

  /** The command {@code keys} with its subcommands. */
  static CommandLine commandLine(Console console) {
    return new CommandLine(new Group())
        .addSubcommand(new KeysCreateTableCommand(console))
        .addSubcommand(new KeysCreateCommand(console))
        .addSubcommand(new KeysRotateCommand(console))
        .addSubcommand(new KeysListCommand(console))
        .addSubcommand(new KeysReplicateCommand(console));
  }

  /** Does the work in a MetaStore; prints results with {@link #print}. */
  abstract void run(MetaStoreConfig metaStore, AwsClients clients) throws IOException;

  /** Does the work in a store of branch keys. */
  abstract void run(BranchKeyStoreConfig branchKeys, AwsClients clients) throws IOException;

  @Override
  public Integer call() {
    Config loaded = Config.load(config, console.environment());
    Optional<BranchKeyStoreConfig> branchKeys = loaded.branchKeys(table);
    return branchKeys.isPresent()
        ? call("key store", branchKeys.get().tableName(), clients -> run(branchKeys.get(), clients))
        : call(loaded.metaStore(table));
  }

  private int call(MetaStoreConfig metaStore) {
    return call("MetaStore", metaStore.tableName(), clients -> run(metaStore, clients));
  }

  /** The work in one of the two kinds of tables. */
  private interface Work {
    void run(AwsClients clients) throws IOException;
  }

  private int call(String kind, String tableName, Work work) {
    try (AwsClients clients = new AwsClients()) {
      work.run(clients);
      return Itemseal.EXIT_PASSED;
    } catch (ItemsealException e) {
      ItemFailure failure = ItemFailure.of(e);
      console.error(failure.message(), failure.hint());
    } catch (SdkException e) {
      console.error(
          "the %s table '%s' cannot be asked. %s"
              .formatted(
                  kind,
                  Names.shortened(tableName),
                  AwsFailure.describe(e).orElse("AWS could not be asked.")),
          "check the table's name, region, endpoint, credentials and permissions");
    } catch (IOException e) {
      throw new UsageException(
          "the output cannot be written to its end", "check the disk or pipe it goes to");
    }
    return Itemseal.EXIT_ITEM_FAILED;
  }

  /** One line on standard output, at once. */
  final void print(String line) throws IOException {
    OutputStream out = console.out();
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Command(
      name = "keys",
      description =
          "Manage the keys of a MetaStore or of a key store: the DynamoDB tables of keys of"
              + " caching-most-recent providers and of hierarchical keyrings. Never shows a key.")
  private static final class Group implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
      if (spec != null) {
        throw new ParameterException(
            spec.commandLine(),
            "Missing command: keys create-table, create, rotate, list or replicate");
      }
    }
  }

  static String requireBranchKeyId(String id) {
    if (id.isEmpty()) {
      throw new UsageException(
          "--branch-key: is empty", "itemseal keys create prints the id of a branch key");
    }
    return id;
  }

  /** The option {@code --branch-key}. */
  static final class BranchKeyOption {
    @Option(
        names = "--branch-key",
        paramLabel = "ID",
        description = "The branch key, instead of the keyring's branchKeyId.")
    private @Nullable String branchKeyId;

    String apply(BranchKeyStoreConfig branchKeys) {
      return branchKeyId == null ? branchKeys.branchKeyId() : requireBranchKeyId(branchKeyId);
    }

    /** For the keys of a MetaStore: an option that did nothing would hide a mistake. */
    void requireAbsent() {
      if (branchKeyId != null) {
        throw new UsageException(
            "--branch-key: the table's keys are in a MetaStore",
            "--material names one of its materials");
      }
    }
  }

  /** The option {@code --material}. */
  static final class MaterialOption {
    @Option(
        names = "--material",
        paramLabel = "NAME",
        description = "The material, instead of the provider's materialName.")
    private @Nullable String material;

    MetaStoreConfig apply(MetaStoreConfig metaStore) {
      return material == null ? metaStore : metaStore.withMaterial(material);
    }

    /** For the keys of a key store: an option that did nothing would hide a mistake. */
    void requireAbsent() {
      if (material != null) {
        throw new UsageException(
            "--material: the table's keys are in a key store",
            "--branch-key names one of its branch keys");
      }
    }
  }
}
