package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.itemseal.benchmarks.Measurements.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Turns the results of a {@link BenchmarkRun} into a page, and those of {@link Matrix#GOALS} into
 * the picture too. Arguments: the {@link Matrix}, the folder with its results, and the one to write
 * to.
 */
final class ItemReport {
  private static final List<String> OPERATIONS = List.of("encrypt", "decrypt");

  private final Matrix matrix;
  private final Measurements measurements;

  ItemReport(Matrix matrix, Measurements measurements) {
    this.matrix = matrix;
    this.measurements = measurements;
  }

  public static void main(String[] arguments) throws IOException {
    Matrix matrix = Matrix.named(arguments[0]);
    ItemReport report = new ItemReport(matrix, Measurements.read(Path.of(arguments[1])));
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    String machine = Machine.describe();
    Files.writeString(folder.resolve(matrix.page() + ".md"), report.page(machine), UTF_8);
    if (matrix == Matrix.GOALS) {
      report.draw(folder, machine);
    }
  }

  private void draw(Path folder, String machine) throws IOException {
    Chart chart = new Chart(rows(), machine);
    SvgCanvas svg = new SvgCanvas(Chart.WIDTH, chart.height(), Chart.title());
    chart.drawOn(svg);
    Files.writeString(folder.resolve(matrix.page() + ".svg"), svg.document(), UTF_8);
    ImageCanvas image = new ImageCanvas(Chart.WIDTH, chart.height());
    chart.drawOn(image);
    image.write(folder.resolve(matrix.page() + ".png"));
  }

  /** The work of which ours, the original and the floor were measured, on the JDK's providers. */
  private List<Chart.Row> rows() {
    List<Chart.Row> rows = new ArrayList<>();
    for (Scheme scheme : List.of(Scheme.DDBEC_WRAPPED_AES, Scheme.DBE_AES_6700)) {
      for (Shape shape : List.of(Shape.SMALL, Shape.LONG, Shape.WIDE)) {
        for (String operation : OPERATIONS) {
          row(scheme, shape, operation).ifPresent(rows::add);
        }
      }
    }
    return rows;
  }

  private Optional<Chart.Row> row(Scheme scheme, Shape shape, String operation) {
    Optional<Result> ours = result(scheme, shape, operation, Contenders.OURS);
    Optional<Result> original = result(scheme, shape, operation, Contenders.ORIGINAL);
    Optional<Result> floor = result(scheme, shape, operation, Contenders.FLOOR);
    if (ours.isEmpty() || original.isEmpty() || floor.isEmpty()) {
      return Optional.empty();
    }
    double bare = floor.get().microseconds();
    return Optional.of(
        new Chart.Row(
            scheme.title(),
            operation + " " + shape.title(),
            bare / ours.get().microseconds(),
            bare / original.get().microseconds()));
  }

  private Optional<Result> result(Scheme scheme, Shape shape, String operation, String party) {
    return measurements.of(operation, shape.label(), scheme.label() + "/" + party);
  }

  private String page(String machine) {
    StringBuilder page = new StringBuilder();
    page.append("# %s\n\n".formatted(matrix.title()))
        .append("Written by `ItemReport` from the results of JMH: do not edit. ")
        .append(machine)
        .append(".\n\n")
        .append(
            """
            Medians over %s, of at least %s iterations each. Times are \
            microseconds an item, `KB` what is allocated for it. Ratios are of speed: `x original` \
            how many times that of the original client, `of floor` the share of what the bare JCA \
            calls reach on the same bytes. `n x b` is n encrypted texts of b characters, besides a \
            signed partition and sort key. Where the original was not measured with Corretto's provider ahead, it \
            stands there as it is on the JDK's; with a reused signing key, as it is without; with a required context, \
            as it is in any case, since it requires the whole context.%s
            """
                .formatted(
                    manyForks() ? measurements.forks() + " forks, in turns" : "one fork",
                    measurements.iterations() / Math.max(1, measurements.forks()),
                    manyForks()
                        ? " `at best` is the same ratio between the medians of each one's fastest"
                            + " fork: without what slowed the machine down for minutes, as far as"
                            + " each had a fork beside that."
                        : ""));
    if (!manyForks()) {
      page.append(
          """

          One fork has no other to be compared with: whatever disturbed the machine meanwhile is in these
          times, and single lines are off by half, so that some floors come out above what stands on them. \
          Read columns, not lines.
          """);
    }
    for (String provider : List.of("", Contenders.CORRETTO)) {
      for (Scheme scheme : Scheme.values()) {
        table(page, scheme, provider);
      }
    }
    if (matrix == Matrix.GOALS) {
      oneCall(page);
    }
    return page.toString();
  }

  private boolean manyForks() {
    return measurements.forks() > 1;
  }

  private void table(StringBuilder page, Scheme scheme, String provider) {
    StringBuilder lines = new StringBuilder();
    for (Shape shape : Shape.values()) {
      for (String operation : OPERATIONS) {
        line(lines, scheme, shape, operation, provider);
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    page.append("\n## ")
        .append(scheme.title())
        .append(provider.isEmpty() ? "" : ", Corretto")
        .append("\n\n| Work | Itemseal | original | floor | x original | of floor |")
        .append(manyForks() ? " at best: x original | of floor |" : "")
        .append(" KB | original | floor |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        .append(manyForks() ? "--:|--:|\n" : "\n")
        .append(lines);
  }

  private void oneCall(StringBuilder page) {
    page.append(
        """

        ## DDBEC in one call of the cipher

        The floor above makes a call for each attribute, with a random vector, as the format describes it. \
        Itemseal makes one for many of them, and it keeps the cipher of the wrapping key and the MAC from item \
        to item, which no floor does; so it can be faster than that. Here is what it is of a floor that makes \
        one call too, of an array in which all values stand already.

        | Work | Itemseal | floor of one call | of it | KB | floor |
        |---|--:|--:|--:|--:|--:|
        """);
    Scheme scheme = Scheme.DDBEC_WRAPPED_AES;
    for (Shape shape : Shape.values()) {
      for (String operation : OPERATIONS) {
        result(scheme, shape, operation, Contenders.LEAST)
            .flatMap(
                least ->
                    result(scheme, shape, operation, Contenders.OURS)
                        .map(ours -> oneCallLine(operation + " " + shape.title(), ours, least)))
            .ifPresent(page::append);
      }
    }
  }

  private static String oneCallLine(String work, Result ours, Result least) {
    return "| %s | **%s** | %s | %s | %s | %s |\n"
        .formatted(
            work,
            number(ours.microseconds()),
            number(least.microseconds()),
            ratio(least.microseconds() / ours.microseconds(), ""),
            number(ours.bytes() / 1024),
            number(least.bytes() / 1024));
  }

  private void line(
      StringBuilder lines, Scheme scheme, Shape shape, String operation, String provider) {
    Optional<Result> ours = result(scheme, shape, operation, Contenders.OURS + provider);
    if (ours.isEmpty()) {
      return;
    }
    // Where the original was not measured with Corretto's provider, it stands there as it is.
    Scheme originalScheme = originalOf(scheme);
    Optional<Result> original =
        result(originalScheme, shape, operation, Contenders.ORIGINAL + provider)
            .or(() -> result(originalScheme, shape, operation, Contenders.ORIGINAL));
    Optional<Result> floor = result(scheme, shape, operation, Contenders.FLOOR + provider);
    List<String> cells = new ArrayList<>();
    cells.add(operation + " " + shape.title());
    cells.add("**" + time(ours) + "**");
    cells.add(time(original));
    cells.add(time(floor));
    cells.add(ratio(original, ours, Result::microseconds, " x"));
    cells.add(ratio(floor, ours, Result::microseconds, ""));
    if (manyForks()) {
      cells.add(ratio(original, ours, Result::best, " x"));
      cells.add(ratio(floor, ours, Result::best, ""));
    }
    cells.add(kilobytes(ours));
    cells.add(kilobytes(original));
    cells.add(kilobytes(floor));
    lines.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** The original has no reuse of signing keys: it is measured as it is. */
  private static Scheme originalOf(Scheme scheme) {
    return scheme == Scheme.DBE_AES_6701_REUSE ? Scheme.DBE_AES_6701 : scheme;
  }

  private static String time(Optional<Result> result) {
    return result.map(found -> number(found.microseconds())).orElse("");
  }

  private static String kilobytes(Optional<Result> result) {
    return result.map(found -> number(found.bytes() / 1024)).orElse("");
  }

  private static String ratio(
      Optional<Result> other, Optional<Result> ours, ToDoubleFunction<Result> time, String unit) {
    return other
        .map(
            result ->
                ratio(time.applyAsDouble(result) / time.applyAsDouble(ours.orElseThrow()), unit))
        .orElse("");
  }

  private static String ratio(double ratio, String unit) {
    return number(ratio) + unit;
  }

  /** Three significant digits or so. */
  static String number(double value) {
    String format = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
