package io.github.itemseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(300)
class LocalDynamoDbTest {
  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  @Test
  void open_onLoopback_hasNoTables() throws Exception {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
      assertThat(dynamoDb.client().listTables().tableNames()).isEmpty();
      assertThat(InetAddress.getByName(dynamoDb.endpoint().getHost()).isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void open_several_oneServerAndTablesApart() {
    int starts = DynamoDbServer.starts();
    try (LocalDynamoDb one = LocalDynamoDb.open();
        LocalDynamoDb other = LocalDynamoDb.open()) {
      one.createTable("Orders", "id");
      other.createTable("Orders", "number");
      assertThat(other.client().describeTable(t -> t.tableName("Orders")).table().keySchema())
          .singleElement()
          .matches(key -> key.attributeName().equals("number"));
      assertThat(one.endpoint()).isEqualTo(other.endpoint());
    }
    assertThat(DynamoDbServer.starts()).isEqualTo(starts);
  }

  @Test
  void close_withTables_leavesNothingToTheNextOfTheSameId() {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open("SOMEID")) {
      dynamoDb.createTable("Orders", "id");
      dynamoDb.client().close(); // a test may
    }
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open("SOMEID")) {
      assertThat(dynamoDb.client().listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void open_idInUse_isRefusedUntilItIsClosed() {
    LocalDynamoDb first = LocalDynamoDb.open("TAKENID");
    assertThatThrownBy(() -> LocalDynamoDb.open("TAKENID"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TAKENID is open already");
    first.close();
    first.close();
    LocalDynamoDb.open("TAKENID").close();
  }

  @Test
  void open_idWithOtherCharacters_isRefused() {
    assertThatThrownBy(() -> LocalDynamoDb.open("some-id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters and digits");
  }

  @Test
  void close_clients_cannotBeHadAnyMore() {
    LocalDynamoDb dynamoDb = LocalDynamoDb.open();
    DynamoDbClient client = dynamoDb.client();
    assertThat(dynamoDb.client()).isSameAs(client);
    dynamoDb.close();
    assertThatThrownBy(client::listTables).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(dynamoDb::asyncClient)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void clients_ofEachKind_seeTheSameTable() {
    DYNAMO_DB.createTable("Shared", "id");
    try (DynamoDbClient other = DYNAMO_DB.database().clientAt(DYNAMO_DB.endpoint());
        DynamoDbAsyncClient async = DYNAMO_DB.database().asyncClientAt(DYNAMO_DB.endpoint())) {
      other.putItem(put -> put.tableName("Shared").item(Map.of("id", AttributeValue.fromS("a"))));
      assertThat(async.scan(scan -> scan.tableName("Shared")).join().count()).isOne();
    }
    assertThat(DYNAMO_DB.asyncClient().listTables().join().tableNames()).contains("Shared");
    assertThat(DYNAMO_DB.streamsClient().listStreams().streams()).isEmpty();
  }

  @Test
  void process_ofItsOwn_printsNothingAndEnds() throws Exception {
    assertThat(run(Map.of(), "open")).isEmpty();
  }

  @Test
  void environment_ofAnotherProcess_namesTheDatabase() throws Exception {
    String table = DYNAMO_DB.unusedTableName();
    DYNAMO_DB.createTable(table, "id");
    assertThat(run(DYNAMO_DB.database().environment(), table)).isEqualTo("id");
  }

  @Test
  void open_withoutDynamoDbLocal_saysWhatToAdd() throws Exception {
    URL[] classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(part -> !part.contains("DynamoDBLocal"))
            .map(part -> url(Path.of(part)))
            .toArray(URL[]::new);
    try (URLClassLoader without =
        new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      Method open = without.loadClass(LocalDynamoDb.class.getName()).getMethod("open");
      assertThatThrownBy(() -> open.invoke(null))
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Add software.amazon.dynamodb:DynamoDBLocal");
    }
  }

  private static URL url(Path part) {
    try {
      return part.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens and closes a database, or prints the key of a table of the database it is told of. */
  public static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      if (arguments[0].equals("open")) {
        try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
          dynamoDb.createTable("Orders", "id");
        }
        return;
      }
      try (DynamoDbClient client = DynamoDbClient.create()) {
        System.out.print(
            client
                .describeTable(t -> t.tableName(arguments[0]))
                .table()
                .keySchema()
                .get(0)
                .attributeName());
      }
    }
  }

  /** What the process prints, errors and warnings too. */
  private static String run(Map<String, String> environment, String argument)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), argument));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }
}
