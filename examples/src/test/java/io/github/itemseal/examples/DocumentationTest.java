package io.github.itemseal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the pages of the project lead somewhere. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s:]+)\\)");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path start : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.walk(start, start.equals(ROOT) ? 1 : 5)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_everyLink_leadsToAFileAndASection(Path page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(page));
    List<String> broken = new ArrayList<>();
    while (links.find()) {
      String[] parts = links.group(1).split("#", 2);
      Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
      if (!Files.exists(target) || (parts.length == 2 && !sections(target).contains(parts[1]))) {
        broken.add(links.group(1));
      }
    }
    assertThat(broken).as("links of %s that lead nowhere", page.normalize()).isEmpty();
  }

  @Test
  void testing_testOfAService_isOneThatRuns() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/io/github/itemseal/examples/CustomerServiceTest.java"));
    assertThat(Files.readString(ROOT.resolve("docs/testing.md")))
        .contains("```java\n" + source.substring(source.indexOf("@ExtendWith")) + "```");
  }

  private static List<String> sections(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }
}
