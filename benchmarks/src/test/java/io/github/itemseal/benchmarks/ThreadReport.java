package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.itemseal.benchmarks.Measurements.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Turns the results of {@link Matrix#THREADS} into a page: what two threads do beside one.
 * Arguments: the folder with the results, and the one to write to.
 */
final class ThreadReport {
  private final Measurements measurements;

  private ThreadReport(Measurements measurements) {
    this.measurements = measurements;
  }

  public static void main(String[] arguments) throws IOException {
    ThreadReport report = new ThreadReport(Measurements.read(Path.of(arguments[0])));
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    Files.writeString(folder.resolve(Matrix.THREADS.page() + ".md"), report.page(), UTF_8);
  }

  private String page() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# %s\n\n".formatted(Matrix.THREADS.title()))
        .append("Written by `ThreadReport` from the results of JMH: do not edit. ")
        .append(Machine.describe())
        .append(
            """
            .

            Items of %s a second in two threads beside one; the floor, bare JCA calls, tells what the machine
            allows. Medians over %s, of %s iterations each after %s to warm up; `at best` those
            of the fastest fork.

            | Work | Itemseal | floor | at best: Itemseal | floor |
            |---|--:|--:|--:|--:|
            """
                .formatted(
                    Shape.SMALL.title(),
                    measurements.forks() == 1 ? "one fork" : measurements.forks() + " forks",
                    measurements.iterations() / Math.max(1, measurements.forks()),
                    Matrix.THREADS.warmUps()));
    for (Scheme scheme : Matrix.IN_TWO_THREADS) {
      for (String operation : List.of("encrypt", "decrypt")) {
        page.append(
            "| %s, %s | %s | %s | %s | %s |\n"
                .formatted(
                    scheme.title(),
                    operation,
                    gain(scheme, operation, Contenders.OURS, Result::microseconds),
                    gain(scheme, operation, Contenders.FLOOR, Result::microseconds),
                    gain(scheme, operation, Contenders.OURS, Result::best),
                    gain(scheme, operation, Contenders.FLOOR, Result::best)));
      }
    }
    return page.toString();
  }

  private String gain(
      Scheme scheme, String operation, String party, ToDoubleFunction<Result> time) {
    String contender = scheme.label() + "/" + party;
    Optional<Result> one = measurements.of(operation, Shape.SMALL.label(), contender, 1);
    Optional<Result> two = measurements.of(operation, Shape.SMALL.label(), contender, 2);
    return ItemReport.number(
            2 * time.applyAsDouble(one.orElseThrow()) / time.applyAsDouble(two.orElseThrow()))
        + " x";
  }
}
