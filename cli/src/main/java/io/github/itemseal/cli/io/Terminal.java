package io.github.itemseal.cli.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What standard error is.
 *
 * @param columns the width of the terminal; 0 if it is none
 */
public record Terminal(int columns) {
  private static final int USUAL_COLUMNS = 80;

  /** Not a terminal: a file or a pipe. */
  public static final Terminal NONE = new Terminal(0);

  public boolean present() {
    return columns > 0;
  }

  /**
   * Asks the shell, because Java cannot tell for standard error alone. Where there is no POSIX
   * shell there is no terminal.
   */
  public static Terminal ofStandardError() {
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", "[ -t 2 ] && { stty size <&2 2>/dev/null || echo; }")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String size =
          new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      if (!shell.waitFor(5, TimeUnit.SECONDS) || shell.exitValue() != 0) {
        return NONE;
      }
      return size.matches("[0-9]{1,5} [1-9][0-9]{0,4}")
          ? new Terminal(Integer.parseInt(size.substring(size.indexOf(' ') + 1)))
          : new Terminal(USUAL_COLUMNS);
    } catch (IOException e) {
      return NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NONE;
    }
  }
}
