package io.github.itemseal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.internal.expression.ExpressionFuzz;
import io.github.itemseal.internal.format.dbe.DbeHeaderFuzz;
import io.github.itemseal.internal.format.dbe.DbeValueFuzz;
import io.github.itemseal.internal.format.ddbec.DdbecDescriptionFuzz;
import io.github.itemseal.internal.format.ddbec.DdbecValueFuzz;
import io.github.itemseal.internal.request.StatementFuzz;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Coverage-guided fuzzing with Jazzer, each target in a process of its own: a few seconds in the
 * build, or {@code -Ditemseal.fuzz.runs} executions of each. Begins with the corpus in {@code
 * src/test/fuzz}; what it finds beyond goes to {@code target/fuzz}.
 */
@Tag("fuzz")
class FuzzTest {
  private static final int SECONDS = 6;
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

  /** Executions of each target; 0 for as many as a few seconds allow. */
  private final long runs = Long.getLong("itemseal.fuzz.runs", 0);

  /** Jazzer takes 32 bits. */
  private final int seed =
      Integer.getInteger("itemseal.fuzz.seed", new Random().nextInt(Integer.MAX_VALUE));

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      classes = {
        DbeItemFuzz.class,
        DdbecItemFuzz.class,
        DbeHeaderFuzz.class,
        DbeValueFuzz.class,
        DdbecDescriptionFuzz.class,
        DdbecValueFuzz.class,
        StatementFuzz.class,
        ExpressionFuzz.class
      })
  void target_fuzzed_holds(Class<?> target) throws Exception {
    Path found = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
    Path corpus = Path.of("src", "test", "fuzz", target.getSimpleName());
    assertThat(corpus).isNotEmptyDirectory();
    Path log = found.resolveSibling(target.getSimpleName() + ".log");
    int exit = jazzer(target, found, corpus).redirectOutput(log.toFile()).start().waitFor();
    String output = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertThat(exit).as("seed %d, %s:%n%s", seed, log, end(output)).isZero();
    Matcher done = DONE.matcher(output);
    assertThat(done.find()).as(end(output)).isTrue();
    System.out.printf(
        "%s seed %d: %s executions in %s s%n",
        target.getSimpleName(), seed, done.group(1), done.group(2));
    assertThat(Long.parseLong(done.group(1))).isGreaterThanOrEqualTo(seeds(corpus));
  }

  private ProcessBuilder jazzer(Class<?> target, Path found, Path corpus) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.getName(),
            "--instrumentation_includes=io.github.itemseal.**",
            "--custom_hook_includes=io.github.itemseal.**",
            "--reproducer_path=" + found.getParent(),
            "-artifact_prefix=" + found.getParent() + File.separator,
            "-print_final_stats=0",
            runs > 0 ? "-runs=" + runs : "-max_total_time=" + SECONDS,
            "-seed=" + seed,
            found.toString(),
            corpus.toString())
        .redirectErrorStream(true);
  }

  private static long seeds(Path corpus) throws IOException {
    try (var files = Files.list(corpus)) {
      return files.count();
    }
  }

  private static String end(String output) {
    List<String> lines = output.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }
}
