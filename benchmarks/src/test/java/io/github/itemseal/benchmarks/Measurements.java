package io.github.itemseal.benchmarks;

import io.github.itemseal.testing.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The results of all rounds of a {@link BenchmarkRun}. */
final class Measurements {
  /** What was measured: encrypt or decrypt, a shape, a contender by its whole name, threads. */
  record Work(String operation, String shape, String contender, int threads) {}

  /**
   * One contender's result.
   *
   * @param microseconds the median over the iterations of all forks
   * @param best the median over the iterations of the fastest fork, in microseconds
   * @param bytes the median of what was allocated for one operation
   * @param iterations how many it is the median of
   */
  record Result(double microseconds, double best, double bytes, int iterations) {}

  private final Map<Work, Result> results = new LinkedHashMap<>();
  private int forks;

  private Measurements() {}

  static Measurements read(Path folder) throws IOException {
    Map<Work, List<Double>> times = new LinkedHashMap<>();
    Map<Work, Double> best = new LinkedHashMap<>();
    Map<Work, List<Double>> allocations = new LinkedHashMap<>();
    Measurements measurements = new Measurements();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        measurements.forks++;
        for (Map<String, Object> result : Json.readArray(file)) {
          Map<String, Object> parameters = Json.object(result.get("params"));
          String benchmark = (String) result.get("benchmark");
          Work work =
              new Work(
                  benchmark.substring(benchmark.lastIndexOf('.') + 1),
                  (String) parameters.get("shape"),
                  (String) parameters.get("contender"),
                  ((Number) result.get("threads")).intValue());
          Map<String, Object> secondary = Json.object(result.get("secondaryMetrics"));
          List<Double> ofFork = raw(result.get("primaryMetric"));
          times.computeIfAbsent(work, key -> new ArrayList<>()).addAll(ofFork);
          best.merge(work, median(ofFork), Math::min);
          allocations
              .computeIfAbsent(work, key -> new ArrayList<>())
              .addAll(raw(secondary.get("gc.alloc.rate.norm")));
        }
      }
    }
    times.forEach(
        (work, values) ->
            measurements.results.put(
                work,
                new Result(
                    median(values), best.get(work), median(allocations.get(work)), values.size())));
    return measurements;
  }

  /** One number an iteration; each file is of one fork. */
  private static List<Double> raw(Object metric) {
    List<Double> values = new ArrayList<>();
    for (Object fork : (List<?>) Json.object(metric).get("rawData")) {
      for (Object iteration : (List<?>) fork) {
        values.add(((Number) iteration).doubleValue());
      }
    }
    return values;
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }

  /** In one thread. */
  Optional<Result> of(String operation, String shape, String contender) {
    return of(operation, shape, contender, 1);
  }

  Optional<Result> of(String operation, String shape, String contender, int threads) {
    return Optional.ofNullable(results.get(new Work(operation, shape, contender, threads)));
  }

  int forks() {
    return forks;
  }

  /** The fewest iterations that a result is the median of. */
  int iterations() {
    return results.values().stream().mapToInt(Result::iterations).min().orElse(0);
  }
}
