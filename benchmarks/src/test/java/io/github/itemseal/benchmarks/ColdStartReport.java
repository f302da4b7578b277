package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs {@link ColdStart} in fresh JVMs, the contenders in turns, weighs what they depend on, and
 * writes {@code cold-start.md}. Arguments: the folder to write to, how many JVMs each, and the
 * library's jar.
 */
final class ColdStartReport {
  private static final Map<String, String> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put("ddbec-itemseal", "Itemseal, DDBEC wrapped AES");
    TITLES.put("ddbec-original", "DynamoDB Encryption Client 2.0.3, the same");
    TITLES.put("ddbec-floor", "Bare JCA calls of that format");
    TITLES.put("dbe-itemseal", "Itemseal, DBE 6700 raw AES");
    TITLES.put("dbe-original", "Database Encryption SDK 3.9.0, the same");
    TITLES.put("dbe-floor", "Bare JCA calls of that format");
  }

  private static final String SDK = dependency("software.amazon.awssdk", "dynamodb", "2.54.15");
  private static final String DDBEC =
      dependency("com.amazonaws", "aws-dynamodb-encryption-java", "2.0.3");
  private static final String DBE =
      dependency("software.amazon.cryptography", "aws-database-encryption-sdk-dynamodb", "3.9.0");

  private ColdStartReport() {}

  public static void main(String[] arguments) throws Exception {
    List<Path> itemseal = ours(Path.of(arguments[2]));
    List<Path> dbe = jars(DBE);
    Map<String, List<Path>> jars =
        Map.of(
            "ddbec-itemseal", itemseal,
            "ddbec-original", jars(DDBEC + SDK),
            "ddbec-floor", itemseal,
            "dbe-itemseal", itemseal,
            "dbe-original", dbe,
            "dbe-floor", itemseal);
    Map<String, List<long[]>> runs = new LinkedHashMap<>();
    for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
      for (String contender : TITLES.keySet()) {
        runs.computeIfAbsent(contender, key -> new ArrayList<>())
            .add(run(contender, jars.get(contender)));
      }
    }
    StringBuilder page = new StringBuilder();
    page.append("# Cold start\n\nWritten by `ColdStartReport`: do not edit. ")
        .append(Machine.describe())
        .append(
            """
            .

            The first item, 10 x 32, in a fresh JVM with the classes of the SDK loaded beforehand.
            Medians of %s JVMs, in turns, each with the jars of its library alone on the class path
            (the first original also with the SDK that our items are made of). The bare JCA calls are
            those of the benchmarks' floor, alone: the JDK's providers loaded, checked and run for the
            first time.
            Classes are those loaded by both calls together.

            | | first encrypt, ms | first decrypt, ms | classes |
            |---|--:|--:|--:|
            """
                .formatted(arguments[1]));
    runs.forEach((contender, results) -> page.append(line(contender, results)));
    page.append(
        """

        What an application gets with each, the SDKs it calls included:

        | | own jar, KB | jars | MB |
        |---|--:|--:|--:|
        """);
    page.append(weight("Itemseal", itemseal));
    page.append(weight("DynamoDB Encryption Client 2.0.3", jars(DDBEC)));
    page.append(weight("Database Encryption SDK 3.9.0", dbe));
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.writeString(folder.resolve("cold-start.md"), page, UTF_8);
  }

  private static long[] run(String contender, List<Path> jars) throws Exception {
    Path self =
        Path.of(ColdStart.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String classPath =
        Stream.concat(Stream.of(self), jars.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                ColdStart.class.getName(),
                contender)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] numbers = new String(process.getInputStream().readAllBytes(), UTF_8).trim().split(" ");
    if (process.waitFor() != 0) {
      throw new IllegalStateException(contender);
    }
    return Arrays.stream(numbers).mapToLong(Long::parseLong).toArray();
  }

  private static String line(String contender, List<long[]> results) {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f |\n",
        TITLES.get(contender),
        median(results, 0) / 1000,
        median(results, 1) / 1000,
        median(results, 2));
  }

  private static double median(List<long[]> results, int column) {
    return Measurements.median(results.stream().map(numbers -> (double) numbers[column]).toList());
  }

  private static String weight(String title, List<Path> jars) throws IOException {
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %.1f |\n",
        title,
        Files.size(jars.get(0)) / 1024,
        jars.size(),
        bytes / 1048576.0);
  }

  /** Its own jar first. */
  private static List<Path> ours(Path jar) throws Exception {
    List<Path> jars = new ArrayList<>();
    jars.add(jar);
    jars.addAll(
        jars(
            SDK
                + dependency("software.amazon.awssdk", "kms", "2.54.15")
                + dependency("org.jspecify", "jspecify", "1.0.0")));
    return jars;
  }

  private static String dependency(String group, String artifact, String version) {
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
        .formatted(group, artifact, version);
  }

  /** What Maven resolves for an application with these dependencies, the first one first. */
  private static List<Path> jars(String dependencies) throws Exception {
    Path folder = Files.createTempDirectory("weight");
    Path pom = folder.resolve("pom.xml");
    Path list = folder.resolve("jars");
    Files.writeString(
        pom,
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>weight</groupId>\
        <artifactId>weight</artifactId><version>1</version><packaging>pom</packaging>\
        <dependencies>%s</dependencies></project>"""
            .formatted(dependencies),
        UTF_8);
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                "-f",
                pom.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + list)
            .inheritIO()
            .start();
    if (maven.waitFor() != 0) {
      throw new IllegalStateException("Maven could not resolve " + dependencies);
    }
    return Arrays.stream(Files.readString(list, UTF_8).trim().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
