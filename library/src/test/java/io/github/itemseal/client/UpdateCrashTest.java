package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A writer that ends between the read and the write of a safe update. */
@Timeout(120)
class UpdateCrashTest {
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("ann"));

  @RegisterExtension final LocalDynamoDbExtension dynamoDb = new LocalDynamoDbExtension();

  private DynamoDbClient plain;
  private EncryptedDynamoDbClient survivor;

  @BeforeEach
  void putItem() {
    plain = dynamoDb.client();
    TestTables.create(plain, PEOPLE);
    survivor = TestTables.people(plain);
    survivor
        .table(PEOPLE)
        .putItem(Map.of("id", AttributeValue.fromS("ann"), "count", AttributeValue.fromN("1")));
  }

  private Map<String, AttributeValue> stored() {
    return plain.getItem(get -> get.tableName(PEOPLE).key(KEY).consistentRead(true)).item();
  }

  private UpdatedItem updateOfTheSurvivor() {
    return survivor.table(PEOPLE).update(KEY, SafeUpdateFixture.increment("count"));
  }

  private void assertCount(String count) {
    assertThat(survivor.table(PEOPLE).getItem(KEY).orElseThrow())
        .containsEntry("count", AttributeValue.fromN(count));
  }

  @Test
  void process_killedAfterTheRead_leavesTheItemAsItWas() throws Exception {
    Map<String, AttributeValue> before = stored();
    Process process = startProcess();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("read");
      process.destroyForcibly().waitFor();
    }
    assertThat(stored()).isEqualTo(before);
    assertThat(updateOfTheSurvivor().attempts()).isOne(); // nothing is locked
    assertCount("2");
  }

  @Test
  void process_heldUpAfterTheRead_doesNotOverwriteWhatTheOtherWrote() throws Exception {
    Process process = startProcess();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("read");
      updateOfTheSurvivor();
      process.getOutputStream().write("\n".getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      assertThat(output.readLine()).isEqualTo("read"); // again: its first write was refused
      process.getOutputStream().write("\n".getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertCount("3");
  }

  @Test
  void write_thatNeverReachesDynamoDb_leavesTheItemAsItWas() {
    Map<String, AttributeValue> before = stored();
    DynamoDbProbe probe = new DynamoDbProbe();
    SdkClientException failure = SdkClientException.create("Connection lost.");
    probe.fail("updateItem", failure);

    assertThatThrownBy(
            () ->
                TestTables.people(probe.watch(plain))
                    .table(PEOPLE)
                    .update(KEY, SafeUpdateFixture.increment("count")))
        .isSameAs(failure);

    assertThat(stored()).isEqualTo(before);
    updateOfTheSurvivor();
    assertCount("2");
  }

  private Process startProcess() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            UpdateProcess.class.getName(),
            "ann");
    builder.environment().putAll(dynamoDb.database().environment());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
