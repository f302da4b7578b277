package io.github.itemseal.fips;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The table of docs/fips.md is what a FIPS provider in approved-only mode does. */
@Timeout(300)
class FipsProviderTest {
  private static final Path PAGE = Path.of("..", "docs", "fips.md");

  @TempDir Path directory;

  private List<String> run(String mode) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                FipsProcess.class.getName(),
                mode,
                directory.toString())
            .redirectError(directory.resolve("log").toFile())
            .start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(Files.readString(directory.resolve("log"))).isZero();
    return lines;
  }

  @Test
  void everySource_underAFipsProvider_doesWhatThePageSays() throws Exception {
    assertThat(run("jdk"))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" | yes | nothing to read |"));
    List<String> fips = run("fips");
    assertThat(Files.readAllLines(PAGE)).filteredOn(line -> line.startsWith("| D")).isEqualTo(fips);
    // What it wrote is read with the JDK's own providers.
    assertThat(run("jdk"))
        .allMatch(line -> line.endsWith(" | yes | yes |") || line.endsWith(" | nothing to read |"))
        .filteredOn(line -> line.endsWith(" | nothing to read |"))
        .hasSize((int) fips.stream().filter(line -> line.contains("| no: ")).count());
  }
}
