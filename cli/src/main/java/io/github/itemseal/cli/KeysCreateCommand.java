package io.github.itemseal.cli;

import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.BranchKeyStoreConfig;
import io.github.itemseal.cli.config.MetaStoreConfig;
import io.github.itemseal.cli.io.Names;
import io.github.itemseal.keyring.BranchKeyStore;
import io.github.itemseal.keyring.BranchKeyVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  private List<String> context = new ArrayList<>();

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
    BranchKeyStore store = branchKeys.store(clients);
    BranchKeyVersion made =
        branchKeyId == null
            ? store.createKey()
            : store.createKey(requireBranchKeyId(branchKeyId), boundContext());
    print(Names.onOneLine(made.branchKeyId()) + " " + made.version());
  }

  /** It can never be changed, so nothing of it is left to chance. */
  private Map<String, String> boundContext() {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String entry : context) {
      int nameEnd = entry.indexOf('=');
      if (nameEnd < 1) {
        throw new UsageException(
            "--context: is not a name, '=' and a value", "such as --context department=sales");
      }
      String name = entry.substring(0, nameEnd);
      if (entries.put(name, entry.substring(nameEnd + 1)) != null) {
        throw new UsageException(
            "--context: names '%s' twice".formatted(Names.shortened(name)), "give each name once");
      }
    }
    return entries;
  }
}
