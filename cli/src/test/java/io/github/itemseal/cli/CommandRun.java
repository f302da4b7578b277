package io.github.itemseal.cli;

import io.github.itemseal.cli.io.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One run of the command in this process. */
record CommandRun(int exit, String out, String err) {
  static CommandRun of(String input, String... args) {
    return of(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), Map.of(), args);
  }

  static CommandRun of(InputStream in, Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandRun run = of(in, out, Terminal.NONE, environment, args);
    return new CommandRun(run.exit(), out.toString(StandardCharsets.UTF_8), run.err());
  }

  /** With an output of the caller's: {@link #out()} stays empty. */
  static CommandRun of(
      InputStream in,
      OutputStream out,
      Terminal terminal,
      Map<String, String> environment,
      String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Itemseal.run(
            args,
            new Console(
                in,
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> terminal,
                environment));
    return new CommandRun(exit, "", err.toString(StandardCharsets.UTF_8));
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
