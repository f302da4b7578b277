package io.github.itemseal;

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

/** Comments say where in the documents a layout is written down; it must be there. */
class CitedSectionsTest {
  private static final Path ROOT = Path.of("..");

  /** A page and a heading, perhaps on the next line of the comment. */
  private static final Pattern CITATION =
      Pattern.compile("(docs/[a-z/]+\\.md),\\s+(?:\\*\\s+|// )?\"([^\"]+)\"");

  @Test
  void sections_thatCommentsCite_exist() throws IOException {
    List<String> missing = new ArrayList<>();
    int cited = 0;
    for (Path source : sources()) {
      Matcher citation = CITATION.matcher(Files.readString(source));
      while (citation.find()) {
        cited++;
        String heading = citation.group(2).replaceAll("\\s*\\n\\s*\\*\\s*", " ");
        if (!headings(citation.group(1)).contains(heading)) {
          missing.add(source.getFileName() + ": " + citation.group(1) + ", " + heading);
        }
      }
    }
    assertThat(cited).isGreaterThan(20);
    assertThat(missing).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("library/src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static List<String> headings(String page) throws IOException {
    return Files.readAllLines(ROOT.resolve(page)).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", ""))
        .toList();
  }
}
