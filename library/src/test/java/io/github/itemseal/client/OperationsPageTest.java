package io.github.itemseal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.internal.request.DynamoDbOperation;
import io.github.itemseal.internal.request.DynamoDbOperation.Treatment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/operations.md is generated from the table of operations in code. */
class OperationsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "operations.md");

  @Test
  void operationsPage_comparedWithTheTableInCode_isTheSame() throws IOException {
    String page = page();
    if (Boolean.getBoolean("operations.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .as(
            "docs/operations.md differs from DynamoDbOperation. Run%n  mvn -B test -pl library -am"
                + " -Dtest=OperationsPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Doperations.update=true%nand commit the file.")
        .isEqualTo(Files.readString(PAGE));
  }

  private static List<DynamoDbOperation> operations(Treatment treatment) {
    return Arrays.stream(DynamoDbOperation.values())
        .filter(operation -> operation.treatment() == treatment)
        .toList();
  }

  private static String differences(DynamoDbOperation operation) {
    return "| `%s` | %s |\n"
        .formatted(operation.methodName(), String.join("<br>", operation.differences()));
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Operations\n\n");
    page.append("What the encrypted clients do with each operation of `DynamoDbClient` and\n");
    page.append(
        "`DynamoDbAsyncClient`. Generated from `DynamoDbOperation`; a test compares the list");
    page.append("\nwith the SDK's interfaces, so that a new operation fails the build.\n");
    page.append("All differences on one page: [differences.md](differences.md).\n\n");
    page.append("Tables are known by name and by ARN. A table that is neither encrypted nor let\n");
    page.append(
        "through is refused. On a table let through every operation is the plain client's,");
    page.append(
        "\nexcept that PartiQL must name its table with certainty: one `SELECT`, `INSERT`,\n");
    page.append("`UPDATE` or `DELETE` of one table, best in double quotes, without comments.\n\n");
    page.append("## Transformed\n\n");
    page.append("Items are encrypted on the way in and decrypted on the way out, those in\n");
    page.append(
        "`ReturnValues`, in exceptions and in cancellation reasons too. Consumed capacity,\n");
    page.append("response metadata, counts, the order of pages and `LastEvaluatedKey` are\n");
    page.append("DynamoDB's. Consumed capacity is that of the stored items.\n\n");
    page.append("| Operation | Differences from a plain client |\n|---|---|\n");
    for (DynamoDbOperation operation : operations(Treatment.TRANSFORMED)) {
      page.append(differences(operation));
    }
    page.append("\n## Refused on encrypted tables\n\n");
    page.append("| Operation | Why | Instead |\n|---|---|---|\n");
    for (DynamoDbOperation operation : operations(Treatment.REFUSED)) {
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(operation.methodName(), operation.reason(), operation.fix()));
    }
    page.append(
        "\n## Passed\n\nThey carry no items and go through as they are, but for the differences below: ");
    page.append(
        operations(Treatment.PASSED).stream()
            .map(operation -> "`" + operation.methodName() + "`")
            .collect(Collectors.joining(", ")));
    page.append(".\n\n| Operation | Differences from a plain client |\n|---|---|\n");
    operations(Treatment.PASSED).stream()
        .filter(operation -> !operation.differences().isEmpty())
        .forEach(operation -> page.append(differences(operation)));
    return page.toString();
  }
}
