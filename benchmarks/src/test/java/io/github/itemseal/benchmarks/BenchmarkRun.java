package io.github.itemseal.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link ItemBenchmark} and writes JMH's results as JSON, a file a round, for {@link
 * ItemReport}.
 *
 * <p>A round is one fork of every contender, those of a shape one after the other, so that what
 * slows the machine down for long slows all of them. Arguments: the {@link Matrix}, the folder for
 * results, and the number of rounds.
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
          all.addAll(run(shape, part, matrix.warmUps()));
        }
      }
      String file = results.resolve("round-" + round + ".json").toString();
      ResultFormatFactory.getInstance(ResultFormatType.JSON, file).writeOut(all);
    }
  }

  private static Collection<RunResult> run(Shape shape, Matrix.Part part, int warmUps)
      throws Exception {
    Options options =
        new OptionsBuilder()
            .include(ItemBenchmark.class.getName().replace(".", "\\.") + "\\.")
            .param("shape", shape.label())
            .param("contender", part.contenders().toArray(String[]::new))
            .forks(1)
            .threads(part.threads())
            .warmupIterations(warmUps)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .build();
    return new Runner(options).run();
  }
}
