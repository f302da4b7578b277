package io.github.itemseal.cli;

import io.github.itemseal.cli.config.ConfigException;
import io.github.itemseal.cli.io.Terminal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code itemseal}. Manual: docs/cli.md. */
@Command(
    name = "itemseal",
    mixinStandardHelpOptions = true,
    versionProvider = Itemseal.Version.class,
    description =
        "Encrypts, decrypts and inspects DynamoDB items, one a line of DynamoDB JSON, on their way"
            + " from input to output; and manages the keys of a MetaStore table.",
    footer = {
      "",
      "Exit code: 0 all went through, 1 some item or key failed, 2 usage or configuration.",
      "Manual: docs/cli.md"
    })
public final class Itemseal implements Runnable {
  static final int EXIT_PASSED = 0;
  static final int EXIT_ITEM_FAILED = 1;
  static final int EXIT_USAGE = 2;

  @Spec private @Nullable CommandSpec spec;

  private Itemseal() {}

  /** Runs the command on the process's streams and exits. */
  public static void main(String[] args) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            err,
            Terminal::ofStandardError,
            System.getenv());
    System.exit(run(args, console));
  }

  /**
   * Runs the command on any streams, which stay open, and without a progress bar.
   *
   * @return the exit code: 0 all items went through, 1 some item failed, 2 usage or configuration
   */
  public static int run(String[] args, InputStream in, OutputStream out, PrintStream err) {
    return run(args, new Console(in, out, err, () -> Terminal.NONE, System.getenv()));
  }

  static int run(String[] args, Console console) {
    CommandLine commandLine =
        new CommandLine(new Itemseal())
            .addSubcommand(new TransformCommand.Encrypt(console))
            .addSubcommand(new TransformCommand.Decrypt(console))
            .addSubcommand(new InspectCommand(console))
            .addSubcommand(KeysCommand.commandLine(console))
            .setOut(printer(console.out()))
            .setErr(printer(console.err()))
            .setExpandAtFiles(false)
            .setParameterExceptionHandler((e, words) -> usageError(console, e))
            .setExecutionExceptionHandler((e, command, parsed) -> failure(console, e));
    addHelpTo(commandLine.getSubcommands());
    return commandLine.execute(args);
  }

  private static void addHelpTo(Map<String, CommandLine> commands) {
    for (CommandLine command : commands.values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
      addHelpTo(command.getSubcommands());
    }
  }

  /** Without a subcommand. */
  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "Missing command: encrypt, decrypt, inspect or keys");
    }
  }

  private static int usageError(Console console, ParameterException e) {
    console.error(
        String.valueOf(e.getMessage()),
        "itemseal --help shows the commands, itemseal COMMAND --help their options");
    return EXIT_USAGE;
  }

  private static int failure(Console console, Exception e) throws Exception {
    if (e instanceof ConfigException configuration) {
      String message = String.valueOf(e.getMessage());
      console.error(
          AwsFailure.describe(e).map(cause -> message + ". " + cause).orElse(message),
          configuration.hint());
    } else if (e instanceof UsageException usage) {
      console.error(String.valueOf(e.getMessage()), usage.hint());
    } else {
      throw e;
    }
    return EXIT_USAGE;
  }

  private static PrintWriter printer(OutputStream out) {
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }

  /** From a resource that the build fills in. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties properties = new Properties();
      try (InputStream in = Itemseal.class.getResourceAsStream("version.properties")) {
        if (in != null) {
          properties.load(in);
        }
      }
      return new String[] {"itemseal " + properties.getProperty("version", "of unknown version")};
    }
  }
}
