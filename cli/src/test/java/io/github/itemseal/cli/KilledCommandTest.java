package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of {@code decrypt --out}, in a process of its own. */
@Timeout(240)
class KilledCommandTest {
  private static final String LINE = "{\"pk\":{\"S\":\"a\"},\"secret\":{\"S\":\"plain\"}}\n";

  @TempDir Path directory;

  private Process decrypt(Path out) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("c.yaml"), "tables: {T: {partitionKey: pk, writes: plaintext}}\n");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Itemseal.class.getName(),
            "decrypt",
            "--config",
            config.toString(),
            "--table",
            "T",
            "--out",
            out.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  private List<Path> unfinished() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".unfinished")).toList();
    }
  }

  /** Waits until the process has written some plaintext. */
  private Path plaintextOnDisk(Process process) throws IOException {
    while (process.isAlive()) {
      for (Path file : unfinished()) {
        if (Files.size(file) > 0) {
          return file;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError(Files.readString(directory.resolve("log")));
  }

  @Test
  void decrypt_killed_leavesTheFileAsItWasAndWhatIsWrittenToTheOwner() throws Exception {
    Path out = Files.writeString(directory.resolve("plain.jsonl"), "before");
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rw-rw-rw-"));
    Process process = decrypt(out);
    Path written;
    try (OutputStream items = process.getOutputStream()) {
      items.write(LINE.repeat(10_000).getBytes(StandardCharsets.UTF_8));
      items.flush();
      written = plaintextOnDisk(process);
      process.destroyForcibly().waitFor(); // SIGKILL; its input has not ended
    } catch (IOException e) {
      throw new AssertionError(Files.readString(directory.resolve("log")), e);
    }
    assertThat(process.exitValue()).isEqualTo(128 + 9);
    assertThat(out).hasContent("before");
    assertThat(Files.readString(written)).contains("plain");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
        .isEqualTo("rw-------");

    Process again = decrypt(out);
    try (OutputStream items = again.getOutputStream()) {
      items.write(LINE.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(again.waitFor()).isZero();
    assertThat(out).hasContent(LINE);
    assertThat(unfinished()).as("plaintext of the killed process").isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-rw-rw-");
  }
}
