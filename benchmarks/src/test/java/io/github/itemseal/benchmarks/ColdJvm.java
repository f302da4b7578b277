package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@link ColdStart} for one contender, each time in a fresh JVM. */
final class ColdJvm {
  private final String contender;
  private final String classPath;
  private final List<String> options;

  private ColdJvm(String contender, String classPath, List<String> options) {
    this.contender = contender;
    this.classPath = classPath;
    this.options = options;
  }

  /**
   * With these jars on the class path.
   *
   * @param classes {@link #classes}
   */
  static ColdJvm of(String contender, Path classes, List<Path> jars) {
    String classPath =
        Stream.concat(Stream.of(classes), jars.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return new ColdJvm(contender, classPath, List.of());
  }

  /** Those of the benchmarks, in a jar: classes of a folder cannot be archived. */
  static Path classes() throws Exception {
    Path folder =
        Path.of(ColdStart.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = temporary("benchmarks.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = folder.relativize(path).toString().replace(File.separatorChar, '/');
        entries.putNextEntry(new JarEntry(name));
        entries.write(Files.readAllBytes(path));
      }
    }
    return jar;
  }

  /** The same, with an archive of the classes that a run loads, made by such a run. */
  ColdJvm withClassArchive() throws Exception {
    Path archive = temporary("classes.jsa");
    output("-XX:ArchiveClassesAtExit=" + archive);
    return new ColdJvm(
        contender, classPath, List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive));
  }

  private static Path temporary(String name) throws IOException {
    Path folder = Files.createTempDirectory("cold");
    folder.toFile().deleteOnExit();
    Path file = folder.resolve(name);
    file.toFile().deleteOnExit();
    return file;
  }

  /** Microseconds of the first encryption, those of the first decryption, and classes loaded. */
  long[] run() throws Exception {
    String[] numbers = output(options.toArray(String[]::new)).trim().split(" ");
    return Arrays.stream(numbers).mapToLong(Long::parseLong).toArray();
  }

  private String output(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, ColdStart.class.getName(), contender));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s: %s".formatted(contender, output));
    }
    return output;
  }
}
