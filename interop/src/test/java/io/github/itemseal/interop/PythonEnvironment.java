package io.github.itemseal.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.itemseal.testing.SharedVectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away virtual environment under {@code interop/target} with the Python client and what it
 * needs, in the versions that {@code src/test/python/requirements.txt} pins. Made once; made again
 * when that file changes.
 *
 * <p>Where there is no {@code python3} or its packages cannot be fetched, tests that need it skip
 * and say so; with the system property {@code itemseal.interop.python} set to {@code required} they
 * fail instead.
 */
final class PythonEnvironment {
  private static final Path SOURCES = SharedVectors.root().resolve("interop/src/test/python");
  private static final Path FOLDER = SharedVectors.root().resolve("interop/target/python");
  private static final Path LOG = FOLDER.resolveSibling("python-install.log");
  private static final Path PYTHON = FOLDER.resolve("bin/python");

  /** Written last, with the requirements that are installed. */
  private static final Path DONE = FOLDER.resolve("installed.txt");

  private static final long STEP_MINUTES = 5;

  private PythonEnvironment() {}

  /** Skips the calling test where there is no environment. */
  static void assumePresent() {
    boolean required = "required".equals(System.getProperty("itemseal.interop.python"));
    if (required && Prepared.MISSING != null) {
      throw new AssertionError(Prepared.MISSING);
    }
    assumeTrue(Prepared.MISSING == null, Prepared.MISSING);
  }

  /**
   * Starts one of our scripts; its errors go to {@code interop/target}. Skips the calling test
   * where there is no environment.
   */
  static Process start(String script) {
    assumePresent();
    try {
      return new ProcessBuilder(PYTHON.toString(), SOURCES.resolve(script).toString())
          .redirectError(
              ProcessBuilder.Redirect.appendTo(FOLDER.resolveSibling(script + ".log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version that the requirements pin. */
  static String version(String distribution) {
    return requirements()
        .lines()
        .filter(line -> line.startsWith(distribution + "=="))
        .map(line -> line.substring(distribution.length() + 2))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(distribution + " is not required"));
  }

  private static @Nullable String prepare() {
    try {
      if (Files.exists(DONE) && Files.readString(DONE).equals(requirements())) {
        return null;
      }
      delete(FOLDER);
      Files.createDirectories(FOLDER.getParent());
      Files.deleteIfExists(LOG);
      if (!succeeds("python3", "-m", "venv", FOLDER.toString())) {
        return "There is no python3 with venv and pip here, so the Python client cannot run: "
            + LOG
            + ". Not run.";
      }
      if (!succeeds(
          PYTHON.toString(),
          "-m",
          "pip",
          "install",
          "--quiet",
          "--requirement",
          SOURCES.resolve("requirements.txt").toString())) {
        return "pip could not install the Python client: " + LOG + ". Not run.";
      }
      Files.writeString(DONE, requirements());
      return null;
    } catch (IOException e) {
      return "The Python client's environment could not be made: " + e + ". Not run.";
    }
  }

  private static boolean succeeds(String... command) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
              .start();
    } catch (IOException e) {
      Files.writeString(LOG, e.toString());
      return false; // no such program
    }
    try {
      if (process.waitFor(STEP_MINUTES, TimeUnit.MINUTES)) {
        return process.exitValue() == 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return false;
  }

  private static String requirements() {
    try {
      return Files.readString(SOURCES.resolve("requirements.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  /** Tried once in a run, when the first test asks. */
  private static final class Prepared {
    /** Why there is none, or null. */
    private static final @Nullable String MISSING = prepare();
  }
}
