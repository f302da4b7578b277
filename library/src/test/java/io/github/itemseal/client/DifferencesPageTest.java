package io.github.itemseal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of docs/differences.md names a test method that there is. */
class DifferencesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "differences.md");
  private static final List<Path> TESTS =
      List.of(Path.of("src", "test", "java"), Path.of("..", "enhanced", "src", "test", "java"));
  private static final Pattern ROW = Pattern.compile("\\| .* \\| `(\\w+)\\.(\\w+)` \\|");

  @Test
  void rows_each_nameATestThatThereIs() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("|"))
            .filter(line -> !line.startsWith("| Call |") && !line.startsWith("|---"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(20);
    List<String> without = new ArrayList<>();
    for (String row : rows) {
      Matcher named = ROW.matcher(row);
      if (!named.matches() || !isTest(named.group(1), named.group(2))) {
        without.add(row);
      }
    }
    assertThat(without).isEmpty();
  }

  private static boolean isTest(String className, String method) throws IOException {
    for (Path root : TESTS) {
      try (Stream<Path> files = Files.walk(root)) {
        Path source =
            files.filter(file -> file.endsWith(className + ".java")).findFirst().orElse(null);
        if (source != null) {
          return Files.readString(source).contains("  void " + method + "(");
        }
      }
    }
    return false;
  }
}
