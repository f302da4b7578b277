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
 * writes {@code cold-start.md}. Arguments: the folder to write to, how many JVMs each, the
 * library's jar, and the versions that {@link DependencyJars} names.
 */
final class ColdStartReport {
  private ColdStartReport() {}

  public static void main(String[] arguments) throws Exception {
    int turns = Integer.parseInt(arguments[1]);
    DependencyJars dependencies =
        new DependencyJars(arguments[3], arguments[4], arguments[5], arguments[6]);
    List<Path> itemseal = dependencies.ofOurs(Path.of(arguments[2]));
    List<Path> ddbec = dependencies.ofOriginalDdbec();
    List<Path> dbe = dependencies.ofOriginalDbe();
    StringBuilder page = new StringBuilder();
    page.append("# Cold start\n\nWritten by `ColdStartReport`: do not edit. ")
        .append(Machine.describe())
        .append(
            """
            .

            The first item, 10 x 32, in a fresh JVM with the classes of the SDK loaded beforehand; DDBEC with
            a wrapped AES key, DBE 6700 with a raw AES keyring. Medians of %s JVMs, in turns, each with
            the jars of its library alone on the class path (the first original also with the SDK that
            our items are made of). The bare JCA calls are a floor of the benchmarks, with one call of
            the cipher for all attributes of a DDBEC item, alone: the JDK's providers loaded, checked and
            run for the first time; what they decrypt is made before their first encryption, in its time.
            Classes are those loaded by both calls together.

            An application can have its classes archived: `-XX:ArchiveClassesAtExit=app.jsa` in a run that
            writes and reads an item, `-XX:SharedArchiveFile=app.jsa` from then on. The JDK maps them then
            instead of loading them. `archived` is the first encryption with an archive of exactly what is
            needed.

            | | first encrypt, ms | archived, ms | first decrypt, ms | classes |
            |---|--:|--:|--:|--:|
            """
                .formatted(turns));
    measure(turns, contenders(itemseal, dependencies.ofOriginalDdbecAndSdk(), dbe))
        .forEach((title, results) -> page.append(results.line(title)));
    page.append(
        """

        What an application gets with each, the SDKs it calls included:

        | | own jar, KB | jars | MB |
        |---|--:|--:|--:|
        """);
    page.append(weight("Itemseal", itemseal));
    page.append(weight("DynamoDB Encryption Client " + dependencies.ddbec(), ddbec));
    page.append(weight("Database Encryption SDK " + dependencies.dbe(), dbe));
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.writeString(folder.resolve("cold-start.md"), page, UTF_8);
  }

  /** By what they are called in the table. */
  private static Map<String, ColdJvm> contenders(
      List<Path> itemseal, List<Path> ddbec, List<Path> dbe) throws Exception {
    Path classes = ColdJvm.classes();
    Map<String, ColdJvm> contenders = new LinkedHashMap<>();
    contenders.put("DDBEC: Itemseal", ColdJvm.of("ddbec-itemseal", classes, itemseal));
    contenders.put(
        "DDBEC: DynamoDB Encryption Client", ColdJvm.of("ddbec-original", classes, ddbec));
    contenders.put("DDBEC: bare JCA calls", ColdJvm.of("ddbec-floor", classes, itemseal));
    contenders.put("DBE 6700: Itemseal", ColdJvm.of("dbe-itemseal", classes, itemseal));
    contenders.put("DBE 6700: Database Encryption SDK", ColdJvm.of("dbe-original", classes, dbe));
    contenders.put("DBE 6700: bare JCA calls", ColdJvm.of("dbe-floor", classes, itemseal));
    return contenders;
  }

  private static Map<String, Runs> measure(int turns, Map<String, ColdJvm> contenders)
      throws Exception {
    Map<String, Runs> all = new LinkedHashMap<>();
    for (Map.Entry<String, ColdJvm> contender : contenders.entrySet()) {
      all.put(contender.getKey(), new Runs(contender.getValue()));
    }
    for (int turn = 0; turn < turns; turn++) {
      for (Runs runs : all.values()) {
        runs.turn();
      }
    }
    return all;
  }

  /** What the JVMs of one contender measured, see {@link ColdJvm#run}. */
  private static final class Runs {
    private final ColdJvm jvm;
    private final ColdJvm archivedJvm;
    private final List<long[]> plain = new ArrayList<>();
    private final List<long[]> archived = new ArrayList<>();

    Runs(ColdJvm jvm) throws Exception {
      this.jvm = jvm;
      this.archivedJvm = jvm.withClassArchive();
    }

    void turn() throws Exception {
      plain.add(jvm.run());
      archived.add(archivedJvm.run());
    }

    String line(String title) {
      return String.format(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.0f | %.0f |\n",
          title,
          median(plain, 0) / 1000,
          median(archived, 0) / 1000,
          median(plain, 1) / 1000,
          median(plain, 2));
    }
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
