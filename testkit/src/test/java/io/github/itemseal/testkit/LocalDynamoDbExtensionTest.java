package io.github.itemseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Runs test classes as users write them, each kind of registration, and looks at the outcome. */
class LocalDynamoDbExtensionTest {
  /** What the test classes saw, in the order of their tests. */
  private static final List<String> SEEN = new ArrayList<>();

  private static LocalDynamoDb last;

  @BeforeEach
  @AfterEach
  void forget() {
    SEEN.clear();
  }

  private static void see(LocalDynamoDb dynamoDb) {
    SEEN.add(String.join(" ", dynamoDb.client().listTables().tableNames()));
    last = dynamoDb;
  }

  private static void run(Class<?>... classes) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(classes).map(type -> selectClass(type)).toList())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    assertThat(summary.getFailures()).extracting(failure -> failure.getException()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isPositive();
  }

  @ExtendWith(LocalDynamoDbExtension.class)
  static class Parameters {
    @BeforeAll
    static void createTable(LocalDynamoDb dynamoDb) {
      dynamoDb.createTable("OfTheClass", "id");
    }

    Parameters(DynamoDbClient client) {
      assertThat(client.listTables().tableNames()).contains("OfTheClass");
    }

    @Test
    void clients(
        LocalDynamoDb dynamoDb,
        DynamoDbClient client,
        DynamoDbAsyncClient asyncClient,
        DynamoDbStreamsClient streamsClient) {
      assertThat(client).isSameAs(dynamoDb.client());
      assertThat(asyncClient).isSameAs(dynamoDb.asyncClient());
      assertThat(streamsClient).isSameAs(dynamoDb.streamsClient());
      see(dynamoDb);
    }
  }

  @Test
  void parameters_ofEachType_areOfOneDatabase() {
    run(Parameters.class);
    assertThat(SEEN).containsExactly("OfTheClass");
    assertThatThrownBy(last::client).isInstanceOf(IllegalStateException.class);
  }

  static class StaticField {
    @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

    @BeforeAll
    static void createTable() {
      DYNAMO_DB.createTable("OfTheClass", "id");
    }

    @Test
    void first() {
      see(DYNAMO_DB.database());
      DYNAMO_DB.createTable(DYNAMO_DB.unusedTableName(), "id");
    }

    @Nested
    class Inner {
      @Test
      void second(LocalDynamoDb dynamoDb) {
        assertThat(dynamoDb).isSameAs(DYNAMO_DB.database());
        see(dynamoDb);
      }
    }
  }

  static class Subclass extends StaticField {}

  @Test
  void staticField_nestedAndInherited_isOneDatabaseAClass() {
    run(StaticField.class);
    assertThat(SEEN).containsExactly("OfTheClass", "OfTheClass Unused1");
    run(StaticField.class, Subclass.class);
    assertThat(SEEN.subList(2, SEEN.size()))
        .containsOnly("OfTheClass", "OfTheClass Unused1")
        .hasSizeGreaterThanOrEqualTo(3);
  }

  static class InstanceField {
    @RegisterExtension final LocalDynamoDbExtension dynamoDb = new LocalDynamoDbExtension();

    private void fill() {
      see(dynamoDb.database());
      dynamoDb.createTable("OfTheTest", "id");
    }

    @Test
    void first() {
      fill();
    }

    @Test
    void second() {
      fill();
    }
  }

  @Test
  void instanceField_isOneDatabaseATest() {
    run(InstanceField.class);
    assertThat(SEEN).containsExactly("", "");
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class InstanceOfTheClass {
    @RegisterExtension
    final LocalDynamoDbExtension dynamoDb = LocalDynamoDbExtension.withAccessKeyId("CHOSENID");

    @Test
    void chosen() {
      assertThat(dynamoDb.database().credentials().resolveCredentials().accessKeyId())
          .isEqualTo("CHOSENID");
      see(dynamoDb.database());
      dynamoDb.createTable("Orders", "id");
    }
  }

  @Test
  void accessKeyId_chosen_isEmptyForEachClass() {
    run(InstanceOfTheClass.class);
    run(InstanceOfTheClass.class);
    assertThat(SEEN).containsExactly("", "");
  }

  /** The classes around this one may have started it before. */
  @Test
  void server_ofSeveralClasses_startsOnceAndIsReleasedWithTheTestPlan() {
    int starts = DynamoDbServer.starts();
    int users = DynamoDbServer.users();
    run(Parameters.class, StaticField.class, InstanceField.class);
    assertThat(DynamoDbServer.starts() - starts).isEqualTo(users == 0 ? 1 : 0);
    assertThat(DynamoDbServer.users()).isEqualTo(users);
  }

  @Test
  void accessors_beforeTheFirstTest_sayHowToRegister() {
    assertThatThrownBy(() -> new LocalDynamoDbExtension().client())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("@RegisterExtension");
  }
}
