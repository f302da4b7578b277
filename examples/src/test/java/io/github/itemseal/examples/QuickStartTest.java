package io.github.itemseal.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.itemseal.testkit.LocalDynamoDb;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(LocalDynamoDbExtension.class)
class QuickStartTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SOURCE =
      Path.of("src/main/java/io/github/itemseal/examples/QuickStart.java");

  @Test
  void putAndGet_onDynamoDb_storesCiphertextAndReturnsThePerson(LocalDynamoDb dynamoDb) {
    DynamoDbClient plain = dynamoDb.client();
    dynamoDb.createTable("People", "id");

    Map<String, AttributeValue> read =
        QuickStart.putAndGet(plain, ExampleKeys.aes(), ExampleKeys.hmac());

    assertThat(read)
        .isEqualTo(
            Map.of(
                "id", AttributeValue.fromS("ann"),
                "city", AttributeValue.fromS("Oslo"),
                "ssn", AttributeValue.fromS("123-45-6789")));
    Map<String, AttributeValue> stored =
        plain
            .getItem(get -> get.tableName("People").key(Map.of("id", AttributeValue.fromS("ann"))))
            .item();
    assertThat(stored).containsEntry("city", AttributeValue.fromS("Oslo"));
    assertThat(stored.get("ssn").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(stored).containsKey("*amzn-ddb-map-sig*");
  }

  @Test
  void readme_javaExample_isTheSourceOfQuickStart() throws IOException {
    assumeThat(README).exists();
    assertThat(Files.readString(README).replace("\r\n", "\n"))
        .as("README.md must show the marked region of QuickStart.java, without its indentation")
        .contains("```java\n" + String.join("\n", region()) + "\n```");
  }

  @Test
  void region_length_isWhatTheReadmePromises() throws IOException {
    assertThat(region()).hasSizeLessThanOrEqualTo(15);
  }

  private static List<String> region() throws IOException {
    List<String> lines = Files.readAllLines(SOURCE);
    int begin = lines.indexOf("    // README begin");
    int end = lines.indexOf("    // README end");
    assertThat(begin).isPositive();
    return lines.subList(begin + 1, end).stream()
        .map(line -> line.isEmpty() ? line : line.substring(4))
        .toList();
  }
}
