package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.cli.io.Terminal;
import io.github.itemseal.testing.RandomItems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformCommandTest {
  private static final String CONFIG =
      """
      keys: # test keys
        wrap: {algorithm: AES, material: {base64: "AAECAwQFBgcICQoLDA0ODw=="}}
        sign: {algorithm: HmacSHA256, material: {base64: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}}
      tables:
        T:
          partitionKey: pk
          attributeActions: {signed: SIGN_ONLY, free: DO_NOTHING}
          writes: ddbec
          ddbec: {provider: {type: wrapped, wrappingKey: wrap, unwrappingKey: wrap, signingKey: sign}}
        Mixed:
          partitionKey: pk
          writes: ddbec
          reads: [ddbec, plaintext]
          ddbec: {provider: {type: static, encryptionKey: wrap, signingKey: sign}}
        Plain:
          partitionKey: pk
          writes: plaintext
      """;
  private static final String A =
      "{\"pk\":{\"S\":\"a\"},\"ssn\":{\"S\":\"secret-1\"},\"signed\":{\"N\":\"1\"}}";
  private static final String B = "{\"Item\":{\"pk\":{\"S\":\"b\"},\"free\":{\"BOOL\":true}}}";
  private static final String BAD = "{\"pk\":{\"S\":\"c\"},\"ssn\":{\"S\":secret-2}}";

  @TempDir Path directory;
  private String config = "";

  @BeforeEach
  void writeConfig() throws IOException {
    config = directory.resolve("itemseal.yaml").toString();
    Files.writeString(Path.of(config), CONFIG);
  }

  private CommandRun run(String command, String input, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--config", config, "--table", "T"));
    args.addAll(List.of(more));
    return CommandRun.of(input, args.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
  void encrypt_outIsStandardOutput_goesThere(String out) {
    CommandRun stored = run("encrypt", A + "\n", "--out", out);
    assertThat(stored.exit()).isZero();
    assertThat(run("decrypt", stored.out()).out()).isEqualTo(A + "\n");
  }

  @Test
  void decrypt_ofEncrypt_isTheInput() {
    CommandRun stored = run("encrypt", A + "\n" + B + "\n");
    assertThat(stored.exit()).isZero();
    assertThat(stored.err()).isEmpty();
    assertThat(stored.outLines()).hasSize(2);
    assertThat(stored.out()).doesNotContain("secret").endsWith("}}\n");
    assertThat(stored.outLines().get(0))
        .startsWith("{\"pk\":{\"S\":\"a\"},\"ssn\":{\"B\":")
        .contains("\"*amzn-ddb-map-desc*\":{\"B\":", "\"*amzn-ddb-map-sig*\":{\"B\":");
    assertThat(stored.outLines().get(1)).startsWith("{\"Item\":{\"pk\":");
    CommandRun back = run("decrypt", stored.out());
    assertThat(back).isEqualTo(new CommandRun(0, A + "\n" + B + "\n", ""));
  }

  @Test
  void decrypt_ofEncryptOfRandomItems_keepsOrderAndItems() {
    long seed = new Random().nextLong();
    System.out.println("TransformCommandTest seed " + seed);
    RandomItems random = new RandomItems(seed);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      lines.append(DynamoDbJson.formatItem(random.item())).append('\n');
    }
    String once = run("decrypt", run("encrypt", lines.toString()).out()).out();
    assertThat(once.lines()).hasSize(300);
    String twice = run("decrypt", run("encrypt", once).out()).out();
    assertThat(twice).isEqualTo(once); // numbers and sets are canonical now
  }

  @ParameterizedTest
  @CsvSource({"stop,1", "skip,2", "report,3"})
  void encrypt_secondLineBad_followsOnError(String onError, int outLines) {
    CommandRun run = run("encrypt", A + "\n" + BAD + "\n" + B + "\n", "--on-error", onError);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.outLines()).hasSize(outLines);
    assertThat(run.out()).endsWith("\n");
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().get(0))
        .startsWith("itemseal: line 2: Attribute 'ssn' is not valid JSON");
    assertThat(run.errLines().get(1)).startsWith("hint: ");
    assertThat(run.err() + run.out()).doesNotContain("secret");
  }

  @Test
  void encrypt_noOnError_stops() {
    assertThat(run("encrypt", BAD + "\n" + A + "\n").outLines()).isEmpty();
  }

  @Test
  void decrypt_tampered_reportsInItsPlace() {
    String stored = run("encrypt", A + "\n" + B + "\n").out().replaceFirst("\"a\"", "\"x\"");
    CommandRun run = run("decrypt", stored, "--on-error", "report");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.outLines().get(0))
        .startsWith(
            "{\"error\":{\"type\":\"ItemAuthenticationException\",\"message\":\"The item of")
        .endsWith("\"}}");
    assertThat(run.outLines().get(1)).isEqualTo(B);
    assertThat(run.errLines().get(0)).startsWith("itemseal: line 1: The item of table 'T' failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "not json;MalformedItemException;The item is not valid JSON",
        "{\"pk\":{\"S\":\"a\"},\"b\":{\"B\":\"secret\"}};MalformedItemException;'b' is not standard Base64",
        "{\"pk\":{\"S\":\"a\"},\"b\":{\"NULL\":false}};MalformedItemException;'b'",
        "{\"pk\":{\"S\":\"a\"},\"b\":{\"S\":\"\\ud800secret\"}};MalformedItemException;'b'",
        "{\"pk\":{\"S\":\"a\"},\"b\":{\"N\":\"secret\"}};MalformedItemException;'b'",
        "{\"pk\":{\"S\":\"a\"},\"b\":{}};MalformedItemException;'b' has no type",
        "{\"b\":{\"S\":\"secret\"}};MalformedItemException;key attribute 'pk'",
        "{\"pk\":{\"S\":\"a\"},\"aws_dbe_head\":{\"B\":\"\"}};ForbiddenItemException;aws_dbe_head",
        "{\"pk\":{\"S\":\"a\"},\"\\udc00\":{\"S\":\"x\"}};MalformedItemException;udc00",
      })
  void encrypt_refusedItem_reportsTypeAndPlace(String line, String type, String message) {
    CommandRun run = run("encrypt", line + "\n", "--on-error", "report");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("{\"error\":{\"type\":\"" + type + "\",\"message\":")
        .contains(message.replace("\\", "\\\\"))
        .endsWith("\"}}\n");
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.out() + run.err()).doesNotContain("secret");
  }

  @Test
  void encrypt_nested10000Deep_reportsMalformed() {
    String deep =
        "{\"pk\":{\"S\":\"a\"},\"d\":" + "{\"L\":[".repeat(10_000) + "]}".repeat(10_000) + "}";
    CommandRun run = run("encrypt", deep + "\n" + A + "\n", "--on-error", "report");
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().get(0))
        .startsWith("{\"error\":{\"type\":\"MalformedItemException\"")
        .contains("nested deeper than 256 levels");
    assertThat(run.err()).hasSizeLessThan(1000);
  }

  @Test
  void decrypt_ofEncryptAsDeepAsDynamoDbTakes_isTheInput() {
    String deep =
        "{\"pk\":{\"S\":\"a\"},\"d\":"
            + "{\"L\":[".repeat(31)
            + "{\"S\":\"x\"}"
            + "]}".repeat(31)
            + "}\n";
    assertThat(run("decrypt", run("encrypt", deep).out())).isEqualTo(new CommandRun(0, deep, ""));
  }

  @Test
  void encrypt_plaintextTable_loneSurrogate_isRefusedNotGarbled() {
    CommandRun run =
        CommandRun.of(
            "{\"pk\":{\"S\":\"\\ud800\"}}\n",
            "encrypt",
            "--config",
            config,
            "--table",
            "Plain",
            "--on-error",
            "report");
    assertThat(run.out()).startsWith("{\"error\":{\"type\":\"MalformedItemException\"");
  }

  @Test
  void decrypt_plaintextItem_isForbiddenUnlessRead() {
    CommandRun run = run("decrypt", A + "\n", "--on-error", "report");
    assertThat(run.out()).contains("ForbiddenItemException");
    assertThat(run.errLines().get(1)).contains("add plaintext to 'reads'");
    CommandRun mixed = CommandRun.of(A + "\n", "decrypt", "--config", config, "--table", "Mixed");
    assertThat(mixed).isEqualTo(new CommandRun(0, A + "\n", ""));
  }

  @Test
  void encrypt_blankLinesCrLfBomAndNoLastLineEnd_keepLinesAligned() {
    CommandRun run = run("encrypt", "\ufeff" + A + "\r\n\r\n  \n" + B);
    assertThat(run.exit()).isZero();
    assertThat(run.outLines()).hasSize(4);
    assertThat(run.outLines().get(1)).isEmpty();
    assertThat(run.outLines().get(2)).isEmpty();
    assertThat(run("decrypt", run.out()).out()).isEqualTo(A + "\n\n\n" + B + "\n");
  }

  @Test
  void encrypt_emptyInput_isEmptyOutput() {
    assertThat(run("encrypt", "")).isEqualTo(new CommandRun(0, "", ""));
  }

  @Test
  void encrypt_lineOverTheLimit_failsAndTheNextOneIsRead() {
    byte[] filler = new byte[ItemStream.MAX_LINE_BYTES + 100];
    Arrays.fill(filler, (byte) 'x');
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(filler),
            new ByteArrayInputStream(("\n" + B + "\n").getBytes(StandardCharsets.UTF_8)));
    CommandRun run =
        CommandRun.of(
            in, Map.of(), "encrypt", "--config", config, "--table", "T", "--on-error", "report");
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().get(0)).contains("MalformedItemException", "longer than 16 MiB");
    assertThat(run.outLines().get(1)).startsWith("{\"Item\":");
  }

  @Test
  void encrypt_toFile_writesItAndNothingElse() throws IOException {
    Path out = directory.resolve("out.jsonl");
    Path in = Files.writeString(directory.resolve("in.jsonl"), A + "\n");
    CommandRun run = run("encrypt", "", "--in", in.toString(), "--out", out.toString());
    assertThat(run).isEqualTo(new CommandRun(0, "", ""));
    assertThat(Files.readAllLines(out)).hasSize(1);
    assertThat(filesIn(directory))
        .containsExactlyInAnyOrder("in.jsonl", "out.jsonl", "itemseal.yaml");
  }

  @Test
  void encrypt_toFile_stopped_leavesWhatWasThere() throws IOException {
    Path out = Files.writeString(directory.resolve("out.jsonl"), "before\n");
    CommandRun run = run("encrypt", A + "\n" + BAD + "\n", "--out", out.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(out).hasContent("before");
    assertThat(filesIn(directory)).containsExactlyInAnyOrder("out.jsonl", "itemseal.yaml");
    run("encrypt", A + "\n" + BAD + "\n", "--out", out.toString(), "--on-error", "skip");
    assertThat(Files.readAllLines(out)).hasSize(1);
  }

  @Test
  void encrypt_inAndOutTheSameFile_replacesItAndKeepsPermissions() throws IOException {
    Path file = Files.writeString(directory.resolve("items.jsonl"), A + "\n" + B + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(directory.resolve("link.jsonl"), file);
    assertThat(run("encrypt", "", "--in", file.toString(), "--out", link.toString()).exit())
        .isZero();
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(run("decrypt", Files.readString(file)).out()).isEqualTo(A + "\n" + B + "\n");
  }

  @Test
  void encrypt_toDevice_writesToItAndLeavesItADevice() {
    assertThat(run("encrypt", A + "\n", "--out", "/dev/null").exit()).isZero();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void encrypt_unusableFiles_exit2BeforeAnyItem() {
    CommandRun in = run("encrypt", A, "--in", directory.resolve("none").toString());
    assertThat(in.exit()).isEqualTo(2);
    assertThat(in.errLines().get(0)).startsWith("itemseal: --in: there is no file");
    CommandRun inDirectory = run("encrypt", A, "--in", directory.toString());
    assertThat(inDirectory.exit()).isEqualTo(2);
    assertThat(inDirectory.err()).contains("is a directory");
    CommandRun out = run("encrypt", A, "--out", directory.resolve("none/x").toString());
    assertThat(out.exit()).isEqualTo(2);
    assertThat(out.errLines().get(0)).startsWith("itemseal: --out: ").contains("cannot be written");
    assertThat(run("encrypt", A, "--out", directory.toString()).exit()).isEqualTo(2);
    assertThat(in.errLines()).hasSize(2);
  }

  @Test
  void encrypt_usageErrors_exit2WithOneLineAndAHint() {
    List<CommandRun> runs =
        List.of(
            CommandRun.of(""),
            CommandRun.of("", "encrypted"),
            CommandRun.of("", "encrypt"),
            CommandRun.of("", "encrypt", "--config", config),
            run("encrypt", A, "--on-error", "ignore"),
            run("encrypt", A, "--nonsense"),
            run("encrypt", A, "--table", "T"),
            run("encrypt", A, "stray"),
            CommandRun.of(A, "encrypt", "--config", config, "--table", "None"),
            CommandRun.of(A, "encrypt", "--config", config + "x", "--table", "T"),
            CommandRun.of(A, "inspect", "--config", config));
    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.out()).isEmpty();
              assertThat(run.errLines()).hasSize(2);
              assertThat(run.errLines().get(0)).startsWith("itemseal: ");
              assertThat(run.errLines().get(1)).startsWith("hint: ");
            });
  }

  @Test
  void help_ofEveryCommand_exits0() {
    for (String[] args :
        List.of(
            new String[] {"--help"},
            new String[] {"encrypt", "--help"},
            new String[] {"decrypt", "-h"},
            new String[] {"inspect", "--help"})) {
      CommandRun run = CommandRun.of("", args);
      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("Usage: itemseal");
      assertThat(run.err()).isEmpty();
    }
    assertThat(CommandRun.of("", "--version").out()).matches("itemseal \\d+\\.\\d+\\.\\d+.*\\s");
  }

  @Test
  void encrypt_readerGone_endsQuietly() {
    CommandRun run =
        runInto(
            new FailingOutput("Broken pipe"),
            A + "\n",
            "encrypt",
            "--config",
            config,
            "--table",
            "T");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void encrypt_diskFull_exit2() {
    CommandRun run =
        runInto(
            new FailingOutput("No space left on device"),
            A + "\n",
            "encrypt",
            "--config",
            config,
            "--table",
            "T");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("itemseal: the output cannot be written to its end\nhint: ");
  }

  @Test
  void encrypt_inputFailsMidway_exit2AfterWhatWasRead() {
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream((A + "\n").getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("secret");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("secret");
              }
            });
    CommandRun run = CommandRun.of(in, Map.of(), "encrypt", "--config", config, "--table", "T");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.err()).contains("the input cannot be read").doesNotContain("secret");
  }

  @Test
  void encrypt_inputThatWaits_showsWhatIsDoneBefore() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in =
        new InputStream() {
          private int calls;

          @Override
          public int read() {
            throw new AssertionError("read in blocks");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(calls);
            byte[] line = (A + "\n").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(line, 0, buffer, offset, line.length);
            return calls++ < 3 ? line.length : -1;
          }
        };
    CommandRun run =
        CommandRun.of(
            in, out, Terminal.NONE, Map.of(), "encrypt", "--config", config, "--table", "T");
    assertThat(run.exit()).isZero();
  }

  @Test
  void encrypt_stderrIsATerminal_drawsAndErasesABar() throws IOException {
    Path in = Files.writeString(directory.resolve("in.jsonl"), A + "\n" + BAD + "\n");
    CommandRun run =
        CommandRun.of(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new Terminal(120),
            Map.of(),
            "encrypt",
            "--config",
            config,
            "--table",
            "T",
            "--in",
            in.toString(),
            "--on-error",
            "report");
    assertThat(run.err())
        .contains("\r\u001b[Kitemseal: line 2: ")
        .contains("itemseal: 100% [####################]", "2 items")
        .endsWith("\n");
  }

  @Test
  void encrypt_manyItems_heapStaysSmall() {
    int items = 20_000;
    byte[] line =
        ("{\"pk\":{\"S\":\"a\"},\"ssn\":{\"S\":\"" + "x".repeat(8000) + "\"}}\n")
            .getBytes(StandardCharsets.UTF_8);
    CountingOutput out = new CountingOutput();
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    CommandRun run =
        CommandRun.of(
            new RepeatingInput(line, items),
            out,
            Terminal.NONE,
            Map.of(),
            "encrypt",
            "--config",
            config,
            "--table",
            "Mixed");
    assertThat(run.exit()).isZero();
    assertThat(out.lines).isEqualTo(items);
    assertThat(out.bytes).isGreaterThan(150_000_000L);
    assertThat(out.peakAfterGc - before).isLessThan(32_000_000L);
  }

  private CommandRun runInto(OutputStream out, String input, String... args) {
    return CommandRun.of(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        out,
        Terminal.NONE,
        Map.of(),
        args);
  }

  private static List<String> filesIn(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private static final class FailingOutput extends OutputStream {
    private final String message;

    FailingOutput(String message) {
      this.message = message;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(message);
    }
  }

  private static final class RepeatingInput extends InputStream {
    private final byte[] line;
    private long left;
    private int position;

    RepeatingInput(byte[] line, long times) {
      this.line = line;
      this.left = line.length * times;
    }

    @Override
    public int read() {
      throw new AssertionError("read in blocks");
    }

    @Override
    public int available() {
      return 1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = (int) Math.min(Math.min(length, line.length - position), left);
      if (count == 0) {
        return -1;
      }
      System.arraycopy(line, position, buffer, offset, count);
      position = (position + count) % line.length;
      left -= count;
      return count;
    }
  }

  private static final class CountingOutput extends OutputStream {
    private long bytes;
    private long lines;
    private long peakAfterGc;
    private long nextLook = 40_000_000;

    @Override
    public void write(int b) {
      throw new AssertionError("written in blocks");
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      bytes += length;
      for (int i = offset; i < offset + length; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
      if (bytes > nextLook) {
        nextLook += 40_000_000;
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        peakAfterGc = Math.max(peakAfterGc, runtime.totalMemory() - runtime.freeMemory());
      }
    }
  }
}
