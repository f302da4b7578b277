package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs {@link ColdStart} in fresh JVMs, the contenders in turns, weighs what they depend on, and
 * writes {@code cold-start.md}. Arguments: the folder to write to, how many JVMs each, and the
 * library's jar.
 */
final class ColdStartReport {
  private ColdStartReport() {}

  public static void main(String[] arguments) throws Exception {
    int turns = Integer.parseInt(arguments[1]);
    List<Path> itemseal = DependencyJars.ofOurs(Path.of(arguments[2]));
    List<Path> dbe = DependencyJars.ofOriginalDbe();
    StringBuilder page = new StringBuilder();
    page.append("# Cold start\n\nWritten by `ColdStartReport`: do not edit. ")
        .append(Machine.describe())
        .append(
            """
            .

            The first item, 10 x 32, in a fresh JVM with the classes of the SDK loaded beforehand; DDBEC with
            a wrapped AES key, DBE 6700 with a raw AES keyring.
            Medians of %s JVMs, in turns, each with the jars of its library alone on the class path
            (the first original also with the SDK that our items are made of). The bare JCA calls are
            those of the benchmarks' floor, alone: the JDK's providers loaded, checked and run for the
            first time.
            Classes are those loaded by both calls together.

            | | first encrypt, ms | first decrypt, ms | classes |
            |---|--:|--:|--:|
            """
                .formatted(turns));
    measure(turns, contenders(itemseal, dbe))
        .forEach((title, results) -> page.append(line(title, results)));
    page.append(
        """

        An application can have its classes archived: `-XX:ArchiveClassesAtExit=app.jsa` in a run that
        writes and reads an item, `-XX:SharedArchiveFile=app.jsa` from then on. The JDK maps them then
        instead of loading them.

        What an application gets with each, the SDKs it calls included:

        | | own jar, KB | jars | MB |
        |---|--:|--:|--:|
        """);
    page.append(weight("Itemseal", itemseal));
    page.append(weight("DynamoDB Encryption Client 2.0.3", DependencyJars.ofOriginalDdbec()));
    page.append(weight("Database Encryption SDK 3.9.0", dbe));
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.writeString(folder.resolve("cold-start.md"), page, UTF_8);
  }

  /** By what they are called in the table. */
  private static Map<String, ColdJvm> contenders(List<Path> itemseal, List<Path> dbe)
      throws Exception {
    Path classes = ColdJvm.classes();
    ColdJvm ourDdbec = ColdJvm.of("ddbec-itemseal", classes, itemseal);
    ColdJvm ourDbe = ColdJvm.of("dbe-itemseal", classes, itemseal);
    Map<String, ColdJvm> contenders = new LinkedHashMap<>();
    contenders.put("DDBEC: Itemseal", ourDdbec);
    contenders.put("DDBEC: Itemseal, classes archived", ourDdbec.withClassArchive());
    contenders.put(
        "DDBEC: DynamoDB Encryption Client 2.0.3",
        ColdJvm.of("ddbec-original", classes, DependencyJars.ofOriginalDdbecAndSdk()));
    contenders.put("DDBEC: bare JCA calls", ColdJvm.of("ddbec-floor", classes, itemseal));
    contenders.put("DBE 6700: Itemseal", ourDbe);
    contenders.put("DBE 6700: Itemseal, classes archived", ourDbe.withClassArchive());
    contenders.put(
        "DBE 6700: Database Encryption SDK 3.9.0", ColdJvm.of("dbe-original", classes, dbe));
    contenders.put("DBE 6700: bare JCA calls", ColdJvm.of("dbe-floor", classes, itemseal));
    return contenders;
  }

  private static Map<String, List<long[]>> measure(int turns, Map<String, ColdJvm> contenders)
      throws Exception {
    Map<String, List<long[]>> results = new LinkedHashMap<>();
    for (int turn = 0; turn < turns; turn++) {
      for (Map.Entry<String, ColdJvm> contender : contenders.entrySet()) {
        results
            .computeIfAbsent(contender.getKey(), title -> new ArrayList<>())
            .add(contender.getValue().run());
      }
    }
    return results;
  }

  private static String line(String title, List<long[]> results) {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f |\n",
        title,
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
}
