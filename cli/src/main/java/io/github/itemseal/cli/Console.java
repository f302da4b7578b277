package io.github.itemseal.cli;

import io.github.itemseal.cli.io.Names;
import io.github.itemseal.cli.io.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What surrounds a run of the command: standard streams and environment.
 *
 * @param terminal finds out what {@code err} is
 */
record Console(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Supplier<Terminal> terminal,
    Map<String, String> environment) {

  /** One line that says what is wrong, and one that says what to do. */
  void error(String message, String hint) {
    err.print("itemseal: " + Names.onOneLine(message) + "\nhint: " + Names.onOneLine(hint) + "\n");
    err.flush();
  }
}
