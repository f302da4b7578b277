package io.github.itemseal.cli;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemInspection;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.Config;
import io.github.itemseal.cli.config.Purpose;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The command {@code inspect}: what stored items show, and with keys whether they are authentic.
 */
@Command(
    name = "inspect",
    description =
        "Show what stored items tell without keys; with a configuration also whether they are"
            + " authentic.")
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  /** Both or neither. */
  static final class TableOptions {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "The configuration, YAML or JSON: adds a verdict to each item.")
    private Path config = Path.of("");

    @Option(
        names = "--table",
        required = true,
        paramLabel = "NAME",
        description = "The table of the configuration that the items belong to.")
    private String table = "";
  }

  @ArgGroup(exclusive = false)
  private @Nullable TableOptions tableOptions;

  @Mixin private StreamOptions streams = new StreamOptions();

  @Option(names = "--json", description = "One JSON object a line instead of text.")
  private boolean json;

  private boolean refused;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (AwsClients clients = new AwsClients()) {
      Optional<Reader> reader =
          Optional.ofNullable(tableOptions).map(options -> reader(options, clients));
      int exit =
          streams.run(
              console,
              json ? OnError.REPORT : OnError.SKIP,
              (number, bytes, offset, length, result) ->
                  inspect(
                      number,
                      DynamoDbJson.parseLine(bytes, offset, length).item(),
                      reader,
                      result));
      return refused ? Itemseal.EXIT_ITEM_FAILED : exit;
    }
  }

  /** A table with its keys. */
  private record Reader(TableEncryption table, ItemEncryptor encryptor) {}

  private Reader reader(TableOptions options, AwsClients clients) {
    TableEncryption table =
        Config.load(options.config, console.environment())
            .table(options.table, Purpose.DECRYPT, clients);
    return new Reader(table, ItemEncryptor.of(table));
  }

  private void inspect(
      long number,
      Map<String, AttributeValue> item,
      Optional<Reader> reader,
      ByteArrayOutputStream result)
      throws IOException {
    ItemInspection inspection =
        reader
            .map(known -> ItemInspection.of(item, known.table()))
            .orElseGet(() -> ItemInspection.of(item));
    Optional<Verdict> verdict = reader.map(known -> verdict(known.encryptor(), item, inspection));
    if (json) {
      InspectionFormat.writeJson(number, inspection, verdict, result);
    } else {
      InspectionFormat.writeText(number, inspection, verdict, result);
    }
  }

  private Verdict verdict(
      ItemEncryptor encryptor, Map<String, AttributeValue> item, ItemInspection inspection) {
    try {
      var unused = encryptor.decryptItem(item);
      boolean verified =
          !inspection.format().equals(Plaintext.NAME) && !encryptor.actions().takesNoActions();
      return new Verdict(verified ? "authentic" : "unprotected", Optional.empty());
    } catch (ItemsealException e) {
      refused = true;
      return new Verdict("refused", Optional.of(ItemFailure.of(e)));
    }
  }

  /**
   * What a reader with the keys gets.
   *
   * @param word {@code authentic}, {@code unprotected} (accepted as it is, because the table allows
   *     plaintext or signs nothing) or {@code refused}
   * @param refusal why, if it is refused
   */
  record Verdict(String word, Optional<ItemFailure> refusal) {}
}
