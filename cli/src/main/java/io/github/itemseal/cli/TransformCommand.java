package io.github.itemseal.cli;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.Config;
import io.github.itemseal.cli.config.Purpose;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code encrypt} and {@code decrypt} have in common: all but the direction. */
abstract sealed class TransformCommand implements Callable<Integer> {
  private final Console console;
  private final Purpose purpose;

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
      description = "The table of the configuration that the items belong to.")
  private String table = "";

  @Mixin private StreamOptions streams = new StreamOptions();

  @Option(
      names = "--on-error",
      paramLabel = "stop|skip|report",
      converter = OnError.Converter.class,
      defaultValue = "stop",
      description = {
        "After an item that fails: stop there, skip it, or report it in its place as"
            + " {\"error\":{...}}. Default: stop."
      })
  private OnError onError = OnError.STOP;

  TransformCommand(Console console, Purpose purpose) {
    this.console = console;
    this.purpose = purpose;
  }

  abstract Map<String, AttributeValue> transform(
      ItemEncryptor encryptor, Map<String, AttributeValue> item);

  @Override
  public Integer call() {
    try (AwsClients clients = new AwsClients()) {
      ItemEncryptor encryptor =
          ItemEncryptor.of(
              Config.load(config, console.environment()).table(table, purpose, clients));
      return streams.run(
          console,
          onError,
          (number, bytes, offset, length, result) -> {
            DynamoDbJson.Line line = DynamoDbJson.parseLine(bytes, offset, length);
            DynamoDbJson.writeLine(line.withItem(transform(encryptor, line.item())), result);
          });
    }
  }

  @Command(name = "encrypt", description = "Encrypt and sign items, one a line of DynamoDB JSON.")
  static final class Encrypt extends TransformCommand {
    Encrypt(Console console) {
      super(console, Purpose.ENCRYPT);
    }

    @Override
    Map<String, AttributeValue> transform(
        ItemEncryptor encryptor, Map<String, AttributeValue> item) {
      return encryptor.encryptItem(item);
    }
  }

  @Command(name = "decrypt", description = "Verify and decrypt items, one a line of DynamoDB JSON.")
  static final class Decrypt extends TransformCommand {
    Decrypt(Console console) {
      super(console, Purpose.DECRYPT);
    }

    @Override
    Map<String, AttributeValue> transform(
        ItemEncryptor encryptor, Map<String, AttributeValue> item) {
      return encryptor.decryptItem(item);
    }
  }
}
