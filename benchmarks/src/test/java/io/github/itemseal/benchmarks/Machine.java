package io.github.itemseal.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where and on what something was measured, for people. */
final class Machine {
  private Machine() {}

  /** Machine, JDK, commit and date, in one line of Markdown. */
  static String describe() throws IOException {
    return "%s, %s cores, %s %s; JDK %s (%s); commit %s; %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.vm.version"),
            System.getProperty("java.vm.vendor"),
            commit(),
            LocalDate.now(ZoneOffset.UTC));
  }

  private static String processor() throws IOException {
    Path cpus = Path.of("/proc/cpuinfo");
    if (Files.isReadable(cpus)) {
      for (String line : Files.readAllLines(cpus)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    }
    return "unknown processor";
  }

  /** With a plus sign if something is not committed; "unknown" outside a clone. */
  private static String commit() throws IOException {
    String commit = git("rev-parse", "--short", "HEAD");
    String changed =
        git(
            "status",
            "--porcelain",
            "--untracked-files=no",
            "--",
            ":(top)*.java",
            ":(top)*pom.xml");
    return commit.isEmpty() ? "unknown" : commit + (changed.isEmpty() ? "" : "+");
  }

  private static String git(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
  }
}
