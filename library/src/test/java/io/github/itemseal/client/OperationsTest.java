package io.github.itemseal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.request.DynamoDbOperation;
import io.github.itemseal.internal.request.DynamoDbOperation.Treatment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** The table of operations against the SDK's interfaces: a new operation fails the build. */
class OperationsTest {
  private static Set<String> operationsOf(Class<?> client) {
    return Arrays.stream(client.getMethods())
        .filter(method -> !method.getName().endsWith("Paginator"))
        .filter(OperationsTest::takesRequest)
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean takesRequest(Method method) {
    return !Modifier.isStatic(method.getModifiers())
        && method.getParameterCount() == 1
        && DynamoDbRequest.class.isAssignableFrom(method.getParameterTypes()[0]);
  }

  private static Set<String> classed(Treatment... treatments) {
    return Arrays.stream(DynamoDbOperation.values())
        .filter(operation -> Set.of(treatments).contains(operation.treatment()))
        .map(DynamoDbOperation::methodName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void operations_ofTheSdksClients_areAllClassed() {
    Set<String> all = classed(Treatment.values());
    assertThat(all).isEqualTo(operationsOf(DynamoDbClient.class));
    assertThat(all).isEqualTo(operationsOf(DynamoDbAsyncClient.class));
    assertThat(all).hasSizeGreaterThanOrEqualTo(58);
  }

  @Test
  void operations_classed_areOverriddenByTheEncryptedClients() {
    Set<String> all = classed(Treatment.values());
    assertThat(overridden(VectorSearchClient.class, DynamoDbClient.class)).isEqualTo(all);
    assertThat(overridden(VectorSearchAsyncClient.class, DynamoDbAsyncClient.class)).isEqualTo(all);
  }

  private static Set<String> overridden(Class<?> client, Class<?> sdk) {
    return Arrays.stream(client.getMethods())
        .filter(OperationsTest::takesRequest)
        .filter(method -> method.getDeclaringClass() != sdk)
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void operations_passed_areExactlyThoseOfPassedOperations() {
    for (Class<?> base : List.of(PassedOperations.class, AsyncPassedOperations.class)) {
      Set<String> passed =
          Arrays.stream(base.getDeclaredMethods())
              .filter(OperationsTest::takesRequest)
              .map(Method::getName)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(passed).as(base.getSimpleName()).isEqualTo(classed(Treatment.PASSED));
    }
  }

  static Stream<String> refused() {
    return classed(Treatment.REFUSED).stream();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void operation_refused_onProtectedTableThrowsBeforeAnyCall(String name) {
    RecordingDynamoDb recorder = new RecordingDynamoDb();
    assertRefused(TestTables.people(recorder), name);
    assertThat(recorder.calls()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void operation_refusedByTheAsyncClient_failsItsFuture(String name) {
    DynamoDbAsyncClient none = // every operation of it throws
        new DynamoDbAsyncClient() {
          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        };
    assertRefused(
        AsyncAsBlocking.of(
            EncryptedDynamoDbAsyncClient.builder()
                .client(none)
                .table(TestTables.encryption(TableInfo.named(TestTables.PEOPLE)))
                .build()),
        name);
  }

  private static void assertRefused(DynamoDbClient client, String name) {
    Method method =
        Arrays.stream(DynamoDbClient.class.getMethods())
            .filter(candidate -> candidate.getName().equals(name) && takesRequest(candidate))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(
            () -> {
              try {
                method.invoke(client, RefusedRequests.on(name, TestTables.PEOPLE));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            })
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining(name + " is refused");
  }
}
