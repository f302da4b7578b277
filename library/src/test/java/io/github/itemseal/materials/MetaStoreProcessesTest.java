package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testkit.LocalDynamoDb;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Several processes on one table. */
@Timeout(120)
@ExtendWith(LocalDynamoDbExtension.class)
class MetaStoreProcessesTest {
  private static final int PROCESSES = 4;

  @Test
  void getOrCreate_fourProcessesOfSixteenThreads_oneKey(LocalDynamoDb dynamoDb) throws IOException {
    List<Process> processes = new ArrayList<>();
    DynamoDbClient client = dynamoDb.client();
    try {
      MetaStore.createTable(client, "Keys");
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(start(dynamoDb, "Keys", "orders"));
      }
      List<BufferedReader> outputs =
          processes.stream().map(p -> p.inputReader(StandardCharsets.UTF_8)).toList();
      for (BufferedReader output : outputs) {
        assertThat(output.readLine()).isEqualTo("ready");
      }
      for (Process process : processes) {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      }
      List<String> keys = new ArrayList<>();
      for (BufferedReader output : outputs) {
        output.lines().forEach(keys::add);
      }
      MetaStore store = GetOrCreateProcess.store(client, "Keys");
      assertThat(keys)
          .hasSize(PROCESSES * GetOrCreateProcess.THREADS)
          .containsOnly(GetOrCreateProcess.macKey(store.provider("orders", 0)));
      assertThat(store.versions("orders")).containsExactly(0L);
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static Process start(LocalDynamoDb dynamoDb, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(GetOrCreateProcess.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(dynamoDb.environment());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
