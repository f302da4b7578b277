package io.github.itemseal.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemEncryptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class MigrationTest {
  private static final Path SOURCES =
      Path.of("src/main/java/io/github/itemseal/examples/migration");
  private static final Path PAGE = Path.of("..", "docs", "migration.md");

  @Test
  void main_allStages_endWithOneFormatAndLoseNothing() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Migration.runUpTo(Stage.ONLY_DBE, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.get(0)).contains("before").contains("{plaintext=3}");
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("{DDBEC=1, plaintext=4}"));
    assertThat(lines.get(lines.size() - 2)).contains("only DBE").contains("{DBE=9}");
    assertThat(lines.get(lines.size() - 1)).contains("all 9 items read");
  }

  /** A deployment takes time: what instances of either stage write, those of the other read. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONLY_DBE")
  void stages_sideBySide_readEachOther(Stage stage) {
    Keys keys = Keys.random();
    ItemEncryptor older = ItemEncryptor.of(stage.table(keys));
    List<Stage> stages = List.of(Stage.values());
    ItemEncryptor newer = ItemEncryptor.of(stages.get(stages.indexOf(stage) + 1).table(keys));
    Map<String, AttributeValue> customer = Customers.customer("ann");
    assertThat(newer.decryptItem(older.encryptItem(customer))).isEqualTo(customer);
    assertThat(older.decryptItem(newer.encryptItem(customer))).isEqualTo(customer);
  }

  @Test
  void lastStage_plaintextOrFirstFormat_isRefused() {
    Keys keys = Keys.random();
    ItemEncryptor last = ItemEncryptor.of(Stage.ONLY_DBE.table(keys));
    Map<String, AttributeValue> customer = Customers.customer("ann");
    assertThatThrownBy(() -> last.decryptItem(customer))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("plaintext");
    Map<String, AttributeValue> old =
        ItemEncryptor.of(Stage.ONLY_DDBEC.table(keys)).encryptItem(customer);
    assertThatThrownBy(() -> last.decryptItem(old))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("DDBEC");
  }

  @Test
  void page_examples_areTheSourcesOfTheStages() throws IOException {
    assumeThat(PAGE).exists();
    String page = Files.readString(PAGE).replace("\r\n", "\n");
    for (int number = 1; number <= 6; number++) {
      String prefix = "Stage" + number;
      Path source;
      try (var files = Files.list(SOURCES)) {
        source =
            files
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow();
      }
      String name = source.getFileName().toString().replace(".java", "");
      List<String> lines = Files.readAllLines(source);
      List<String> region =
          lines
              .subList(
                  lines.indexOf("    // " + name + " begin") + 1,
                  lines.indexOf("    // " + name + " end"))
              .stream()
              .map(line -> line.substring(4))
              .toList();
      assertThat(page).as(name).contains("```java\n" + String.join("\n", region) + "\n```");
    }
  }
}
