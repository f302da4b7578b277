package io.github.itemseal.cli;

import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.BranchKeyStoreConfig;
import io.github.itemseal.cli.config.MetaStoreConfig;
import io.github.itemseal.cli.config.Purpose;
import io.github.itemseal.cli.io.Names;
import io.github.itemseal.materials.MetaStore;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code keys replicate}. */
@Command(
    name = "replicate",
    description =
        "Copy versions into another MetaStore table, which must exist. A version that it has"
            + " already is left as it is, if its keys are the same.")
final class KeysReplicateCommand extends KeysCommand {
  @Mixin private MaterialOption material = new MaterialOption();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TABLE",
      description = "The table to copy to; the same provider protects its rows.")
  private String to = "";

  @Option(
      names = "--to-endpoint",
      paramLabel = "URL",
      description = "The endpoint of its database; default that of metaStore.")
  private @Nullable String toEndpoint;

  @Option(
      names = "--to-region",
      paramLabel = "REGION",
      description = "The Region of its database; default that of metaStore.")
  private @Nullable String toRegion;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Copy this version only; default all.")
  private @Nullable Long version;

  KeysReplicateCommand(Console console) {
    super(console);
  }

  @Override
  void run(BranchKeyStoreConfig branchKeys, AwsClients clients) {
    throw new UsageException(
        "keys replicate: the table's keys are in a key store",
        "let DynamoDB replicate it, as a global table with a multi-Region key of KMS");
  }

  @Override
  void run(MetaStoreConfig configured, AwsClients clients) throws IOException {
    if (version != null && version < 0) {
      throw new UsageException("--version: must be 0 or more", "versions begin with 0");
    }
    MetaStoreConfig metaStore = material.apply(configured);
    MetaStore source = metaStore.store(clients, Purpose.DECRYPT);
    MetaStore target = metaStore.replica(to, toRegion, toEndpoint).store(clients, Purpose.BOTH);
    String name = metaStore.materialName();
    List<Long> versions = version == null ? source.versions(name) : List.of(version);
    for (long each : versions) {
      var unused = source.replicate(name, each, target);
      print(
          "version %s of material %s is in table %s"
              .formatted(each, Names.shortened(name), Names.shortened(to)));
    }
    if (versions.isEmpty()) {
      print(
          "material %s has no versions in table %s"
              .formatted(Names.shortened(name), Names.shortened(metaStore.tableName())));
    }
  }
}
