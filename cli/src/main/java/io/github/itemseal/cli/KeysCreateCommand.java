package io.github.itemseal.cli;

import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.BranchKeyStoreConfig;
import io.github.itemseal.cli.config.MetaStoreConfig;
import io.github.itemseal.keyring.BranchKeyVersion;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code keys create}. */
@Command(name = "create", description = "Make a branch key and print its id and its first version.")
final class KeysCreateCommand extends KeysCommand {
  @Option(
      names = "--branch-key",
      paramLabel = "ID",
      description = "Its id, which needs a --context; default a random one.")
  private @Nullable String branchKeyId;

  @Option(
      names = "--context",
      paramLabel = "NAME=VALUE",
      description = "What to bind to the branch key for ever; may be repeated.")
  private Map<String, String> context = new LinkedHashMap<>();

  KeysCreateCommand(Console console) {
    super(console);
  }

  @Override
  void run(MetaStoreConfig metaStore, AwsClients clients) {
    throw new UsageException(
        "keys create: the table's keys are in a MetaStore", "keys rotate makes its first version");
  }

  @Override
  void run(BranchKeyStoreConfig branchKeys, AwsClients clients) throws IOException {
    if ((branchKeyId == null) != context.isEmpty()) {
      throw new UsageException(
          "--branch-key and --context: give both or neither",
          "an id of your own needs a context, such as --context department=sales");
    }
    BranchKeyVersion made =
        branchKeyId == null
            ? branchKeys.store(clients).createKey()
            : branchKeys.store(clients).createKey(branchKeyId, context);
    print(made.branchKeyId() + " " + made.version());
  }
}
