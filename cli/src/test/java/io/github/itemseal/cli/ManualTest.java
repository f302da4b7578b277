package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of docs/cli.md and compares what they print, ciphertext aside. */
class ManualTest {
  private static final Path MANUAL = Path.of("..", "docs", "cli.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(yaml|json|console)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String COMMAND = "./itemseal ";

  /** Endpoints that the manual shows; the test has its own. */
  private static final String DATABASE = "http://127.0.0.1:8000";

  private static final String KMS = "http://127.0.0.1:4599";

  /** The database of the dummy credentials that the command signs with. */
  @RegisterExtension
  final LocalDynamoDbExtension database =
      LocalDynamoDbExtension.withAccessKeyId("ITEMSEALDUMMYKEYID");

  @TempDir Path directory;

  @Test
  void examples_run_printWhatTheManualShows() throws Exception {
    try (KmsServer kms = KmsServer.start()) {
      kms.kms().createAlias("alias/orders", kms.kms().createKey());
      runExamples(kms);
    }
  }

  private void runExamples(KmsServer kms) throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(MANUAL));
    int commands = 0;
    while (block.find()) {
      String text = block.group(2);
      switch (block.group(1)) {
        case "yaml" ->
            Files.writeString(
                directory.resolve(text.lines().findFirst().orElseThrow().substring("# ".length())),
                text.replace(DATABASE, database.endpoint().toString())
                    .replace(KMS, kms.endpoint()));
        case "json" -> Files.writeString(directory.resolve("orders.jsonl"), text);
        default -> {
          for (String example : text.substring(2).split("\n\\$ ", -1)) {
            runAndCompare(example);
            commands++;
          }
        }
      }
    }
    assertThat(commands).isEqualTo(20);
  }

  private void runAndCompare(String example) throws Exception {
    String command = example.lines().findFirst().orElseThrow();
    String shown = example.lines().skip(1).collect(Collectors.joining("\n")).strip();
    if (!command.startsWith(COMMAND)) {
      shell(command);
      return;
    }
    List<String> args = new ArrayList<>();
    Arrays.stream(command.substring(COMMAND.length()).split(" ", -1))
        .map(word -> word.matches(".*\\.(yaml|jsonl)") ? directory.resolve(word).toString() : word)
        .forEach(args::add);
    CommandRun run = CommandRun.of("", args.toArray(String[]::new));
    assertThat((run.err() + run.out()).strip()).as(command).isEqualTo(shown);
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
