package io.github.itemseal.cli;

import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.BranchKeyStoreConfig;
import io.github.itemseal.cli.config.MetaStoreConfig;
import io.github.itemseal.cli.config.Purpose;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code keys rotate}. */
@Command(
    name = "rotate",
    description =
        "Make keys of a new version and print its number, or its UUID in a key store. Older"
            + " versions stay, for older items.")
final class KeysRotateCommand extends KeysCommand {
  @Mixin private BranchKeyOption branchKey = new BranchKeyOption();

  @Mixin private MaterialOption material = new MaterialOption();

  KeysRotateCommand(Console console) {
    super(console);
  }

  @Override
  void run(MetaStoreConfig configured, AwsClients clients) throws IOException {
    branchKey.requireAbsent();
    MetaStoreConfig metaStore = material.apply(configured);
    long version =
        metaStore.store(clients, Purpose.BOTH).newProvider(metaStore.materialName()).version();
    print(Long.toString(version));
  }

  @Override
  void run(BranchKeyStoreConfig branchKeys, AwsClients clients) throws IOException {
    material.requireAbsent();
    print(branchKeys.store(clients).versionKey(branchKey.apply(branchKeys)).version().toString());
  }
}
