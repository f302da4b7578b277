package io.github.itemseal.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
 * the {@link Matrix}, the folder for results, and the number of rounds.
 */
final class BenchmarkRun {
  private BenchmarkRun() {}

  public static void main(String[] arguments) throws Exception {
    Matrix matrix = Matrix.named(arguments[0]);
    Path results = Files.createDirectories(Path.of(arguments[1]));
    try (Stream<Path> old = Files.list(results)) {
      for (Path file : old.filter(path -> path.toString().endsWith(".json")).toList()) {
        Files.delete(file);
      }
    }
    int rounds = Integer.parseInt(arguments[2]);
    for (int round = 1; round <= rounds; round++) {
      List<RunResult> all = new ArrayList<>();
      for (Matrix.Part part : matrix.parts()) {
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
    if (threads > 1) {
      options.warmupIterations(15); // on as many cores, little is left for the compiler
    }
    return new Runner(options.build()).run();
  }
}
