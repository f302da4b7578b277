package io.github.itemseal.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link ItemBenchmark} and writes JMH's results as JSON, a file a round, for {@link
 * ItemReport}.
 *
 * <p>A round is one fork of every contender, those of a shape one after the other; so whatever
 * slows the machine down for a while slows all of them, and ratios stay what they are. Arguments:
 * the matrix ({@code goals} or {@code full}), the folder for results, and the number of rounds.
 */
final class BenchmarkRun {
  /** Shapes, and what runs on each of them, in so many threads. */
  private record Part(List<Shape> shapes, Set<String> contenders, int threads) {}

  private BenchmarkRun() {}

  public static void main(String[] arguments) throws Exception {
    List<Part> parts = arguments[0].equals("full") ? full() : goals();
    Path results = Files.createDirectories(Path.of(arguments[1]));
    try (Stream<Path> old = Files.list(results)) {
      for (Path file : old.filter(path -> path.toString().endsWith(".json")).toList()) {
        Files.delete(file);
      }
    }
    int rounds = Integer.parseInt(arguments[2]);
    for (int round = 1; round <= rounds; round++) {
      List<RunResult> all = new ArrayList<>();
      for (Part part : parts) {
        for (Shape shape : part.shapes()) {
          all.addAll(run(shape, part.contenders(), part.threads()));
        }
      }
      String file = results.resolve("round-" + round + ".json").toString();
      ResultFormatFactory.getInstance(ResultFormatType.JSON, file).writeOut(all);
    }
  }

  private static Collection<RunResult> run(Shape shape, Set<String> contenders, int threads)
      throws Exception {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(ItemBenchmark.class.getName().replace(".", "\\.") + "\\.")
            .param("shape", shape.label())
            .param("contender", contenders.toArray(String[]::new))
            .forks(1)
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    return new Runner(options.build()).run();
  }

  /** What the page's first table needs; with 5 rounds about 45 minutes. */
  private static List<Part> goals() {
    Set<String> everywhere = new LinkedHashSet<>();
    addAll(everywhere, Scheme.DDBEC_WRAPPED_AES, "");
    addAll(everywhere, Scheme.DBE_AES_6700, "");
    Set<String> signed = new LinkedHashSet<>();
    addAll(signed, Scheme.DBE_AES_6701, "");
    addAll(signed, Scheme.DBE_AES_6701_REUSE, "");
    for (Scheme scheme : List.of(Scheme.DBE_AES_6701, Scheme.DBE_AES_6701_REUSE)) {
      addOursAndFloor(signed, scheme, Contenders.CORRETTO);
    }
    return List.of(
        new Part(List.of(Shape.SMALL, Shape.LONG, Shape.WIDE), everywhere, 1),
        new Part(List.of(Shape.SMALL), signed, 1),
        new Part(List.of(Shape.SMALL), twice(), 2));
  }

  /** Every scheme in every shape, on the JDK's providers and on Corretto's. */
  private static List<Part> full() {
    Set<String> all = new LinkedHashSet<>();
    for (Scheme scheme : Scheme.values()) {
      addAll(all, scheme, "");
      addAll(all, scheme, Contenders.CORRETTO);
    }
    return List.of(
        new Part(List.of(Shape.values()), all, 1), new Part(List.of(Shape.SMALL), twice(), 2));
  }

  /** What is also run in two threads. */
  private static Set<String> twice() {
    Set<String> contenders = new LinkedHashSet<>();
    for (Scheme scheme : ItemReport.IN_TWO_THREADS) {
      addOursAndFloor(contenders, scheme, "");
    }
    return contenders;
  }

  private static void addAll(Set<String> contenders, Scheme scheme, String provider) {
    if (scheme.hasOriginal()) {
      contenders.add(scheme.label() + "/" + Contenders.ORIGINAL + provider);
    }
    addOursAndFloor(contenders, scheme, provider);
  }

  private static void addOursAndFloor(Set<String> contenders, Scheme scheme, String provider) {
    contenders.add(scheme.label() + "/" + Contenders.OURS + provider);
    if (scheme.hasFloor()) {
      contenders.add(scheme.label() + "/" + Contenders.FLOOR + provider);
    }
  }
}
